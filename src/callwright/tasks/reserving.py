"""AI seats of tasks: reserved while a task calls, taken by conversations, let go when it stops (SEAT-1, TASK-6)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.seats import AiSeatPackRow, ReservedSeatRow
from callwright.kit.ids import new_id
from callwright.tasks.sql import (
    DROP_SEATS,
    FREE_FORGOTTEN_SEATS,
    FREE_SEATS,
    LOCK_SEATS,
    NO_WAIT_FOR_DISK,
    TAKE_SEATS,
)


@dataclass(frozen=True, slots=True)
class Held:
    """Seats of one task: ``reserved`` for its calls, ``busy`` with conversations, those ``leaving`` included."""

    reserved: int = 0
    busy: int = 0
    leaving: int = 0


NONE = Held()


async def get_held(session: AsyncSession, task_ids: Collection[UUID] | None = None) -> dict[UUID, Held]:
    """Return the seats of those of ``task_ids`` that have any, of every task where none are named."""
    row = ReservedSeatRow
    query = select(
        row.task_id,
        func.count().filter(~row.leaving),
        func.count(row.attempt_id),
        func.count().filter(row.leaving),
    ).group_by(row.task_id)
    counted = await session.execute(query if task_ids is None else query.where(row.task_id.in_(task_ids)))
    return {task_id: Held(reserved, busy, leaving) for task_id, reserved, busy, leaving in counted}


async def get_totals(session: AsyncSession, now: datetime) -> dict[UUID, int]:
    """Return how many seats each tenant that has any owns at ``now``."""
    packs = AiSeatPackRow
    rows = await session.execute(
        select(packs.tenant_id, func.sum(packs.seats))
        .where(packs.opens_at <= now, func.coalesce(packs.expires_at > now, True))
        .group_by(packs.tenant_id)
    )
    return dict(iter(rows))


async def get_free(session: AsyncSession, now: datetime) -> dict[UUID, int]:
    """Return how many seats of each tenant that owns some no task has; below 0 where a pack ran out meanwhile."""
    row = ReservedSeatRow
    held = dict(iter(await session.execute(select(row.tenant_id, func.count()).group_by(row.tenant_id))))
    return {tenant: total - held.get(tenant, 0) for tenant, total in (await get_totals(session, now)).items()}


async def lock_seats(session: AsyncSession, task_ids: Collection[UUID]) -> None:
    """Hold all seats of tasks still until the transaction ends: asked for once, before any of them is changed."""
    await session.execute(LOCK_SEATS, {"tasks": list(task_ids)})


async def reserve(session: AsyncSession, tenant_id: UUID, task_id: UUID, seats: int) -> None:
    """Give a task ``seats`` seats: those that it was about to leave, and free ones."""
    kept = await session.scalars(
        update(ReservedSeatRow)
        .where(ReservedSeatRow.task_id == task_id, ReservedSeatRow.leaving)
        .values(leaving=False)
        .returning(ReservedSeatRow.id)
        .execution_options(synchronize_session=False)
    )
    seats -= len(kept.all())
    rows = [{"id": new_id(), "tenant_id": tenant_id, "task_id": task_id, "leaving": False} for _ in range(seats)]
    if rows:
        await session.execute(insert(ReservedSeatRow), rows)


async def let_go(session: AsyncSession, task_ids: Sequence[UUID]) -> None:
    """Let tasks have no seats any more; conversations keep theirs until they end.

    Whoever's telephone rings now has one waiting until that is over, too.
    """
    await lock_seats(session, task_ids)
    await session.execute(
        update(ReservedSeatRow)
        .where(ReservedSeatRow.task_id.in_(task_ids))
        .values(leaving=True)
        .execution_options(synchronize_session=False)
    )
    await session.execute(DROP_SEATS)


async def take_seats(session: AsyncSession, wishes: Sequence[tuple[UUID, UUID]]) -> set[UUID]:
    """Seat people who answered, each once however often asked for, from ``(task, attempt)``; return who has a seat.

    A crash of the database may forget it, which seats one too many for the length of a call; nobody who has just
    answered waits for a disk.
    """
    await session.execute(NO_WAIT_FOR_DISK)
    asked = {"tasks": [task_id for task_id, _ in wishes], "attempts": [attempt_id for _, attempt_id in wishes]}
    return set(await session.scalars(TAKE_SEATS, asked))


async def free_seats(session: AsyncSession, attempt_ids: Iterable[UUID]) -> None:
    """Take conversations that are over off their seats; the attempts are marked as ended before."""
    await session.execute(FREE_SEATS, {"ids": list(attempt_ids)})
    await session.execute(DROP_SEATS)


async def free_forgotten_seats(session: AsyncSession) -> None:
    """Free seats that were taken just as their attempts ended, and those left by tasks that nobody waits for."""
    await session.execute(FREE_FORGOTTEN_SEATS)
    await session.execute(DROP_SEATS)
