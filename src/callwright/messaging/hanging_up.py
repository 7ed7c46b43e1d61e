"""Hang-up messages: chosen for a task, and written down when a call of it has ended with one of its grades."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.contacts.do_not_call import barred_among
from callwright.db.events import CallEnded
from callwright.db.outbox import Handler, StoredEvent
from callwright.db.tables.accounts import TenantRow
from callwright.db.tables.calls import CallRow
from callwright.db.tables.contacts import CustomerRow
from callwright.db.tables.messaging import (
    MessageAccountRow,
    MessageOptOutRow,
    MessageRow,
    MessageTemplateVersionRow,
    TaskMessageRow,
)
from callwright.db.tables.tasks import AttemptRow, TaskCustomerRow
from callwright.kit.ids import new_id
from callwright.kit.phone_place import country_of, time_zones_of
from callwright.messaging import templates
from callwright.messaging.channels import get_account
from callwright.messaging.errors import (
    MessageGradeError,
    NoMessageChannelError,
    OtherMessageError,
    TemplateNotUsableError,
)
from callwright.messaging.schemas import HangUpMessage, MessageState, Why
from callwright.messaging.telling import changed, tell
from callwright.tasks.service import grades_of
from callwright.texting.windows import WINDOWS, MessageKind, leave
from callwright.texting.wording import TextTooLongError, UnknownValueError, written

HANG_UP = "hang_up"


async def choose_message(
    session: AsyncSession, task_id: UUID, *, template_id: UUID, grades: Sequence[str], now: datetime
) -> None:
    """Have a task send a template's approved version to those who got one of ``grades``; again is the same.

    Raises NotFoundError, TemplateNotUsableError, NoMessageChannelError, MessageGradeError, OtherMessageError.
    """
    chosen = (await templates.get_template(session, template_id)).usable
    if chosen is None:
        name = (await templates.get_template(session, template_id)).name
        raise TemplateNotUsableError(name=name, where="hang_up_message.template_id")
    known = await grades_of(session, task_id)
    for grade in grades:
        if grade not in known:
            raise MessageGradeError(grade=grade, known=", ".join(known), where="hang_up_message.grades")
    wanted = [grade for grade in known if grade in grades]
    present = await session.scalar(select(TaskMessageRow).where(TaskMessageRow.task_id == task_id))
    if present is not None:
        if (present.template_version_id, present.grades) != (chosen.id, wanted):
            raise OtherMessageError
        return
    account = await get_account(session, now)
    if account.trouble:
        raise NoMessageChannelError(trouble=account.trouble, where="hang_up_message")
    session.add(TaskMessageRow(task_id=task_id, template_version_id=chosen.id, grades=wanted))
    await session.flush()


async def get_chosen_message(session: AsyncSession, task_id: UUID) -> HangUpMessage | None:
    """Return what a task sends after its calls; nothing where it sends nothing."""
    wanted = (
        select(TaskMessageRow.template_version_id, TaskMessageRow.grades, MessageTemplateVersionRow.template_id)
        .join(MessageTemplateVersionRow, MessageTemplateVersionRow.id == TaskMessageRow.template_version_id)
        .where(TaskMessageRow.task_id == task_id)
    )
    found = (await session.execute(wanted)).one_or_none()
    if found is None:
        return None
    version_id, grades, template_id = found
    template = await templates.get_template(session, template_id)
    (version,) = [one for one in template.versions if one.id == version_id]
    return HangUpMessage(template.id, template.name, version, grades)


async def _write_messages(session: AsyncSession, events: Sequence[StoredEvent]) -> None:
    """Write down a message for each call that has earned one, whether it may leave or not."""
    ended = {event.data.call_id: event for event in events if isinstance(event.data, CallEnded)}
    of_calls = await _earned(session, ended)
    if not of_calls:
        return
    account = await session.scalar(select(MessageAccountRow))
    barred = await _barred(session, [one.call.phone for one in of_calls])
    rows = [_message(one, account, barred, ended[one.call.id].at) for one in of_calls]
    row = MessageRow
    entered = insert(row).values(rows).on_conflict_do_nothing(index_elements=["call_id", "purpose"])
    news = [changed(one) for one in await session.scalars(entered.returning(row))]
    await tell(session, news)


HANG_UP_MESSAGES = Handler("hang-up-messages", (CallEnded,), _write_messages)


@dataclass(frozen=True, slots=True)
class _Earned:
    """A call after which its customer is to get a message."""

    call: CallRow
    version: MessageTemplateVersionRow
    values: Mapping[str, str]


async def _earned(session: AsyncSession, ended: Mapping[UUID, StoredEvent]) -> list[_Earned]:
    """Return those of the calls whose task has a message for their grade; none whose process died."""
    found = (
        select(CallRow, TaskMessageRow.grades, MessageTemplateVersionRow, CustomerRow, TaskCustomerRow.variables)
        .add_columns(TenantRow.name)
        .join(TaskMessageRow, TaskMessageRow.task_id == CallRow.task_id)
        .join(MessageTemplateVersionRow, MessageTemplateVersionRow.id == TaskMessageRow.template_version_id)
        .join(CustomerRow, CustomerRow.id == CallRow.customer_id)
        .join(AttemptRow, AttemptRow.id == CallRow.attempt_id)
        .join(TaskCustomerRow, TaskCustomerRow.id == AttemptRow.task_customer_id)
        .join(TenantRow, TenantRow.id == CallRow.tenant_id)
        .where(CallRow.id.in_(list(ended)))
    )
    earned = []
    for call, grades, version, customer, variables, company in await session.execute(found):
        told = ended[call.id].data
        assert isinstance(told, CallEnded)
        if told.grade in grades and not told.interrupted:
            values = {"name": customer.name, "company": company}
            values |= {**_texts(customer.fields), **_texts(variables), **call.collected}
            earned.append(_Earned(call, version, values))
    return earned


async def _barred(session: AsyncSession, phones: Sequence[str]) -> dict[str, Why]:
    opted_out = await session.scalars(select(MessageOptOutRow.phone).where(MessageOptOutRow.phone.in_(phones)))
    return dict.fromkeys(opted_out, Why.OPTED_OUT) | dict.fromkeys(
        await barred_among(session, phones), Why.DO_NOT_CALL
    )


def _message(
    one: _Earned, account: MessageAccountRow | None, barred: Mapping[str, Why], ended_at: datetime
) -> dict[str, object]:
    call, kind = one.call, MessageKind(one.version.kind)
    made: dict[str, object] = {
        "id": new_id(),
        "tenant_id": call.tenant_id,
        "purpose": HANG_UP,
        "call_id": call.id,
        "task_id": call.task_id,
        "customer_id": call.customer_id,
        "template_version_id": one.version.id,
        "channel_id": account.channel_id if account else None,
        "sender": account.sender if account else "",
        "recipient": call.phone,
        "kind": kind,
        "price": account.price if account else 0,
        "text": "",
        "segments": 0,
        "state": MessageState.FAILED,
        "why": barred.get(call.phone, "" if account else Why.NO_CHANNEL),
        "due_at": ended_at,
        "detail": "",
        "tries": 0,
    }
    try:
        signature = account.signature if account else ""
        country = country_of(call.phone)
        cut = written(one.version.text, one.values, kind=kind, country=country, signature=signature)
    except (UnknownValueError, TextTooLongError) as error:
        missing = isinstance(error, UnknownValueError)
        return made | {
            "why": made["why"] or (Why.VALUE_MISSING if missing else Why.TOO_LONG),
            "detail": str(error.fields.get("names", "")),
        }
    made |= {"text": "".join(cut.parts), "segments": cut.count}
    return made if made["why"] else made | _leaving(kind, call.phone, ended_at)


def _leaving(kind: MessageKind, phone: str, now: datetime) -> dict[str, object]:
    at = leave(WINDOWS[kind], time_zones_of(phone), now).at
    if at is None:
        return {"why": Why.UNKNOWN_HOURS}
    held = at > now
    state = MessageState.HELD if held else MessageState.QUEUED
    return {"state": state, "why": Why.HOURS if held else "", "due_at": at}


def _texts(values: Mapping[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in values.items() if value not in (None, "")}
