"""The outbox of events."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from callwright.db.tables.base import Base, TenantOwned


class EventRow(TenantOwned, Base):
    """Something that happened, written with the change that it tells of."""

    __tablename__ = "events"
    __table_args__ = (Index("ix_events_waiting", "tenant_id", "id", postgresql_where=text("handled_at IS NULL")),)

    kind: Mapped[str]
    data: Mapped[dict[str, Any]]
    """``db.events`` as JSON, without anybody's name or number."""
    handled_at: Mapped[datetime | None]
    """When it was handed to every handler of its kind."""
    left_to: Mapped[list[str]] = mapped_column(server_default=text("'[]'"))
    """The handlers that failed and are to act upon it by themselves."""
