"""AI seats."""

from datetime import datetime
from typing import Self
from uuid import UUID

from pydantic import Field

from callwright.db.tables.seats import AiSeatPackRow
from callwright.seats.counting import PackState, days_left, days_used, state_of
from callwright.web.schemas.base import Moment, Named, Request, Response, SomeMoment


class NewSeatPack(Request):
    """AI seats to be opened together."""

    seats: int = Field(le=100_000, examples=[10])
    opens_at: SomeMoment | None = Field(None, description="Now, where not given.")
    expires_at: SomeMoment | None = Field(None, description="Never, where not given.")


class SeatPack(Response):
    """AI seats bought together."""

    id: UUID
    seats: int
    opens_at: Moment
    expires_at: Moment | None
    state: PackState
    days_used: int
    days_left: int | None = Field(description="Null where it never expires.")

    @classmethod
    def of(cls, pack: AiSeatPackRow, now: datetime) -> Self:
        """Return a pack as it is at ``now``."""
        return cls(
            id=pack.id,
            seats=pack.seats,
            opens_at=pack.opens_at,
            expires_at=pack.expires_at,
            state=state_of(pack, now),
            days_used=days_used(pack, now),
            days_left=days_left(pack, now),
        )


class TaskSeats(Response):
    """The seats of one task."""

    task: Named
    reserved: int = Field(description="Seats that it has.")
    busy: int = Field(description="Those of them on which a conversation is held now.")


class AiSeats(Response):
    """How many calls this tenant's AI may hold at once, how many tasks have reserved, and how many it holds now."""

    total: int
    reserved: int
    in_use: int
    free: int
    tasks: list[TaskSeats]
    packs: list[SeatPack]
