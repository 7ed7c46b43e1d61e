"""How often a company has the language model answer those who try scripts: it costs whoever runs the installation.

Counted in the database, as its people come to any web process.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.locks import Lock, take
from callwright.db.tables.scripts import ModelAnswerRow
from callwright.kit.errors import UnavailableError

MINUTE = timedelta(minutes=1)
LONGEST_ANSWER = timedelta(minutes=2)
"""What has been under way for longer lost its process, or whoever asked was gone before its first line."""


class TooManyAnswersError(UnavailableError):
    """Your company has asked the language model {most} times within a minute. Try again in {wait_s} seconds."""

    code = "too-many-answers"


class AnswersUnderWayError(UnavailableError):
    """The language model is writing {most} answers for your company at this moment. Wait for one of them."""

    code = "answers-under-way"


@dataclass(frozen=True, slots=True)
class Allowance:
    """How often one company may ask the language model while trying scripts."""

    a_minute: int = 30
    at_once: int = 4

    async def begin(
        self, session: AsyncSession, tenant_id: UUID, *, now: datetime, longest: timedelta = LONGEST_ANSWER
    ) -> UUID:
        """Count an answer that takes ``longest`` at the most, and return what to end it by.

        Raises TooManyAnswersError, AnswersUnderWayError.
        """
        await take(session, Lock.MODEL_ANSWERS, tenant_id)
        row = ModelAnswerRow
        under_way, lately = row.ended_at.is_(None) & (row.lapses_at > now), row.asked_at > now - MINUTE
        await session.execute(delete(row).where(~under_way, ~lately))
        found = select(
            func.count().filter(under_way), func.count().filter(lately), func.min(row.asked_at).filter(lately)
        )
        going_on, asked, first = (await session.execute(found)).one()
        if going_on >= self.at_once:
            raise AnswersUnderWayError(most=self.at_once, wait_s=1)
        if asked >= self.a_minute:
            wait = first + MINUTE - now
            raise TooManyAnswersError(most=self.a_minute, wait_s=max(1, round(wait.total_seconds())))
        answer = row(asked_at=now, lapses_at=now + longest)
        session.add(answer)
        await session.flush()
        return answer.id


async def end(session: AsyncSession, answer_id: UUID, *, now: datetime) -> None:
    """Let another answer take the place of one that is written."""
    await session.execute(update(ModelAnswerRow).where(ModelAnswerRow.id == answer_id).values(ended_at=now))
