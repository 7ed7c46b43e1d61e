"""Queries about AI seats."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.seats import AiSeatPackRow


async def get_packs(session: AsyncSession) -> Sequence[AiSeatPackRow]:
    """Return every pack, the first opened first."""
    return (await session.scalars(select(AiSeatPackRow).order_by(AiSeatPackRow.opens_at, AiSeatPackRow.id))).all()
