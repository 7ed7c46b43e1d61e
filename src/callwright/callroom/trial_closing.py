"""Trials that are over, into the database with what they cost."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.billing.ledger import release
from callwright.callroom.test_dialling import settle
from callwright.calls import test_calls, trials
from callwright.calls.schemas import FinishedCall
from callwright.calls.test_calls import ClaimedTestCall, TestCallEnd
from callwright.rating.tariff import Tariff


@dataclass(frozen=True, slots=True)
class PlayedTrial:
    """A trial that was dialled, showing ``caller_number``, by what it costs, and when its code was keyed in."""

    test: ClaimedTestCall
    caller_number: str
    costs: Tariff
    confirmed_at: datetime | None = None


async def close_trial(session: AsyncSession, trial: PlayedTrial, finished: FinishedCall) -> None:
    """Keep a trial that is over, once, give back what it held and charge what it cost."""
    shown, confirmed_at = trial.caller_number, trial.confirmed_at
    if await trials.end(session, trial.test, finished, caller_number=shown, confirmed_at=confirmed_at):
        talk_ms = 0 if finished.answered_at is None else max(1, finished.talk_ms)
        await settle(session, trial.test, trial.costs, talk_ms)


async def abandon_trial(session: AsyncSession, trial: PlayedTrial, finished: FinishedCall, reason: str) -> None:
    """Close a trial of which nothing else can be kept, but for the wish not to be called again."""
    if finished.do_not_call:
        await trials.list_phone(session, trial.test, finished.do_not_call_words)
    if await test_calls.end(session, trial.test, TestCallEnd(None, None, None, reason), finished.ended_at):
        await release(session, [trial.test.id])
