"""Customers with one value in common: the same groups, whatever a sample tells of the values."""

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.contacts import duplicates
from callwright.contacts.duplicates import find_duplicates
from callwright.db.session import Database
from callwright.db.tables.contacts import CustomerRow
from tests.factories.calling import make_caller

OF_EACH = {"": 3, "A": 1, "B": 2, "C": 10, "D": 11, "E": 30, "F": 1, "G": 3, "H": 2}
GROUPS = {"B": 2, "C": 10, "G": 3, "H": 2}
SAMPLES = {
    "none": (0, 1, 0.5),
    "of all": (100, 1, 0.5),
    "of the first": (100, 1, 0.01),
    "too small": (100, 10_000, 0.5),
}


@pytest.mark.parametrize("sample", SAMPLES)
async def test_those_of_one_value_come_page_by_page_whatever_was_sampled(
    database: Database, monkeypatch: pytest.MonkeyPatch, sample: str
) -> None:
    monkeypatch.setattr(duplicates, "FEW", 0)
    for name, value in zip(("SAMPLED_PERCENT", "ENOUGH", "FIRST_SHARE"), SAMPLES[sample], strict=True):
        monkeypatch.setattr(duplicates, name, value)
    ours, theirs = await make_caller(database), await make_caller(database, name="Theirs")
    for tenant_id in (ours.tenant_id, theirs.tenant_id):
        async with database.tenant(tenant_id) as session:
            await _fill(session)
    async with database.tenant(ours.tenant_id) as session:
        for limit in (1, 2, 20):
            after = None
            met: dict[str, int] = {}
            while page := await find_duplicates(session, field="contract", after=after, limit=limit):
                assert len(page) <= limit
                met |= {group.value: len(group.customers) for group in page}
                after = page[-1].value
            assert (met, list(met)) == (GROUPS, sorted(GROUPS)), limit


async def test_values_that_too_many_have_are_known_from_a_sample(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(duplicates, "SAMPLED_PERCENT", 100)
    monkeypatch.setattr(duplicates, "ENOUGH", 19)
    caller = await make_caller(database)
    async with database.tenant(caller.tenant_id) as session:
        await _fill(session)
        assert await duplicates._sampled(session, "contract", "") == (["E", "D"], "A")
        assert await duplicates._sampled(session, "contract", "D") == (["E"], None)


@pytest.mark.parametrize(("fewer", "sampled"), [(0, 0), (1, 1)])
async def test_a_sample_of_all_tenants_is_taken_only_for_one_who_has_many(
    database: Database, monkeypatch: pytest.MonkeyPatch, fewer: int, sampled: int
) -> None:
    ours, theirs = await make_caller(database), await make_caller(database, name="Theirs")
    for tenant_id in (ours.tenant_id, theirs.tenant_id):
        async with database.tenant(tenant_id) as session:
            await _fill(session)
            count = await session.scalar(select(func.count()).select_from(CustomerRow)) or 0
    monkeypatch.setattr(duplicates, "FEW", count - fewer)
    async with database.tenant(ours.tenant_id) as session:
        asked: list[str] = []
        connection = (await session.connection()).sync_connection
        event.listen(connection, "before_cursor_execute", lambda *given: asked.append(given[2]))
        found = await find_duplicates(session, field="contract", after=None, limit=20)
    assert {group.value: len(group.customers) for group in found} == GROUPS
    assert len([statement for statement in asked if "TABLESAMPLE" in statement]) == sampled


async def _fill(session: AsyncSession) -> None:
    values = [value for value, count in OF_EACH.items() for _ in range(count)]
    rows = [
        CustomerRow(phone=f"+4477009{n:05}", fields={"contract": one}, consent=None) for n, one in enumerate(values)
    ]
    session.add_all(rows)
    await session.flush()
    # Whoever was merged counts no longer.
    merged = CustomerRow(phone="+447700899999", fields={"contract": "A"}, merged_into=rows[0].id, consent=None)
    session.add(merged)
    await session.flush()
