"""Over every table of tenants' rows: another's are not seen, changed, removed or added, not even by raw SQL."""

import pytest
from sqlalchemy import Result, text
from sqlalchemy.exc import DBAPIError

from callwright.db.session import Database
from callwright.db.tables import Base
from tests.web.conftest import Town

OWNED = [table.name for table in Base.metadata.sorted_tables if "tenant_id" in table.c]

NEVER_CHANGED = {"do_not_call", "ledger_entries", "balances"}  # not even a tenant's own rows


async def as_ours(database: Database, town: Town, statement: str) -> Result[object]:
    async with database.tenant(town.ours.tenant_id) as session:
        return await session.execute(text(statement), {"theirs": town.theirs.tenant_id})


@pytest.mark.parametrize("table", OWNED)
async def test_a_neighbours_rows_are_out_of_reach(table: str, town: Town, database: Database) -> None:
    theirs = f"FROM {table} WHERE tenant_id = :theirs"
    async with database.system() as session:
        there = await session.scalar(text(f"SELECT count(*) {theirs}"), {"theirs": town.theirs.tenant_id})
    assert there, "the town has rows in every table"
    assert (await as_ours(database, town, f"SELECT count(*) {theirs}")).scalar() == 0
    assert (await as_ours(database, town, f"SELECT count(*) FROM {table}")).scalar() != 0
    for change in (f"UPDATE {table} SET tenant_id = tenant_id WHERE tenant_id = :theirs", f"DELETE {theirs}"):
        if table in NEVER_CHANGED:
            with pytest.raises(DBAPIError, match="permission denied"):
                await as_ours(database, town, change)
        else:
            assert (await as_ours(database, town, f"{change} RETURNING tenant_id")).all() == []
    copied = f"""
        INSERT INTO {table} SELECT (jsonb_populate_record(
            own, jsonb_build_object('id', gen_random_uuid(), 'tenant_id', cast(:theirs AS uuid))
        )).* FROM {table} own LIMIT 1"""
    for adding in (copied, f"UPDATE {table} SET tenant_id = :theirs"):
        with pytest.raises(DBAPIError, match=r"row-level security|permission denied"):
            await as_ours(database, town, adding)
    async with database.system() as session:
        after = await session.scalar(text(f"SELECT count(*) {theirs}"), {"theirs": town.theirs.tenant_id})
    assert after == there


async def test_a_tenant_sees_its_own_company_alone(town: Town, database: Database) -> None:
    found = await as_ours(database, town, "SELECT id FROM tenants")
    assert [row[0] for row in found.all()] == [town.ours.tenant_id]
