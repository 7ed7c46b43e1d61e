"""Many customers of a task at once: into another task, called again, taken out, put back."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from callwright.kit.ids import new_id
from callwright.moving import service as moving
from callwright.moving.destinations import list_destinations as get_destinations
from callwright.moving.schemas import NewMove as Wanted
from callwright.web import present_moves
from callwright.web.access import TaskChanger
from callwright.web.schemas.keys import IdempotencyKey
from callwright.web.schemas.moves import (
    ChosenCustomers,
    Destination,
    DestinationsSought,
    MeantCustomers,
    Move,
    NewMove,
)

router = APIRouter(prefix="/tasks/{task_id}", tags=["customers"])


@router.post("/customers/count")
async def count_customers(task_id: UUID, body: ChosenCustomers, asking: TaskChanger) -> MeantCustomers:
    """How many customers a choice means, before anything is done with them."""
    async with asking.transaction() as session:
        return MeantCustomers.model_validate(await moving.get_meant(session, task_id, body.chosen()))


@router.post("/destinations")
async def list_destinations(task_id: UUID, body: DestinationsSought, asking: TaskChanger) -> list[Destination]:
    """The twenty newest tasks with a text in their name, and why the customers can't go into some of them."""
    async with asking.transaction() as session:
        found = await get_destinations(session, task_id, body.chosen.chosen(), name=body.name)
    return [Destination.model_validate(one) for one in found]


@router.post("/moves", status_code=202)
async def move_customers(
    task_id: UUID, body: NewMove, asking: TaskChanger, idempotency_key: IdempotencyKey = None
) -> Move:
    """Have a job worker move customers; asked twice under one key, it is done once."""
    wanted = Wanted(idempotency_key or new_id(), body.act, task_id, body.chosen.chosen(), body.to_task_id)
    async with asking.transaction() as session:
        return present_moves.a_move(await moving.ask(session, wanted, by=asking.who.user_id))


@router.get("/moves")
async def list_moves(
    task_id: UUID, asking: TaskChanger, limit: Annotated[int, Query(ge=1, le=100)] = 10
) -> list[Move]:
    """The latest moves of the task's customers, the newest first."""
    async with asking.transaction() as session:
        return [present_moves.a_move(view) for view in await moving.list_moves(session, task_id, limit=limit)]


@router.get("/moves/{move_id}")
async def get_move(task_id: UUID, move_id: UUID, asking: TaskChanger) -> Move:
    """A move, and how it gets on."""
    async with asking.transaction() as session:
        return present_moves.a_move(await moving.get(session, task_id, move_id))


@router.post("/moves/{move_id}/cancel")
async def call_off_move(task_id: UUID, move_id: UUID, asking: TaskChanger) -> Move:
    """Move nobody further; who was moved stays moved."""
    async with asking.transaction() as session:
        return present_moves.a_move(await moving.call_off(session, task_id, move_id, now=asking.now))


@router.post("/moves/{move_id}/undo", status_code=202)
async def undo_move(task_id: UUID, move_id: UUID, asking: TaskChanger) -> Move:
    """Have a job worker put those back who were taken out, for ten minutes after that."""
    async with asking.transaction() as session:
        return present_moves.a_move(await moving.undo(session, task_id, move_id, now=asking.now))
