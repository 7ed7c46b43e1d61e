"""Chats that people bound, whom a task tells of whom, and what was told."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from callwright.db.tables.base import Base, TenantOwned


class ChatRow(TenantOwned, Base):
    """A chat in which somebody is told of what they are to know."""

    __tablename__ = "chats"
    __table_args__ = (
        Index("ix_chats_of_person", "user_id", "id"),
        Index("ix_chats_peer", "tenant_id", "peer", postgresql_where=text("peer is not null")),
    )

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    name: Mapped[str]
    kind: Mapped[str]
    """``channels.chat_kinds.KINDS``."""
    address: Mapped[bytes] = mapped_column(LargeBinary)
    """What leads to it and opens it, as JSON by the kind's fields, sealed."""
    hint: Mapped[str]
    """The end of it, by which its owner tells it from others."""
    peer: Mapped[str | None]
    """By which WeChat's events find a follower's chats: a digest, as what leads to them is sealed."""
    left_at: Mapped[datetime | None]
    """Since when its owner takes nothing there any more, as WeChat told."""
    full_until: Mapped[datetime | None]
    """Until when it isn't tried: as it had all that it takes a minute, or as too much is under way to its server,
    which may have room sooner."""


class TaskPushRow(TenantOwned, Base):
    """That a task tells people of customers; whoever hands out holds it, one at a time."""

    __tablename__ = "task_pushes"
    __table_args__ = (
        UniqueConstraint("task_id"),
        CheckConstraint("how in ('all', 'in_turn')", name="how"),
        CheckConstraint("how = 'in_turn' or not assigns", name="assigns"),
    )

    task_id: Mapped[UUID] = mapped_column(ForeignKey("tasks.id", ondelete="CASCADE"))
    how: Mapped[str]
    assigns: Mapped[bool]
    """SPEC TASK-14: the customer becomes the pusher's."""


class TaskPusherRow(TenantOwned, Base):
    """Who is told of customers with one of a task's grades, and of how many they were told in turn."""

    __tablename__ = "task_pushers"
    __table_args__ = (UniqueConstraint("task_id", "grade", "user_id"), Index("ix_task_pushers_user_id", "user_id"))

    task_id: Mapped[UUID] = mapped_column(ForeignKey("tasks.id", ondelete="CASCADE"))
    grade: Mapped[str]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    place: Mapped[int]
    handed: Mapped[int] = mapped_column(default=0)


class PushRow(TenantOwned, Base):
    """Something that one person is told in one chat, once: of a call, of a warning, or that the chat works."""

    __tablename__ = "pushes"
    __table_args__ = (
        UniqueConstraint("chat_id", "call_id"),
        UniqueConstraint("chat_id", "warning_id"),
        CheckConstraint("purpose in ('call', 'warning', 'test')", name="purpose"),
        CheckConstraint("(purpose = 'call') = (call_id is not null)", name="call"),
        CheckConstraint("(purpose = 'warning') = (warning_id is not null)", name="warning"),
        CheckConstraint("state in ('waiting', 'sending', 'delivered', 'failed')", name="state"),
        Index("ix_pushes_due", "chat_id", "next_at", postgresql_where=text("state = 'waiting'")),
        Index("ix_pushes_sending", "tried_at", postgresql_where=text("state = 'sending'")),
        Index("ix_pushes_tried", "chat_id", "tried_at"),
        Index("ix_pushes_newest", "tenant_id", "id"),
        Index("ix_pushes_failed", "tenant_id", "id", postgresql_where=text("state = 'failed'")),
        Index("ix_pushes_tests", "id", postgresql_where=text("purpose = 'test'")),
        Index("ix_pushes_of_call", "call_id", "id", postgresql_where=text("call_id is not null")),
        Index("ix_pushes_of_person", "user_id", "id"),
    )

    purpose: Mapped[str]
    call_id: Mapped[UUID | None] = mapped_column(ForeignKey("calls.id", ondelete="CASCADE"))
    warning_id: Mapped[UUID | None] = mapped_column(ForeignKey("warnings.id", ondelete="CASCADE"))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    chat_id: Mapped[UUID | None] = mapped_column(ForeignKey("chats.id", ondelete="SET NULL"))
    """Nothing where the person has no chat, or took it away since."""
    state: Mapped[str]
    tries: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime]
    tried_at: Mapped[datetime | None]
    failure: Mapped[str] = mapped_column(default="")
    """Why it did not get there last time, as a code; ``pushing.schemas.PushFailure``."""
    answer: Mapped[str] = mapped_column(default="")
    """What the other side said last, or how it begins."""
