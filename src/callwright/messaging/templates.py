"""Templates of a company: written, handed in, and decided upon by the operator."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.conflicts import refusing
from callwright.db.tables.accounts import TenantRow
from callwright.db.tables.messaging import MessageTemplateRow, MessageTemplateVersionRow
from callwright.kit.errors import NotFoundError
from callwright.kit.names import checked_name
from callwright.messaging.errors import TemplateNameTakenError, TemplateStateError, TooManyTemplatesError
from callwright.messaging.schemas import Submission, TemplateDraft, TemplateState, TemplateView, VersionView
from callwright.texting.windows import MessageKind
from callwright.texting.wording import checked_text

MOST = 200
"""Templates of a company in use."""


async def list_templates(session: AsyncSession) -> list[TemplateView]:
    """Return the templates in use, by name."""
    row = MessageTemplateRow
    rows = (await session.scalars(select(row).where(row.retired_at.is_(None)).order_by(row.name))).all()
    return await _views(session, rows)


async def get_template(session: AsyncSession, template_id: UUID) -> TemplateView:
    """Return a template, a retired one too. Raises NotFoundError."""
    (view,) = await _views(session, [await _get(session, template_id)])
    return view


async def make_template(session: AsyncSession, draft: TemplateDraft) -> TemplateView:
    """Make a template with its first version, a draft.

    Raises InvalidNameError, TemplateNameTakenError, TooManyTemplatesError, and what ``checked_text`` raises.
    """
    name, written = checked_name(draft.name, thing="template"), checked_text(draft.text)
    used = await session.scalar(
        select(func.count()).select_from(MessageTemplateRow).where(MessageTemplateRow.retired_at.is_(None))
    )
    if (used or 0) >= MOST:
        raise TooManyTemplatesError(most=MOST)
    template = MessageTemplateRow(name=name)
    session.add(template)
    await _flush(session, name)
    await _add(session, template.id, 1, draft.kind, written)
    return await get_template(session, template.id)


async def change_template(session: AsyncSession, template_id: UUID, draft: TemplateDraft) -> TemplateView:
    """Change a template: its draft, or a new one beside what was decided upon. What is decided upon stays as it is.

    Raises NotFoundError, TemplateStateError, InvalidNameError, TemplateNameTakenError, and what ``checked_text``
    raises.
    """
    template = await _get(session, template_id, in_use=True)
    template.name, written = checked_name(draft.name, thing="template"), checked_text(draft.text)
    await _flush(session, template.name)
    latest = await _latest(session, template_id)
    if latest.state == TemplateState.SUBMITTED:
        raise TemplateStateError(state="handed in", act="changed", remedy="Take it back first.")
    if (latest.kind, latest.text) != (draft.kind, written):
        if latest.state == TemplateState.DRAFT:
            latest.kind, latest.text = draft.kind, written
            await session.flush()
        else:
            await _add(session, template_id, latest.number + 1, draft.kind, written)
    return await get_template(session, template_id)


async def hand_in(session: AsyncSession, template_id: UUID, *, now: datetime) -> TemplateView:
    """Hand the draft in to the operator. Raises NotFoundError, TemplateStateError."""
    await _get(session, template_id, in_use=True)
    latest = await _latest(session, template_id)
    if latest.state == TemplateState.SUBMITTED:
        raise TemplateStateError(
            state="handed in", act="handed in again", remedy="Wait for the operator's decision."
        )
    if latest.state != TemplateState.DRAFT:
        raise TemplateStateError(state=latest.state, act="handed in", remedy="Change its text first.")
    latest.state, latest.submitted_at = TemplateState.SUBMITTED, now
    await session.flush()
    return await get_template(session, template_id)


async def take_back(session: AsyncSession, template_id: UUID) -> TemplateView:
    """Make what was handed in a draft again. Raises NotFoundError, TemplateStateError."""
    await _get(session, template_id, in_use=True)
    latest = await _latest(session, template_id)
    if latest.state != TemplateState.SUBMITTED:
        raise TemplateStateError(state=latest.state, act="taken back", remedy="Only what waits can be.")
    latest.state, latest.submitted_at = TemplateState.DRAFT, None
    await session.flush()
    return await get_template(session, template_id)


async def retire_template(session: AsyncSession, template_id: UUID, *, now: datetime) -> None:
    """Offer a template no longer; tasks that have it send it on. Raises NotFoundError."""
    template = await _get(session, template_id, in_use=True)
    template.retired_at = now
    latest = await _latest(session, template_id)
    if latest.state == TemplateState.SUBMITTED:
        latest.state, latest.submitted_at = TemplateState.DRAFT, None
    await session.flush()


async def list_submissions(session: AsyncSession) -> list[Submission]:
    """Return what waits for the operator, the longest first (in a transaction of the system)."""
    version, template = MessageTemplateVersionRow, MessageTemplateRow
    found = (
        select(
            version.id,
            version.tenant_id,
            TenantRow.name,
            template.name,
            version.number,
            version.kind,
            version.text,
            version.submitted_at,
        )
        .join(template, template.id == version.template_id)
        .join(TenantRow, TenantRow.id == version.tenant_id)
        .where(version.state == TemplateState.SUBMITTED, template.retired_at.is_(None))
        .order_by(version.submitted_at, version.id)
        .limit(MOST)
    )
    return [
        Submission(key, tenant_id, tenant, name, number, MessageKind(kind), text, at)
        for key, tenant_id, tenant, name, number, kind, text, at in await session.execute(found)
        if at is not None
    ]


async def decide(session: AsyncSession, version_id: UUID, *, rejected: str | None, now: datetime) -> None:
    """Approve what was handed in, or reject it for a reason (in a transaction of the system).

    Raises NotFoundError, TemplateStateError.
    """
    wanted = select(MessageTemplateVersionRow).where(MessageTemplateVersionRow.id == version_id).with_for_update()
    version = await session.scalar(wanted)
    if version is None:
        raise NotFoundError(thing="template version", key=version_id)
    if version.state != TemplateState.SUBMITTED:
        remedy = "Look at what waits now."
        raise TemplateStateError(state=version.state, act="decided upon", remedy=remedy)
    version.state = TemplateState.APPROVED if rejected is None else TemplateState.REJECTED
    version.reason, version.decided_at = rejected or "", now
    await session.flush()


async def _get(session: AsyncSession, template_id: UUID, *, in_use: bool = False) -> MessageTemplateRow:
    wanted = select(MessageTemplateRow).where(MessageTemplateRow.id == template_id)
    row = await session.scalar(wanted.with_for_update() if in_use else wanted)
    if row is None or (in_use and row.retired_at is not None):
        raise NotFoundError(thing="template", key=template_id)
    return row


async def _latest(session: AsyncSession, template_id: UUID) -> MessageTemplateVersionRow:
    row = MessageTemplateVersionRow
    wanted = select(row).where(row.template_id == template_id).order_by(row.number.desc()).limit(1)
    found = await session.scalar(wanted.with_for_update())
    assert found is not None
    return found


async def _add(session: AsyncSession, template_id: UUID, number: int, kind: MessageKind, written: str) -> None:
    session.add(
        MessageTemplateVersionRow(
            template_id=template_id, number=number, kind=kind, text=written, state=TemplateState.DRAFT
        )
    )
    await session.flush()


async def _flush(session: AsyncSession, name: str) -> None:
    with refusing("uq_message_templates_name", TemplateNameTakenError(name=name)):
        await session.flush()


async def _views(session: AsyncSession, templates: Sequence[MessageTemplateRow]) -> list[TemplateView]:
    row = MessageTemplateVersionRow
    of_them = select(row).where(row.template_id.in_([one.id for one in templates])).order_by(row.number.desc())
    versions = defaultdict(list)
    for one in await session.scalars(of_them):
        versions[one.template_id].append(
            VersionView(
                one.id,
                one.number,
                MessageKind(one.kind),
                one.text,
                TemplateState(one.state),
                one.reason,
                one.submitted_at,
                one.decided_at,
            )
        )
    return [TemplateView(one.id, one.name, one.retired_at, versions[one.id]) for one in templates]
