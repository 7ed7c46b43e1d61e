"""Consent: noted on a customer's row and by files, kept with its history, and asked for by the gate."""

from typing import Any

import httpx
import pytest

from callwright.accounts.roles import Role
from tests.web.conftest import Open, Town, client_of
from tests.web.importing import imported

FILE = "phone,customer_name,last_visit,consent,consent_source\n"


def _customer(town: Town) -> str:
    return f"/api/v1/tasks/{town.ours.ids['task_id']}/customers/{town.ours.ids['task_customer_id']}"


async def _upload(client: httpx.AsyncClient, town: Town, *rows: str) -> dict[str, Any]:
    return await imported(client, town, (FILE + "\n".join(rows)).encode())


async def test_consent_is_noted_with_its_source_and_who_noted_it_and_nothing_is_forgotten(
    owner: httpx.AsyncClient, town: Town
) -> None:
    where = _customer(town)
    before = (await owner.get(f"{where}/attempts")).json()
    assert (before["customer"]["consent"], before["consents"]) == (None, [])
    await owner.post(f"{where}/consent", json={"given": True, "source": "Signed form, 3 March"})
    noted = (await owner.post(f"{where}/consent", json={"given": False, "source": "Told an agent"})).json()
    assert noted["customer"]["consent"] is False
    assert [(one["given"], one["source"], one["origin"], one["noted_by"]) for one in noted["consents"]] == [
        (False, "Told an agent", "person", "owner"),
        (True, "Signed form, 3 March", "person", "owner"),
    ]
    assert (await owner.get(f"{where}/attempts")).json() == noted


@pytest.mark.parametrize(
    "body", [{"given": True}, {"given": True, "source": ""}, {"given": "perhaps", "source": "x"}]
)
async def test_consent_without_a_source_is_refused(
    owner: httpx.AsyncClient, town: Town, body: dict[str, object]
) -> None:
    assert (await owner.post(f"{_customer(town)}/consent", json=body)).status_code == 422


async def test_a_file_tells_of_consent_but_overturns_no_withdrawal(
    owner: httpx.AsyncClient, town: Town, open_app: Open
) -> None:
    where = _customer(town)
    phone = (await owner.get(f"{where}/attempts")).json()["customer"]["phone"]
    async with client_of(open_app(town), town.ours.tokens[Role.SUPERVISOR]) as supervisor:
        told = await _upload(supervisor, town, f"{phone},Ann,May,yes,Fair in Bath", "+12125550188,Bo,May,no,")
        assert (told["failed"], told["imported"]) == (0, 1)
        await _upload(supervisor, town, f"{phone},Ann,May,yes,Fair in Bath", f"{phone},Ann,May,,")
    notes = (await owner.get(f"{where}/attempts")).json()["consents"]
    assert [(one["given"], one["source"], one["origin"], one["noted_by"]) for one in notes] == [
        (True, "Fair in Bath", "file", "supervisor")
    ], "the same file again is no news"
    await owner.post(f"{where}/consent", json={"given": False, "source": "By telephone"})
    refused = await _upload(owner, town, f"{phone},Ann,May,yes,Fair in Bath")
    assert [(one["row"], one["column"], one["code"]) for one in refused["faults"]] == [
        (2, "consent", "consent-withdrawn")
    ]
    assert (await owner.get(f"{where}/attempts")).json()["customer"]["consent"] is False


async def test_consent_taken_back_is_noted_though_the_row_cannot_be_taken(
    owner: httpx.AsyncClient, town: Town
) -> None:
    where = _customer(town)
    phone = (await owner.get(f"{where}/attempts")).json()["customer"]["phone"]
    told = await _upload(owner, town, f"{phone},Ann,,no,Letter", "+12125550188,Bo,,no,")
    assert (told["imported"], told["failed"]) == (0, 2)
    shown = (await owner.get(f"{where}/attempts")).json()
    assert (shown["customer"]["consent"], shown["consents"][0]["source"]) == (False, "Letter")
    again = await _upload(owner, town, f"{phone},Ann,May,yes,Fair", "+12125550188,Bo,May,yes,Fair")
    assert [one["code"] for one in again["faults"]] == ["consent-withdrawn"] * 2
