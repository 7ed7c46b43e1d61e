"""Those whom a name has are counted in one pass, also where more were merged than a statement has memory for."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import psycopg
from sqlalchemy import event, text
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.contacts.book import count_book
from callwright.contacts.schemas import BookFilter
from callwright.db.embedded import SUPERUSER, EmbeddedPostgres
from callwright.db.session import Database
from tests.factories.calling import make_caller

FOUND, MERGED = 500, 6_000
MEMORY = text("SET LOCAL work_mem = '64kB'")
FILL = text("""
    INSERT INTO customers (id, phone, name, fields, merged_into)
    SELECT gen_random_uuid(), CAST(:prefix AS text) || number, CAST(:name AS text), '{}',
           (SELECT id FROM customers WHERE CAST(:merged AS boolean) ORDER BY phone LIMIT 1)
    FROM generate_series(1000, 999 + CAST(:count AS integer)) AS number
""")


async def test_no_row_is_gone_through_for_each_whom_a_name_has(
    database: Database, postgres: EmbeddedPostgres, database_url: str
) -> None:
    caller = await make_caller(database)
    async with database.tenant(caller.tenant_id) as session:
        await session.execute(FILL, {"prefix": "+447700", "name": "Ann Lee", "merged": False, "count": FOUND})
        await session.execute(FILL, {"prefix": "+447800", "name": "Bo Park", "merged": True, "count": MERGED})
    with psycopg.connect(postgres.url_of(urlsplit(database_url).path[1:], SUPERUSER), autocommit=True) as superuser:
        superuser.execute("ANALYZE customers")
    async with database.tenant(caller.tenant_id) as session:
        await session.execute(MEMORY)
        plans = await _watch(session)
        assert await count_book(session, BookFilter(text="Lee")) == FOUND
        assert await count_book(session, BookFilter(text="Park")) == 1
        for plan in plans:
            assert sum(_passed(plan)) < 10 * (FOUND + MERGED), plan


async def _watch(session: AsyncSession) -> list[dict[str, Any]]:
    """Have each statement run once before it is asked, and return where its plans will be kept."""
    plans: list[dict[str, Any]] = []
    connection = (await session.connection()).sync_connection
    assert connection is not None

    def explain(_: object, cursor: Any, statement: str, parameters: Any, *__: object) -> None:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {statement}", parameters)
        plans.append(cursor.fetchone()[0][0]["Plan"])

    event.listen(connection, "before_cursor_execute", explain)
    return plans


def _passed(plan: dict[str, Any]) -> Iterator[float]:
    """Yield how many rows each step of a plan passed on, in all its loops."""
    yield plan["Actual Rows"] * plan["Actual Loops"]
    for part in plan.get("Plans", ()):
        yield from _passed(part)
