"""How often a company has the language model talk with crowds: it costs whoever runs the installation.

What a crowd may cost at the most is held when it begins, and stays held where nobody ever says what it did cost.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.locks import Lock, take
from callwright.db.tables.scripts import ModelCrowdRow
from callwright.kit.errors import ConflictError
from callwright.scripts.model_crowd import MOST_TOKENS

DAY = timedelta(days=1)
TOKENS_A_DAY = 5 * MOST_TOKENS
LONGEST = timedelta(hours=1)
"""What has been under way for longer lost its process."""


class ModelCrowdUnderWayError(ConflictError):
    """A crowd of your company is talking with the language model at this moment. Wait until it is done."""

    code = "model-crowd-under-way"


class ModelCrowdAllowanceError(ConflictError):
    """Your company's crowds may cost the language model {most} tokens within 24 hours. Try again tomorrow."""

    code = "model-crowd-allowance"


async def begin(session: AsyncSession, tenant_id: UUID, *, by: UUID | None, now: datetime) -> UUID:
    """Hold what a crowd may cost, and return what to end it by.

    Raises ModelCrowdUnderWayError, ModelCrowdAllowanceError.
    """
    await take(session, Lock.MODEL_CROWD, tenant_id)
    lately = ModelCrowdRow.began_at > now - DAY
    under_way = ModelCrowdRow.ended_at.is_(None) & (ModelCrowdRow.began_at > now - LONGEST)
    found = select(func.coalesce(func.sum(ModelCrowdRow.tokens), 0), func.count().filter(under_way)).where(lately)
    tokens, going_on = (await session.execute(found)).one()
    if going_on:
        raise ModelCrowdUnderWayError
    if tokens + MOST_TOKENS > TOKENS_A_DAY:
        raise ModelCrowdAllowanceError(most=TOKENS_A_DAY)
    row = ModelCrowdRow(began_at=now, began_by=by, tokens=MOST_TOKENS)
    session.add(row)
    await session.flush()
    return row.id


async def end(session: AsyncSession, crowd_id: UUID, *, tokens: int, now: datetime) -> None:
    """Let go of what was held beyond ``tokens``."""
    await session.execute(
        update(ModelCrowdRow).where(ModelCrowdRow.id == crowd_id).values(ended_at=now, tokens=tokens)
    )
