"""AI seats."""

from fastapi import APIRouter

from callwright.seats import service as seats
from callwright.seats.counting import SeatCount
from callwright.tasks.service import seats_in_use
from callwright.web.access import SeatReader
from callwright.web.schemas.lines import AiSeats, SeatPack

router = APIRouter(prefix="/ai-seats", tags=["seats"])


@router.get("")
async def get_ai_seats(asking: SeatReader) -> AiSeats:
    """How many AI seats there are and how many are in use now, with the packs they come in."""
    async with asking.transaction() as session:
        packs = await seats.list_packs(session)
        count = SeatCount(await seats.total_seats(session, asking.now), await seats_in_use(session))
    shown = [SeatPack.model_validate(pack) for pack in packs]
    return AiSeats(total=count.total, in_use=count.in_use, free=count.free, packs=shown)
