"""AI seats: how many calls a tenant's AI may hold at once."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped

from callwright.db.tables.base import Base, TenantOwned


class AiSeatPackRow(TenantOwned, Base):
    """A pack of AI seats, usable from ``opens_at`` until ``expires_at``."""

    __tablename__ = "ai_seat_packs"
    __table_args__ = (CheckConstraint("seats > 0", name="seats"),)

    seats: Mapped[int]
    opens_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
