"""Short messages: the ways to networks, what companies may send over them, and their templates."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from callwright.db.tables.base import Base, Keyed, TenantOwned

KIND = "kind in ('marketing', 'financial', 'service')"


class MessageChannelRow(Keyed, Base):
    """A way to a network that the operator set up; ``config`` holds no secrets."""

    __tablename__ = "message_channels"
    __table_args__ = (
        UniqueConstraint("name"),
        CheckConstraint("provider in ('smpp', 'gateway')", name="provider"),
    )

    name: Mapped[str]
    provider: Mapped[str]
    config: Mapped[dict[str, Any]]
    """``channels.smpp.session.SmppAddress`` without its password, or ``channels.gateway_template``."""
    secret: Mapped[bytes] = mapped_column(LargeBinary)
    """The password or key, sealed."""
    callback_key: Mapped[bytes] = mapped_column(LargeBinary)
    """What the address for receipts and replies is signed with, sealed."""
    per_second: Mapped[int]
    active: Mapped[bool]
    revision: Mapped[int] = mapped_column(default=0)
    """Counts the changes, for whoever keeps the way open."""
    trouble: Mapped[str]
    """Why nothing can be handed over, as whoever keeps it open told at ``seen_at``; empty where something can."""
    seen_at: Mapped[datetime | None]


class MessageAccountRow(TenantOwned, Base):
    """What the operator lets a company send over: from whom, and what one short message costs."""

    __tablename__ = "message_accounts"
    __table_args__ = (UniqueConstraint("tenant_id"), CheckConstraint("price >= 0", name="price"))

    channel_id: Mapped[UUID] = mapped_column(ForeignKey("message_channels.id"))
    sender: Mapped[str]
    signature: Mapped[str]
    price: Mapped[int] = mapped_column(BigInteger)
    """Of one short message, in millionths of the company's currency."""


class MessageTemplateRow(TenantOwned, Base):
    """A text that a company sends, in versions."""

    __tablename__ = "message_templates"
    __table_args__ = (
        Index(
            "uq_message_templates_name",
            "tenant_id",
            "name",
            unique=True,
            postgresql_where=text("retired_at is null"),
        ),
    )

    name: Mapped[str]
    retired_at: Mapped[datetime | None]


class MessageTemplateVersionRow(TenantOwned, Base):
    """One version of a template's text; the database refuses to change one that was approved."""

    __tablename__ = "message_template_versions"
    __table_args__ = (
        UniqueConstraint("template_id", "number"),
        CheckConstraint(KIND, name="kind"),
        CheckConstraint("state in ('draft', 'submitted', 'approved', 'rejected')", name="state"),
        Index(
            "ix_message_template_versions_submitted", "submitted_at", postgresql_where=text("state = 'submitted'")
        ),
    )

    template_id: Mapped[UUID] = mapped_column(ForeignKey("message_templates.id", ondelete="CASCADE"))
    number: Mapped[int]
    kind: Mapped[str]
    text: Mapped[str]
    state: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")
    """Why it was rejected, in the operator's words."""
    submitted_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
