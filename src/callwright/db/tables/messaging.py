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
        CheckConstraint("provider in ('smpp', 'gateway', 'null')", name="provider"),
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


class MessageHoursRow(TenantOwned, Base):
    """When a company lets its messages of one kind leave; kinds without a row leave as the trade does."""

    __tablename__ = "message_hours"
    __table_args__ = (UniqueConstraint("tenant_id", "kind"), CheckConstraint(KIND, name="kind"))

    kind: Mapped[str]
    hours: Mapped[dict[str, Any]]
    """``dialing.calling_hours.CallingHours``, by the recipient's clock."""


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


class TaskMessageRow(TenantOwned, Base):
    """What a task sends after its calls: a version of a template, to those who got one of ``grades``."""

    __tablename__ = "task_messages"
    __table_args__ = (UniqueConstraint("task_id"),)

    task_id: Mapped[UUID] = mapped_column(ForeignKey("tasks.id", ondelete="CASCADE"))
    template_version_id: Mapped[UUID] = mapped_column(ForeignKey("message_template_versions.id"))
    grades: Mapped[list[str]]


class MessageRow(TenantOwned, Base):
    """A message to a customer, and how far it is. There is one for a call and purpose, whatever happens."""

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("call_id", "purpose"),
        CheckConstraint(KIND, name="kind"),
        CheckConstraint("purpose = 'hang_up' or purpose like 'node:%'", name="purpose"),
        CheckConstraint(
            "state in ('queued', 'held', 'sending', 'sent', 'delivered', 'failed', 'unsent')", name="state"
        ),
        Index("ix_messages_due", "channel_id", "due_at", postgresql_where=text("state in ('queued', 'held')")),
        Index("ix_messages_sending", "claimed_at", postgresql_where=text("state = 'sending'")),
        Index("ix_messages_newest", "tenant_id", "id"),
        Index("ix_messages_of_customer", "customer_id", "id"),
        Index("ix_messages_of_task", "task_id", "id"),
        Index("ix_messages_of_number", "recipient", "id"),
    )

    purpose: Mapped[str]
    """``hang_up`` for what follows the call; ``node:NAME`` for what its script sends there."""
    call_id: Mapped[UUID] = mapped_column(ForeignKey("calls.id", ondelete="CASCADE"))
    task_id: Mapped[UUID] = mapped_column(ForeignKey("tasks.id", ondelete="CASCADE"))
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"))
    template_version_id: Mapped[UUID] = mapped_column(ForeignKey("message_template_versions.id"))
    channel_id: Mapped[UUID | None] = mapped_column(ForeignKey("message_channels.id", ondelete="SET NULL"))
    sender: Mapped[str]
    recipient: Mapped[str]
    """E.164."""
    kind: Mapped[str]
    text: Mapped[str]
    """As it is sent; empty where it could not be written."""
    segments: Mapped[int]
    price: Mapped[int] = mapped_column(BigInteger)
    """Of one short message, in millionths of the company's currency."""
    state: Mapped[str]
    why: Mapped[str] = mapped_column(default="")
    """Why it is held or failed, as a stable code."""
    detail: Mapped[str] = mapped_column(default="")
    """What the network said."""
    due_at: Mapped[datetime]
    claimed_by: Mapped[UUID | None]
    claimed_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class MessagePartRow(TenantOwned, Base):
    """A short message that the network took, by the id that its receipt names."""

    __tablename__ = "message_parts"
    __table_args__ = (
        UniqueConstraint("message_id", "number"),
        CheckConstraint("state in ('sent', 'delivered', 'failed')", name="state"),
        Index("ix_message_parts_named", "channel_id", "network_id"),
    )

    message_id: Mapped[UUID] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"))
    number: Mapped[int]
    channel_id: Mapped[UUID]
    network_id: Mapped[str]
    state: Mapped[str] = mapped_column(default="sent")


class MessageReplyRow(TenantOwned, Base):
    """What somebody answered to a company that had written to them."""

    __tablename__ = "message_replies"
    __table_args__ = (Index("ix_message_replies_of_message", "message_id", "id"),)

    message_id: Mapped[UUID] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"))
    """The latest that was sent to them."""
    text: Mapped[str]
    opted_out: Mapped[bool]
    """It asks for no more messages."""


class MessageOptOutRow(TenantOwned, Base):
    """A number that wants no more messages of a company, until that is taken back. Rows are never deleted."""

    __tablename__ = "message_opt_outs"
    __table_args__ = (
        Index(
            "uq_message_opt_outs_listed",
            "tenant_id",
            "phone",
            unique=True,
            postgresql_where=text("removed_at is null"),
        ),
        Index("ix_message_opt_outs_of_number", "tenant_id", "phone"),
        Index("ix_message_opt_outs_newest", "tenant_id", "id"),
    )

    phone: Mapped[str]
    """E.164."""
    said: Mapped[str] = mapped_column(default="")
    """The words by which they opted out, last."""
    asked_at: Mapped[datetime | None]
    """When they asked for it again, last."""
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    removed_why: Mapped[str] = mapped_column(default="")
