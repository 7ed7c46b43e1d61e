"""What a push says, as its reader may see it, written when it is sent."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.accounts.roles import Act, Role, may, scope_of
from callwright.calls.schemas import CallView
from callwright.calls.service import get_call
from callwright.channels.chat_port import Told
from callwright.contacts.do_not_call import barred_among
from callwright.contacts.hiding import hidden
from callwright.db.tables.accounts import TenantRow, UserRow
from callwright.db.tables.pushing import PushRow
from callwright.db.tables.warnings import WarningRow
from callwright.dialing.window import zone_named
from callwright.kit.errors import NotFoundError
from callwright.kit.phone import masked
from callwright.pushing import warning_words, words
from callwright.pushing.schemas import Purpose

CUSTOMER = "customer"


async def told_of(session: AsyncSession, push: PushRow, link: str) -> Told | None:
    """Return what a push tells, in its reader's language; ``link`` leads to the call.

    Nothing where the call's customer is not the reader's to see.
    """
    reader = (await session.scalars(select(UserRow).where(UserRow.id == push.user_id))).one()
    match Purpose(push.purpose):
        case Purpose.CALL:
            assert push.call_id is not None
            return await _of_call(session, push.call_id, reader, link)
        case Purpose.WARNING:
            row = (await session.scalars(select(WarningRow).where(WarningRow.id == push.warning_id))).one()
            lines = warning_words.lines_of(row.kind, row.stage, row.details, reader.language)
            return Told(words.fitted(lines), words.notice_parts(lines, await _local(session, row.raised_at)))
        case Purpose.TEST:
            lines = words.of_test(reader.language)
            assert push.tried_at is not None
            return Told(words.fitted(lines), words.notice_parts(lines, await _local(session, push.tried_at)))


async def _of_call(session: AsyncSession, call_id: UUID, reader: UserRow, link: str) -> Told | None:
    try:
        view = await get_call(session, call_id, scope=scope_of(Role(reader.role), reader.id))
    except NotFoundError:
        return None
    hides = not may(Role(reader.role), Act.SEE_NUMBERS)
    customer = view.summary.customer

    def shown(said: str) -> str:
        return hidden(said) if hides else said

    told = words.ToldCall(
        name=customer.name,
        phone=masked(customer.phone) if hides else customer.phone,
        task=view.summary.task_name,
        grade=_grade(view),
        reasons=[(shown(why["rule"]), shown(why.get("quote", ""))) for why in view.grade_reasons],
        concerns=_concerns(view),
        values={view.labels.variables.get(name, name): shown(value) for name, value in view.collected.items()},
        talk_s=view.summary.talk_ms // 1000,
        barred=customer.phone in await barred_among(session, [customer.phone]),
        link=link,
    )
    at = await _local(session, view.summary.ended_at or view.summary.dialled_at)
    parts = words.call_parts(told, reader.language, grade=view.summary.grade or "", at=at)
    return Told(words.of_call(told, reader.language), parts, link, of_customer=True)


async def _local(session: AsyncSession, moment: datetime) -> datetime:
    """Return a moment as the company's clocks show it."""
    zone = await session.scalar(select(TenantRow.time_zone))
    return moment.astimezone(zone_named(zone or "UTC"))


def _grade(view: CallView) -> str:
    name = view.summary.grade or ""
    label = view.labels.grades.get(name, "")
    return f"{name} ({label})" if label and label != name else name


def _concerns(view: CallView) -> list[str]:
    """Return what the customer came to speak of, each once, in the script's words for it."""
    meant = [turn.intent for turn in view.transcript if turn.who == CUSTOMER and turn.intent]
    labels = view.labels.intents
    return [labels[intent] for intent in dict.fromkeys(meant) if intent in labels]
