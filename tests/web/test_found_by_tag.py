"""Who is found by a tag in lists of calls and of a task's customers: those on whose card it is."""

from typing import Any

import httpx
import pytest
from sqlalchemy import update

from callwright.contacts import tagging
from callwright.contacts.found import MOST
from callwright.db.session import Database
from callwright.db.tables.contacts import CustomerRow
from tests.web.conftest import Town
from tests.web.importing import imported
from tests.web.test_one_person import BOOK, FIRST, HEADINGS, ROWS, SECOND, known, merge


async def tagged(client: httpx.AsyncClient, town: Town, tag: str) -> set[str]:
    task = f"/api/v1/tasks/{town.ours.ids['task_id']}/customers"
    found: list[dict[str, Any]] = []
    for state in ("uncalled", "withdrawn"):
        found += (await client.get(task, params={"tag": tag, "state": state})).json()["items"]
    return {one["phone"] for one in found}


@pytest.mark.parametrize("most", [MOST, 0])
async def test_tags_of_whoever_was_merged_are_those_of_their_card(
    owner: httpx.AsyncClient, town: Town, database: Database, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    await imported(owner, town, HEADINGS + ROWS[FIRST] + ROWS[SECOND])
    async with database.tenant(town.ours.tenant_id) as session:
        await session.execute(update(CustomerRow).where(CustomerRow.phone == SECOND).values(tags=["old"]))
    numbers = await known(database, town)
    await merge(owner, numbers[FIRST], numbers[SECOND])
    monkeypatch.setattr(tagging, "MOST", most)
    assert await tagged(owner, town, "old") == {FIRST, SECOND}
    revision = (await owner.get(f"{BOOK}/{numbers[FIRST]}")).json()["revision"]
    changed = await owner.patch(f"{BOOK}/{numbers[FIRST]}", json={"revision": revision, "tags": ["new"]})
    assert changed.status_code == 200, changed.text
    assert await tagged(owner, town, "old") == set()
    assert await tagged(owner, town, "new") == {FIRST, SECOND}
