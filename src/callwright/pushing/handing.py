"""Handing out: from a call that ended with a grade, and from a warning, to one push for each chat concerned."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.accounts.roles import Role, scope_of
from callwright.chats.service import chats_of
from callwright.contacts.card import CustomerChange, change_customer
from callwright.contacts.schemas import Editor
from callwright.db.events import CallEnded, WarningRaised
from callwright.db.jobs import Queue, enqueue
from callwright.db.outbox import Handler, StoredEvent
from callwright.db.tables.accounts import UserRow
from callwright.db.tables.contacts import CustomerRow
from callwright.db.tables.pushing import PushRow, TaskPusherRow, TaskPushRow
from callwright.db.tables.warnings import WarnedPersonRow
from callwright.kit.errors import NotFoundError
from callwright.kit.ids import new_id
from callwright.pushing.schemas import How, Purpose, PushFailure, PushState

JOB = "chat"
"""Sends what is due in one chat; its key is the chat's."""
HOUSE = Editor(None, leading=True)

Chats = Mapping[UUID, Sequence[UUID]]
Pushers = Mapping[tuple[UUID, str], Sequence[TaskPusherRow]]


async def _hand_out_calls(session: AsyncSession, events: Sequence[StoredEvent]) -> None:
    ended = {_of(event).call_id: event for event in events if _graded(event)}
    if not ended:
        return
    tasks = await _held({_of(event).task_id for event in ended.values()}, session)
    if not tasks:
        return
    # Told twice of one call, as of one whose end was learnt later, nobody is told twice, and nobody else either.
    told = set(await session.scalars(select(PushRow.call_id).where(PushRow.call_id.in_(list(ended)))))
    pushers = await _pushers(session, list(tasks))
    people = {one.user_id for of in pushers.values() for one in of}
    chats = await chats_of(session, people)
    sight = await _sight(session, people, {_of(event).customer_id for event in ended.values()})
    rows: list[dict[str, object]] = []
    for event in ended.values():
        call = _of(event)
        of = pushers.get((call.task_id, call.grade or ""), ())
        if call.call_id in told or not of:
            continue
        task = tasks[call.task_id]
        seeing = of if task.assigns else sight.among(of, call.customer_id)
        for one in _chosen(seeing, How(task.how), chats):
            one.handed += 1
            rows += _pushes(one.user_id, chats, Purpose.CALL, event, call_id=call.call_id)
            if task.assigns:
                await _assign(session, call.customer_id, one.user_id, now=event.at)
    await _enter(session, rows)


def _graded(event: StoredEvent) -> bool:
    return isinstance(event.data, CallEnded) and event.data.grade is not None and not event.data.interrupted


def _of(event: StoredEvent) -> CallEnded:
    assert isinstance(event.data, CallEnded)
    return event.data


async def _held(task_ids: Collection[UUID], session: AsyncSession) -> dict[UUID, TaskPushRow]:
    """Return what these tasks tell, held until the transaction ends: whoever hands out next counts on."""
    wanted = select(TaskPushRow).where(TaskPushRow.task_id.in_(list(task_ids))).order_by(TaskPushRow.id)
    return {row.task_id: row for row in await session.scalars(wanted.with_for_update())}


async def _pushers(session: AsyncSession, task_ids: Sequence[UUID]) -> Pushers:
    # Read anew: another counted on while this one waited.
    wanted = select(TaskPusherRow).where(TaskPusherRow.task_id.in_(task_ids)).order_by(TaskPusherRow.place)
    found: dict[tuple[UUID, str], list[TaskPusherRow]] = {}
    for row in await session.scalars(wanted.execution_options(populate_existing=True)):
        found.setdefault((row.task_id, row.grade), []).append(row)
    return found


@dataclass(frozen=True, slots=True)
class _Sight:
    """Who sees whom: how far each person sees, and whose each customer is."""

    scopes: Mapping[UUID, UUID | None]
    owners: Mapping[UUID, UUID | None]

    def among(self, of: Sequence[TaskPusherRow], customer_id: UUID) -> Sequence[TaskPusherRow]:
        """Return those who see a customer; all where none does, so that it is shown that nobody was told."""
        owner = self.owners.get(customer_id)
        seeing = [one for one in of if owner is None or self.scopes.get(one.user_id) in (None, owner)]
        return seeing or of


async def _sight(session: AsyncSession, people: Collection[UUID], customer_ids: Collection[UUID]) -> _Sight:
    roles = select(UserRow.id, UserRow.role).where(UserRow.id.in_(people))
    whose = select(CustomerRow.id, CustomerRow.owner_id).where(CustomerRow.id.in_(customer_ids))
    return _Sight(
        {user_id: scope_of(Role(role), user_id) for user_id, role in await session.execute(roles)},
        {one.id: one.owner_id for one in await session.execute(whose)},
    )


def _chosen(of: Sequence[TaskPusherRow], how: How, chats: Chats) -> Sequence[TaskPusherRow]:
    """Return who is told: all, or whoever was told of the fewest, of those who have a chat while any has."""
    if how is How.ALL:
        return of
    reachable = [one for one in of if one.user_id in chats] or of
    return [min(reachable, key=lambda one: (one.handed, one.place))]


def _pushes(
    user_id: UUID, chats: Chats, purpose: Purpose, event: StoredEvent, **about: UUID
) -> Iterable[dict[str, object]]:
    """Return a push for each chat of a person; for whoever has none, one that tells of that."""
    bound: Sequence[UUID | None] = chats.get(user_id) or (None,)
    for chat_id in bound:
        yield {
            "id": new_id(),
            "tenant_id": event.tenant_id,
            "purpose": purpose,
            **about,
            "user_id": user_id,
            "chat_id": chat_id,
            "state": PushState.WAITING if chat_id else PushState.FAILED,
            "failure": "" if chat_id else PushFailure.NO_CHAT,
            "tries": 0,
            "next_at": event.at,
            "answer": "",
        }


async def _assign(session: AsyncSession, customer_id: UUID, user_id: UUID, *, now: datetime) -> None:
    """Give a customer to a pusher (SPEC TASK-14); of a merged one, the whole person."""
    whole = func.coalesce(CustomerRow.merged_into, CustomerRow.id)
    card_id = await session.scalar(select(whole).where(CustomerRow.id == customer_id))
    revision = await session.scalar(select(CustomerRow.revision).where(CustomerRow.id == card_id).with_for_update())
    if card_id is not None and revision is not None:
        change = CustomerChange(revision, {"owner_id": user_id})
        # Who was chosen may no longer have customers; being told of them is what matters.
        with suppress(NotFoundError):
            await change_customer(session, card_id, change, HOUSE, now=now)


async def _hand_out_warnings(session: AsyncSession, events: Sequence[StoredEvent]) -> None:
    raised = {event.data.warning_id: event for event in events if isinstance(event.data, WarningRaised)}
    told = WarnedPersonRow
    wanted = select(told.warning_id, told.user_id).where(told.warning_id.in_([one for one in raised if one]))
    people = [(warning_id, user_id) for warning_id, user_id in await session.execute(wanted)]
    chats = await chats_of(session, {user_id for _, user_id in people})
    rows = [
        push
        for warning_id, user_id in people
        if user_id in chats  # who has none finds it in the application
        for push in _pushes(user_id, chats, Purpose.WARNING, raised[warning_id], warning_id=warning_id)
    ]
    await _enter(session, rows)


async def _enter(session: AsyncSession, rows: Sequence[dict[str, object]]) -> None:
    if not rows:
        return
    await session.flush()
    await session.execute(insert(PushRow).values(list(rows)).on_conflict_do_nothing())
    for chat_id in sorted({row["chat_id"] for row in rows if row["chat_id"]}, key=str):
        assert isinstance(chat_id, UUID)
        await enqueue(session, JOB, chat_id, Queue.WEBHOOKS)


CALL_PUSHES = Handler("call-pushes", (CallEnded,), _hand_out_calls)
WARNING_PUSHES = Handler("warning-pushes", (WarningRaised,), _hand_out_warnings)
