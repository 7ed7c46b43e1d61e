"""AI seats."""

from fastapi import APIRouter

from callwright.web.access import SeatReader
from callwright.web.company import shown_seats
from callwright.web.schemas.seats import AiSeats

router = APIRouter(prefix="/ai-seats", tags=["seats"])


@router.get("")
async def get_ai_seats(asking: SeatReader) -> AiSeats:
    """How many AI seats there are, which task has how many and uses them now, and the packs they come in."""
    async with asking.transaction() as session:
        return await shown_seats(session, asking.now)
