"""A first file comes in while the planner knows of no rows: each table is read as often as the file has rows."""

from urllib.parse import urlsplit

import psycopg
import pytest
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.embedded import SUPERUSER, EmbeddedPostgres
from callwright.db.session import Database
from callwright.db.tables.contacts import CustomerRow
from callwright.tasks.importing import import_customers
from tests.factories.calling import NOW, make_caller

ROWS = 500
MOST_A_ROW = 20
READ = text("""
    SELECT relname, seq_tup_read + coalesce(idx_tup_fetch, 0) FROM pg_stat_xact_user_tables
    WHERE relname IN ('customers', 'task_customers', 'incoming_customers', 'incoming_entries')
""")
NUMBERS = [f"+1212{5_560_000 + number}" for number in range(ROWS)]
FILE = "\n".join(["phone,customer_name,last_visit", *(f"{number},Person,April" for number in NUMBERS)])


@pytest.mark.parametrize(("merged", "counted"), [(0, True), (500, True), (500, False)])
async def test_a_first_file_reads_no_table_for_each_of_its_rows(
    database: Database, postgres: EmbeddedPostgres, database_url: str, merged: int, counted: bool
) -> None:
    caller = await make_caller(database)
    task = await caller.make_task()
    superuser = postgres.url_of(urlsplit(database_url).path[1:], SUPERUSER)
    async with database.tenant(caller.tenant_id) as session:
        await _merge(session, merged)
    async with database.tenant(caller.tenant_id) as session:
        if counted:
            await count_before_each(session, superuser)
        done = await import_customers(session, task.id, FILE.encode(), file_name="first.csv", region="US", now=NOW)
        read = dict[str, int](iter(await session.execute(READ)))
    assert done.imported == ROWS - merged // 2
    assert max(read.values()) < MOST_A_ROW * ROWS, read


async def _merge(session: AsyncSession, count: int) -> None:
    """Have the book know the first numbers of the file, each second one merged into the one before."""
    rows = [CustomerRow(phone=number, consent=None) for number in NUMBERS[:count]]
    session.add_all(rows)
    await session.flush()
    for card, merged in zip(rows[::2], rows[1::2], strict=True):
        merged.merged_into = card.id


async def count_before_each(session: AsyncSession, superuser: str) -> None:
    """Have the planner's figures taken before each statement, as autovacuum may: what is not committed is none."""

    def analyze(*_: object) -> None:
        with psycopg.connect(superuser, autocommit=True) as other:
            other.execute("ANALYZE customers, task_customers")

    event.listen((await session.connection()).sync_connection, "before_cursor_execute", analyze)
