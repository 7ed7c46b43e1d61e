"""When a company's messages leave."""

from fastapi import APIRouter

from callwright.messaging import hours as service
from callwright.texting.windows import MessageKind
from callwright.web.access import Asking, MessageChanger, MessageReader
from callwright.web.schemas.message_hours import MessageHours, MessageHoursOut

router = APIRouter(prefix="/message-hours", tags=["messages"])


@router.get("")
async def get_message_hours(asking: MessageReader) -> MessageHoursOut:
    """When messages of each kind leave, by the recipient's clock."""
    return await _shown(asking)


@router.put("")
async def set_message_hours(body: MessageHours, asking: MessageChanger) -> MessageHoursOut:
    """Set all of it. Messages that are held already look again at the moment for which they wait."""
    wanted = {kind: getattr(body, kind.value) for kind in MessageKind}
    async with asking.transaction() as session:
        await service.set_message_hours(session, wanted, country=asking.who.region)
    return await _shown(asking)


async def _shown(asking: Asking) -> MessageHoursOut:
    async with asking.transaction() as session:
        found = await service.get_message_hours(session)
    return MessageHoursOut(**{kind.value: hours for kind, hours in found.items()})
