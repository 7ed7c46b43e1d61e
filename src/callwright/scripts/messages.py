"""What keeps a script's text messages from being sent: no channel, or a template that isn't approved."""

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.messaging import MessageAccountRow, MessageTemplateRow, MessageTemplateVersionRow
from callwright.dialogue.any_script import AnyScript
from callwright.dialogue.fault_words import fault
from callwright.dialogue.faults import Fault
from callwright.dialogue.graph import SendSms
from callwright.dialogue.model.script import ModelScript


async def unsendable(session: AsyncSession, script: AnyScript) -> list[Fault]:
    """Return a fault for each message of ``script`` that this company could not send, in its transaction."""
    wanted = [(node, field, name) for node, field, name in _wanted(script) if name]
    if not wanted:
        return []
    if await session.scalar(select(MessageAccountRow.id)) is None:
        return [fault("no-message-channel", node, field=field) for node, field, _ in wanted]
    template, version = MessageTemplateRow, MessageTemplateVersionRow
    found = await session.execute(
        select(template.name, func.bool_or(version.state == "approved"))
        .join(version, version.template_id == template.id)
        .where(template.retired_at.is_(None), template.name.in_({name for _, _, name in wanted}))
        .group_by(template.name)
    )
    approved = {name: bool(ready) for name, ready in found}
    return [
        fault("template-not-approved" if name in approved else "unknown-template", node, field=field, name=name)
        for node, field, name in wanted
        if not approved.get(name, False)
    ]


def _wanted(script: AnyScript) -> Iterator[tuple[str, str, str]]:
    """Yield each message: at which node, in which field, by which template."""
    if isinstance(script, ModelScript):
        for name, message in script.messages.items():
            yield "", f"messages.{name}.template", message.template
        return
    for node_id, node in script.nodes.items():
        if isinstance(node, SendSms):
            yield node_id, "template", node.template
