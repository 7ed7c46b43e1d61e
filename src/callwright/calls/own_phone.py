"""Whose phone it is on which somebody wants to hear a script: shown by a code that they key in on it."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.lines import TestCallRow

KNOWN_FOR = timedelta(days=30)
"""A number may be somebody else's in time."""
DIGITS = 4


def make_code() -> str:
    """Return a code that nobody can foresee."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


async def is_known(session: AsyncSession, person: UUID, phone: str, *, now: datetime) -> bool:
    """Say whether somebody has shown lately that this is their phone."""
    shown = _rung(person).where(TestCallRow.phone == phone, TestCallRow.confirmed_at > now - KNOWN_FOR)
    return await session.scalar(shown.limit(1)) is not None


async def get_own_phone(session: AsyncSession, person: UUID) -> str | None:
    """Return the phone on which somebody last let themself be rung."""
    return await session.scalar(_rung(person).order_by(TestCallRow.id.desc()).limit(1))


def _rung(person: UUID) -> Select[str]:
    return select(TestCallRow.phone).where(TestCallRow.kind == "script", TestCallRow.asked_by == person)
