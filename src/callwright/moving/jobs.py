"""The job that moves customers: some hundred in each transaction, so that nobody's calls wait for it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.contacts.do_not_call import barred_among
from callwright.db.jobs import Job
from callwright.db.session import Database
from callwright.db.tables.moves import CustomerMoveRow
from callwright.dialing.lifecycle import TaskAct, TaskState, after
from callwright.dialing.moving import MoveAct, Refusal, Standing, refusal
from callwright.dialing.outcome import STILL_TO_CALL
from callwright.dialogue.graph import Variable
from callwright.kit.clock import Clock
from callwright.moving import repository, service
from callwright.moving.schemas import CHOSEN
from callwright.tasks.calling_again import put_back
from callwright.tasks.entries import HeldEntry, hold_entries
from callwright.tasks.news import tell_browsers, wake_leader
from callwright.tasks.one_person import doubled_among, take_out_doubled
from callwright.tasks.passing_on import PassedOn, pass_on
from callwright.tasks.repository import get_task_to_fill
from callwright.tasks.service import variables_of
from callwright.tasks.taking_out import keep_out, put_in, take_out

AT_A_TIME = 500


def move_job(database: Database, clock: Clock) -> Job:
    """Return the job; begun again, it goes on behind those that it moved."""
    moving = _Moving(database, clock)
    return Job(service.JOB, moving.run, moving.fail)


@dataclass(frozen=True, slots=True)
class _Moving:
    database: Database
    clock: Clock

    async def run(self, tenant_id: UUID, key: UUID) -> None:
        while await self._go_on(tenant_id, key):
            continue

    async def fail(self, tenant_id: UUID, key: UUID, why: str) -> None:
        async with self.database.tenant(tenant_id) as session:
            await service.fail(session, key, why, now=self.clock.now())

    async def _go_on(self, tenant_id: UUID, key: UUID) -> bool:
        """Do the next part, in a transaction with the note that it was done; return whether there may be more."""
        async with self.database.tenant(tenant_id) as session:
            move = await repository.hold(session, key)
            if move is None or move.state not in repository.UNDER_WAY:
                return False
            if move.state == "undoing":
                return await self._undo(session, move)
            further = await repository.get_further(session, move, CHOSEN.validate_python(move.chosen), AT_A_TIME)
            if further:
                await _move(session, move, [entry_id for entry_id, _ in further], self.clock.now())
                move.behind_id, move.behind = further[-1]
                move.looked_at += len(further)
                move.state = "running"
            else:
                move.state, move.ended_at, move.chosen = "done", self.clock.now(), None
            await tell_browsers(session, tenant_id, move.task_id)
            return bool(further)

    async def _undo(self, session: AsyncSession, move: CustomerMoveRow) -> bool:
        # A task that has finished calls nobody: to be put back into it would mean never to be called.
        task = await get_task_to_fill(session, move.task_id)
        after(TaskState(task.state), TaskAct.ADD_CUSTOMERS)
        back = await put_in(session, by=move.id, most=AT_A_TIME)
        # Not left as they were: the move is over once it holds nobody out any longer.
        doubled = await doubled_among(session, move.task_id, back)
        await take_out_doubled(session, doubled)
        move.put_back += len(back) - len(doubled)
        if not back:
            move.state = "undone"
        await wake_leader(session, move.task_id)
        await tell_browsers(session, move.tenant_id, move.task_id)
        return bool(back)


async def _move(session: AsyncSession, move: CustomerMoveRow, ids: Sequence[UUID], now: datetime) -> None:
    act = MoveAct(move.act)
    needed = await variables_of(session, move.to_task_id) if move.to_task_id is not None else []
    # Before their entries: a file that is brought into the task waits for whoever holds those.
    if act is not MoveAct.OUT:
        await get_task_to_fill(session, move.to_task_id or move.task_id)
    held = await hold_entries(session, ids)
    barred = await barred_among(session, [one.phone for one in held])
    # Whom somebody else has at this moment is being called.
    refused = Counter({Refusal.ON_THE_PHONE: len(ids) - len(held)})
    going = []
    for one in held:
        standing = Standing(one.state, one.last_phone_state, one.phone in barred, one.missing(needed))
        why_not = refusal(act, standing)
        if why_not is None:
            going.append(one)
        else:
            refused[why_not] += 1
    moved = await _move_those(session, move, going, needed, now)
    move.moved += moved
    move.already += len(going) - moved
    move.refused = {why: count for why, count in (Counter(move.refused) + refused).items() if count}


async def _move_those(
    session: AsyncSession,
    move: CustomerMoveRow,
    going: Sequence[HeldEntry],
    needed: Sequence[Variable],
    now: datetime,
) -> int:
    """Move customers who are held, and may go; return how many were moved."""
    if not going:
        return 0
    if move.act == MoveAct.AGAIN:
        return await put_back(session, move.task_id, [one.id for one in going])
    if move.to_task_id is None:
        await take_out(session, [one.id for one in going], by=move.id)
        return len(going)
    came = await pass_on(session, move.to_task_id, [_passed_on(one, needed, now) for one in going])
    # Who is still to be called here would else be called for both.
    left = [one.id for one in going if one.customer_id in came and one.state in STILL_TO_CALL]
    await take_out(session, left, by=move.id)
    # An earlier taking out that is undone must not bring them back here as well.
    await keep_out(session, [one.id for one in going if one.customer_id in came], by=move.id)
    return len(came)


def _passed_on(entry: HeldEntry, needed: Sequence[Variable], now: datetime) -> PassedOn:
    later = entry.due_at if entry.due_at is not None and entry.due_at > now else None
    return PassedOn(entry.customer_id, entry.phone, entry.known(needed), entry.zones, later)
