"""Locks by name, which PostgreSQL keeps until a transaction ends: who asks for one that is held waits for it.

They lock what is no row, or not one yet: a limit on how many there may be, a key under which one thing is made.
"""

from enum import StrEnum

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.roles import CURRENT_TENANT


class Lock(StrEnum):
    """What is locked, each of it by itself: the company's, or that of a number, a task, a key."""

    BALANCE = "balance"
    """What a company can spend, by the company's id."""
    BULK_CHANGES = "bulk changes"
    CROWDS = "crowds"
    CUSTOM_FIELDS = "custom fields"
    EXPORTS = "exports"
    FILL = "fill"
    """Who comes into a task, in which order, by its id."""
    IMPORTS = "imports"
    MODEL_ANSWERS = "model answers"
    MODEL_CROWD = "model crowd"
    MOVES = "moves"
    NUMBER = "number"
    """Whoever dials a number, of whichever company, by the number (E.164): the second sees the first."""
    TASK_KEY = "task key"
    """The task that is made under a key, by the key."""
    TRIALS = "trials"
    """Calls by which a script is tried, by the person's id and by the number that is rung."""


# In one order, whoever asks: two who hold a part each of what the other waits for would wait for good.
EACH = text("""
    SELECT pg_advisory_xact_lock(hashtextextended(:lock || ' ' || whose, 0))
    FROM (SELECT DISTINCT unnest(CAST(:whose AS text[])) AS whose ORDER BY whose) AS asked
""")
OF_COMPANY = text(f"SELECT pg_advisory_xact_lock(hashtextextended(:lock || ' ' || {CURRENT_TENANT}, 0))")


async def take(session: AsyncSession, lock: Lock, *whose: object) -> None:
    """Take a lock of each of ``whose``, held until the transaction ends."""
    await session.execute(EACH, {"lock": lock.value, "whose": [str(one) for one in whose]})


async def take_of_company(session: AsyncSession, lock: Lock) -> None:
    """Take the lock of the company whose transaction it is, held until that ends."""
    await session.execute(OF_COMPANY, {"lock": lock.value})
