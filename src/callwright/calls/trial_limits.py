"""How often a script may be tried on a phone, so that nobody is pestered by it."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.calls import test_calls
from callwright.calls.errors import (
    CodeNotKeyedInError,
    TooManyPhonesError,
    TooManyTrialsError,
    TrialTooSoonError,
    TrialUnderWayError,
)
from callwright.db.locks import Lock, take
from callwright.db.tables.lines import TestCallRow

BETWEEN = timedelta(seconds=30)
DAY = timedelta(days=1)
MOST_A_DAY = 20
PHONES_A_DAY = 3
"""Nobody has more phones of their own at hand; whoever names more is ringing other people."""
WITHOUT_CODE = 3
"""So often a day a phone is rung on which nobody keys the code in: it is probably somebody else's."""


async def lock(session: AsyncSession, phone: str, person: UUID) -> None:
    """Let those who ask for this person, or for this phone, be judged one after the other."""
    for whose in (person, phone):
        await take(session, Lock.TRIALS, whose)


async def check(session: AsyncSession, phone: str, person: UUID, now: datetime) -> None:
    """Let a person ring a phone.

    Raises TrialUnderWayError, TrialTooSoonError, TooManyTrialsError, TooManyPhonesError and CodeNotKeyedInError.
    """
    lately = (TestCallRow.kind == "script", TestCallRow.asked_at > now - DAY)
    theirs = TestCallRow.asked_by == person
    for whose_calls in (theirs, TestCallRow.phone == phone):
        await _check_pace(session, (*lately, whose_calls), now)
    known = set(await session.scalars(select(TestCallRow.phone).where(*lately, theirs).distinct()))
    if phone not in known and len(known) >= PHONES_A_DAY:
        raise TooManyPhonesError(most=PHONES_A_DAY)
    await _check_codes(session, (*lately, TestCallRow.phone == phone))


def under_way(now: datetime) -> ColumnElement[bool]:
    """Hold of trials that are not over."""
    return TestCallRow.ended_at.is_(None) & (
        (TestCallRow.state != "waiting") | (TestCallRow.asked_at > now - test_calls.WAITS)
    )


async def _check_pace(session: AsyncSession, which: tuple[ColumnElement[bool], ...], now: datetime) -> None:
    found = select(func.max(TestCallRow.asked_at), func.count(), func.count().filter(under_way(now))).where(*which)
    latest, count, going_on = (await session.execute(found)).one()
    if going_on:
        raise TrialUnderWayError
    if latest is not None and now < latest + BETWEEN:
        raise TrialTooSoonError(seconds=max(1, round((latest + BETWEEN - now).total_seconds())))
    if count >= MOST_A_DAY:
        raise TooManyTrialsError(most=MOST_A_DAY)


async def _check_codes(session: AsyncSession, which: tuple[ColumnElement[bool], ...]) -> None:
    rung = TestCallRow.dialled_at.is_not(None) & TestCallRow.code.is_not(None) & TestCallRow.confirmed_at.is_(None)
    if (await session.scalar(select(func.count()).where(*which, rung)) or 0) >= WITHOUT_CODE:
        raise CodeNotKeyedInError(most=WITHOUT_CODE)
