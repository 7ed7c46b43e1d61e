"""Many customers of a task moved at once: asked for, called off, undone; what became of it."""

import hashlib
from datetime import datetime
from uuid import UUID

from pydantic_core import to_json
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.jobs import enqueue
from callwright.db.tables.moves import CustomerMoveRow
from callwright.dialing.lifecycle import TaskAct, TaskState, after
from callwright.dialing.moving import MoveAct
from callwright.kit.errors import NotFoundError
from callwright.kit.ids import new_id
from callwright.moving import repository
from callwright.moving.destinations import SAME_TASK, VARIABLES_MISSING, get_destination
from callwright.moving.errors import (
    MoveKeyError,
    MoveStateError,
    NobodyChosenError,
    SameTaskError,
    TooManyMovesError,
    UndoTooLateError,
    VariablesMissingError,
)
from callwright.moving.schemas import CHOSEN, UNDO_WITHIN, Chosen, Meant, MoveView, NewMove
from callwright.tasks.repository import get_task_row

JOB = "move"
MOST_UNDER_WAY = 10
"""So many moves of a company wait or are under way at once."""


async def get_meant(session: AsyncSession, task_id: UUID, chosen: Chosen) -> Meant:
    """Return how many customers of the task are meant. Raises NotFoundError."""
    await get_task_row(session, task_id)
    return await repository.get_meant(session, task_id, chosen)


async def ask(session: AsyncSession, wanted: NewMove, *, by: UUID | None) -> MoveView:
    """Have customers moved; what was asked before under the same key is that move.

    Raises NotFoundError, NobodyChosenError, TaskStateError, SameTaskError, VariablesMissingError, MoveKeyError,
    TooManyMovesError.
    """
    task = await get_task_row(session, wanted.task_id)
    await repository.wait_for_turn(session)
    digest = hashlib.sha256(to_json((wanted, by))).hexdigest()
    known = await repository.get_by_key(session, wanted.key)
    if known is not None:
        if known.digest != digest:
            raise MoveKeyError(key=wanted.key)
        return await get(session, wanted.task_id, known.id)
    if (waiting := await repository.count_under_way(session)) >= MOST_UNDER_WAY:
        raise TooManyMovesError(waiting=waiting)
    total = (await repository.get_meant(session, wanted.task_id, wanted.chosen)).customers
    if not total:
        raise NobodyChosenError(name=task.name, where="chosen")
    if wanted.act is MoveAct.AGAIN:
        after(TaskState(task.state), TaskAct.ADD_CUSTOMERS)
    if wanted.act is MoveAct.INTO:
        await _check_destination(session, wanted)
    row = CustomerMoveRow(
        id=new_id(),
        key=wanted.key,
        digest=digest,
        asked_by=by,
        act=wanted.act,
        task_id=wanted.task_id,
        to_task_id=wanted.to_task_id,
        chosen=CHOSEN.dump_python(wanted.chosen, mode="json"),
        total=total,
    )
    session.add(row)
    await session.flush()
    await enqueue(session, JOB, row.id)
    return await get(session, wanted.task_id, row.id)


async def get(session: AsyncSession, task_id: UUID, move_id: UUID) -> MoveView:
    """Return a move of the task's customers. Raises NotFoundError."""
    found = await repository.get_move(session, task_id, move_id)
    if found is None:
        raise NotFoundError(thing="move", key=move_id)
    return found


async def list_moves(session: AsyncSession, task_id: UUID, *, limit: int) -> list[MoveView]:
    """Return the latest moves of the task's customers. Raises NotFoundError."""
    await get_task_row(session, task_id)
    return await repository.get_newest(session, task_id, limit)


async def call_off(session: AsyncSession, task_id: UUID, move_id: UUID, *, now: datetime) -> MoveView:
    """Move nobody further; who was moved stays moved. Raises NotFoundError, MoveStateError where it is over."""
    await get(session, task_id, move_id)
    called_off = await repository.move_on(
        session, move_id, ("waiting", "running"), state="cancelled", ended_at=now, chosen=None
    )
    view = await get(session, task_id, move_id)
    if not called_off:
        raise MoveStateError(state=view.row.state, needed="is not over", act="called off")
    return view


async def undo(session: AsyncSession, task_id: UUID, move_id: UUID, *, now: datetime) -> MoveView:
    """Have those put back who were taken out; asked twice it is done once.

    Raises NotFoundError, MoveStateError where it was no taking out or is not over, UndoTooLateError, TaskStateError
    for a task that has finished since.
    """
    view = await get(session, task_id, move_id)
    if view.row.state in ("undoing", "undone"):
        return view
    if view.undo_until is None:
        raise MoveStateError(state=view.row.state, needed="took customers out and is over", act="undone")
    if now > view.undo_until:
        raise UndoTooLateError(minutes=int(UNDO_WITHIN.total_seconds() // 60))
    task = await get_task_row(session, task_id)
    after(TaskState(task.state), TaskAct.ADD_CUSTOMERS)
    if await repository.move_on(session, move_id, (view.row.state,), state="undoing"):
        await enqueue(session, JOB, move_id)
    return await get(session, task_id, move_id)


async def fail(session: AsyncSession, move_id: UUID, why: str, *, now: datetime) -> None:
    """Note that nobody is moved further, and why: a stable code."""
    await repository.move_on(
        session, move_id, repository.UNDER_WAY, state="failed", failure=why, ended_at=now, chosen=None
    )


async def _check_destination(session: AsyncSession, wanted: NewMove) -> None:
    assert wanted.to_task_id is not None
    found = await get_destination(session, wanted.task_id, wanted.chosen, wanted.to_task_id)
    if found.why_not == SAME_TASK:
        raise SameTaskError(name=found.name, where="to_task_id")
    after(TaskState(found.state), TaskAct.ADD_CUSTOMERS)
    if found.why_not == VARIABLES_MISSING:
        raise VariablesMissingError(
            name=found.name,
            customers=max(lack.customers for lack in found.lacks),
            variables=", ".join(lack.label for lack in found.lacks),
            where="to_task_id",
        )
