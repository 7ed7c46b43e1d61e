"""Webhooks and what was sent to them."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from callwright.db.tables.base import Base, TenantOwned


class WebhookRow(TenantOwned, Base):
    """An address that is told of events."""

    __tablename__ = "webhooks"

    name: Mapped[str]
    url: Mapped[str]
    kinds: Mapped[list[str]]
    """Of which events, by ``db.events.EventData.kind``."""
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    """What signs, sealed."""
    active: Mapped[bool] = mapped_column(default=True)
    failing_since: Mapped[datetime | None]
    """The first failure since it took something last."""
    given_up_at: Mapped[datetime | None]
    """When it was switched off because it took nothing any more."""


class WebhookDeliveryRow(TenantOwned, Base):
    """One event for one webhook, with what came of sending it last."""

    __tablename__ = "webhook_deliveries"
    __table_args__ = (
        UniqueConstraint("webhook_id", "event_id"),
        CheckConstraint("state in ('waiting', 'delivered', 'failed')", name="state"),
        Index("ix_webhook_deliveries_due", "webhook_id", "next_at", postgresql_where=text("state = 'waiting'")),
        Index("ix_webhook_deliveries_newest", "webhook_id", "id"),
    )

    webhook_id: Mapped[UUID] = mapped_column(ForeignKey("webhooks.id", ondelete="CASCADE"))
    event_id: Mapped[UUID]
    """The message's id, by which its receiver tells a repeat; a test has one of its own."""
    kind: Mapped[str]
    body: Mapped[str]
    """As it is sent and signed, byte by byte."""
    state: Mapped[str] = mapped_column(default="waiting")
    tries: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime]
    """When it is due; while it is being sent, when it would be again if its worker died."""
    tried_at: Mapped[datetime | None]
    status: Mapped[int | None]
    """HTTP's, of the answer."""
    took_ms: Mapped[int | None]
    failure: Mapped[str] = mapped_column(default="")
    """``channels.http.Failure``, where there was no answer."""
    answer: Mapped[str] = mapped_column(default="")
    """How it begins."""
