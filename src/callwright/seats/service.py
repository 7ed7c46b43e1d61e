"""AI seats: opening packs, and how many seats there are."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.seats import AiSeatPackRow
from callwright.seats import repository
from callwright.seats.counting import total_at
from callwright.seats.errors import InvalidPackError


async def open_pack(
    session: AsyncSession, *, seats: int, opens_at: datetime, expires_at: datetime | None = None
) -> AiSeatPackRow:
    """Give the tenant ``seats`` more AI seats for a while. Raises InvalidPackError."""
    if seats < 1:
        raise InvalidPackError(seats=seats, why="it must hold at least one")
    if expires_at is not None and expires_at <= opens_at:
        raise InvalidPackError(seats=seats, why="it would expire before it opens")
    pack = AiSeatPackRow(seats=seats, opens_at=opens_at, expires_at=expires_at)
    session.add(pack)
    await session.flush()
    return pack


async def list_packs(session: AsyncSession) -> Sequence[AiSeatPackRow]:
    """Return every pack, the first opened first."""
    return await repository.get_packs(session)


async def total_seats(session: AsyncSession, now: datetime) -> int:
    """Return how many AI seats the tenant owns at ``now``."""
    return total_at(await repository.get_packs(session), now)
