"""Messages about calls, composed: to whom, in which words, and when each may leave, if ever."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.accounts import TenantRow
from callwright.db.tables.calls import CallRow
from callwright.db.tables.contacts import CustomerRow
from callwright.db.tables.messaging import MessageAccountRow, MessageChannelRow, MessageTemplateVersionRow
from callwright.db.tables.tasks import AttemptRow, TaskCustomerRow
from callwright.kit.ids import new_id
from callwright.kit.phone_place import country_of
from callwright.messaging.consenting import Recipient, why_not_in_company
from callwright.messaging.hours import MessageHours, get_message_hours, leaves_at
from callwright.messaging.schemas import MessageState, Provider, Why
from callwright.texting.windows import MessageKind
from callwright.texting.wording import TextTooLongError, UnknownValueError, written

HANG_UP = "hang_up"
"""The purpose of the message that follows a call; others are those of :func:`purpose_of_node`."""


def purpose_of_node(key: str) -> str:
    """Return the purpose of a message that a script sends: there is one of each node in a call."""
    return f"node:{key}"


@dataclass(frozen=True, slots=True)
class Occasion:
    """A call about which its customer is to get a message, with the values that are known of them."""

    call: CallRow
    version: MessageTemplateVersionRow
    values: Mapping[str, str]


async def calls_with_values(
    session: AsyncSession, which: ColumnElement[bool]
) -> AsyncIterator[tuple[CallRow, dict[str, str]]]:
    """Yield calls with what is known of their customers, by name; what a call itself collected comes first."""
    found = (
        select(CallRow, CustomerRow, TaskCustomerRow.variables, TenantRow.name)
        .join(CustomerRow, CustomerRow.id == CallRow.customer_id)
        .join(AttemptRow, AttemptRow.id == CallRow.attempt_id)
        .join(TaskCustomerRow, TaskCustomerRow.id == AttemptRow.task_customer_id)
        .join(TenantRow, TenantRow.id == CallRow.tenant_id)
        .where(which)
    )
    for call, customer, variables, company in await session.execute(found):
        own = {"name": customer.name, "company": company}
        yield call, own | _texts(customer.fields) | _texts(variables) | call.collected


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds for a company's messages: what it sends over, when, and about which calls not, each with why."""

    account: MessageAccountRow | None
    sends_nothing: bool
    """Whether what is sent over its channel ends as unsent."""
    hours: MessageHours
    barred: Mapping[UUID, Why]


async def standing_for(session: AsyncSession, occasions: Sequence[Occasion]) -> Standing:
    """Return what holds for messages about ``occasions`` now, in a transaction of their company."""
    of_calls = {one.call.id: recipient(one) for one in occasions}
    found = await why_not_in_company(session, set(of_calls.values()))
    barred = {call_id: found[whom] for call_id, whom in of_calls.items() if whom in found}
    row, channel = MessageAccountRow, MessageChannelRow
    wanted = select(row, channel.provider == Provider.NULL).join(channel, channel.id == row.channel_id)
    account, sends_nothing = (await session.execute(wanted)).one_or_none() or (None, False)
    return Standing(account, sends_nothing, await get_message_hours(session), barred)


def recipient(one: Occasion) -> Recipient:
    """Return whom a message about a call is to."""
    call = one.call
    return Recipient(call.tenant_id, call.customer_id, call.phone, MessageKind(one.version.kind))


def composed(one: Occasion, purpose: str, standing: Standing, now: datetime) -> dict[str, Any]:
    """Return a message's row: ready to leave, held until it may, or failed with why.

    Over a channel that sends nothing it is unsent instead of held: nobody may be told that it waits.
    """
    account, barred = standing.account, standing.barred
    call, kind = one.call, MessageKind(one.version.kind)
    made: dict[str, Any] = {
        "id": new_id(),
        "tenant_id": call.tenant_id,
        "purpose": purpose,
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
        "why": barred.get(call.id, "" if account else Why.NO_CHANNEL),
        "due_at": now,
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
    if made["why"]:
        return made
    leaving = _leaving(kind, call.phone, now, standing.hours)
    held = leaving.get("state") == MessageState.HELD
    return made | ({"state": MessageState.UNSENT} if held and standing.sends_nothing else leaving)


def _leaving(kind: MessageKind, phone: str, now: datetime, hours: MessageHours) -> dict[str, object]:
    at = leaves_at(kind, phone, now, hours)
    if at is None:
        return {"why": Why.UNKNOWN_HOURS}
    held = at > now
    state = MessageState.HELD if held else MessageState.QUEUED
    return {"state": state, "why": Why.HOURS if held else "", "due_at": at}


def _texts(values: Mapping[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in values.items() if value not in (None, "")}
