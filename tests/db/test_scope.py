"""A tenant never sees another's rows: not through the ORM, not through raw SQL, not by writing."""

from uuid import UUID

import psycopg
import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from callwright.db.engine import libpq_url
from callwright.db.errors import ForeignTenantError
from callwright.db.session import Database
from callwright.db.tables import Base
from callwright.db.tables.accounts import TenantRow
from callwright.db.tables.contacts import CustomerRow

SUMS = {"balances"}


async def two_tenants(database: Database) -> tuple[UUID, UUID]:
    async with database.system() as session:
        rows = [TenantRow(name="Ours"), TenantRow(name="Theirs")]
        session.add_all(rows)
        await session.flush()
        for row in rows:
            session.add(CustomerRow(tenant_id=row.id, phone="+447700900001", name=row.name))
        return rows[0].id, rows[1].id


async def test_the_orm_sees_only_its_tenants_rows(database: Database) -> None:
    ours, theirs = await two_tenants(database)
    async with database.tenant(ours) as session:
        assert [row.name for row in await session.scalars(select(CustomerRow))] == ["Ours"]
        assert [row.name for row in await session.scalars(select(TenantRow))] == ["Ours"]
        assert await session.get(TenantRow, theirs) is None
    async with database.system() as session:
        assert len((await session.scalars(select(CustomerRow))).all()) == 2


async def test_new_rows_are_stamped_and_foreign_ones_refused(database: Database) -> None:
    ours, theirs = await two_tenants(database)
    async with database.tenant(ours) as session:
        row = CustomerRow(phone="+447700900002")
        session.add(row)
        await session.flush()
        assert row.tenant_id == ours
    with pytest.raises(ForeignTenantError):
        async with database.tenant(ours) as session:
            session.add(CustomerRow(phone="+447700900003", tenant_id=theirs))


async def test_a_bulk_insert_is_stamped_by_the_database(database: Database) -> None:
    ours, _ = await two_tenants(database)
    async with database.tenant(ours) as session:
        await session.execute(insert(CustomerRow), [{"phone": "+447700900004"}, {"phone": "+447700900005"}])
        assert len((await session.scalars(select(CustomerRow))).all()) == 3


async def test_bulk_changes_stay_within_the_tenant(database: Database) -> None:
    ours, theirs = await two_tenants(database)
    async with database.tenant(ours) as session:
        await session.execute(update(CustomerRow).values(name="changed"))
        await session.execute(delete(CustomerRow).where(CustomerRow.tenant_id == theirs))
    async with database.system() as session:
        assert sorted((await session.scalars(select(CustomerRow.name))).all()) == ["Theirs", "changed"]


async def test_raw_sql_is_bound_too(database: Database) -> None:
    ours, theirs = await two_tenants(database)
    async with database.tenant(ours) as session:
        assert (await session.execute(text("SELECT count(*) FROM customers"))).scalar() == 1
        changed = await session.execute(text("UPDATE customers SET name = 'x' WHERE tenant_id = :t"), {"t": theirs})
        assert changed.rowcount == 0  # type: ignore[attr-defined]
    for statement in (
        "INSERT INTO customers (id, tenant_id, phone, name, fields) VALUES (gen_random_uuid(), :t, '+1', '', '{}')",
        "UPDATE customers SET tenant_id = :t",
    ):
        with pytest.raises(DBAPIError, match="row-level security"):
            async with database.tenant(ours) as session:
                await session.execute(text(statement), {"t": theirs})


async def test_a_connection_without_a_tenant_sees_nothing(database: Database, database_url: str) -> None:
    await two_tenants(database)
    async with database._engine.connect() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM customers"))).scalar() == 0
    with psycopg.connect(libpq_url(database_url)) as login:
        assert login.execute("SELECT count(*) FROM customers").fetchone() == (0,)


@pytest.mark.parametrize("table", [t.name for t in Base.metadata.sorted_tables])
async def test_every_table_is_protected(database: Database, table: str) -> None:
    owned = "tenant_id" in Base.metadata.tables[table].c
    async with database.system() as session:
        state = await session.execute(
            text("SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE oid = cast(:t AS regclass)"),
            {"t": table},
        )
        # The sums are written by a trigger in their owner's name, whom a forced policy would stop.
        assert state.one() == (True, table not in SUMS)
        policies = await session.execute(
            text("SELECT roles[1], qual, with_check FROM pg_policies WHERE tablename = :t"), {"t": table}
        )
        found = {row[0]: (row[1], row[2]) for row in policies}
    if table in SUMS:
        own, _ = found["callwright_app"]
        assert (found["callwright_system"], own[:13]) == (("true", None), "(tenant_id = ")
        return
    assert found["callwright_system"] == ("true", "true")
    if owned:
        using, check = found["callwright_app"]
        assert using == check
        assert using.startswith("(tenant_id = ")
    else:
        assert table in {"tenants", "nodes", "do_not_call_everywhere", "leader_watch", "message_channels"}


async def test_the_application_may_not_touch_what_belongs_to_no_tenant(database: Database) -> None:
    ours, _ = await two_tenants(database)
    for statement in ("SELECT * FROM nodes", "UPDATE tenants SET name = 'x'", "DELETE FROM tenants"):
        with pytest.raises(DBAPIError, match="permission denied"):
            async with database.tenant(ours) as session:
                await session.execute(text(statement))
