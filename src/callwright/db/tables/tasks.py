"""Call tasks, the customers in them, and every dialling."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from callwright.db.tables.base import Base, TenantOwned

IN_FLIGHT = "state in ('planned', 'claimed', 'dialling', 'connected')"


class TaskRow(TenantOwned, Base):
    """A call task. ``concurrency`` is how many calls it places at once (TASK-7, plain)."""

    __tablename__ = "tasks"
    __table_args__ = (
        UniqueConstraint("tenant_id", "name"),
        CheckConstraint("state in ('draft', 'running', 'paused', 'finished')", name="state"),
        CheckConstraint("concurrency > 0", name="concurrency"),
    )

    name: Mapped[str]
    script_version_id: Mapped[UUID] = mapped_column(ForeignKey("script_versions.id"))
    line_id: Mapped[UUID] = mapped_column(ForeignKey("lines.id"))
    concurrency: Mapped[int]
    state: Mapped[str] = mapped_column(default="draft")
    state_reason: Mapped[str] = mapped_column(default="")
    """Why it stands where it stands, when not by a person's wish: a code that the screens put into words."""
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class TaskCustomerRow(TenantOwned, Base):
    """One customer in one task, with the variables its script needs; ``position`` is the calling order."""

    __tablename__ = "task_customers"
    __table_args__ = (
        UniqueConstraint("task_id", "customer_id"),
        CheckConstraint("state in ('uncalled', 'calling', 'called', 'do_not_call')", name="state"),
        Index("ix_task_customers_next", "task_id", "position", postgresql_where=text("state = 'uncalled'")),
    )

    task_id: Mapped[UUID] = mapped_column(ForeignKey("tasks.id", ondelete="CASCADE"))
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customers.id"), index=True)
    variables: Mapped[dict[str, str]] = mapped_column(default=dict)
    position: Mapped[int]
    state: Mapped[str] = mapped_column(default="uncalled")


class AttemptRow(TenantOwned, Base):
    """One dialling of one customer: planned by the leader, claimed and carried out by a call node.

    States and their transitions are those of dialing.attempt. The customer of an attempt interrupted before its
    dialling waits again; one who may have been dialled is not dialled a second time.
    """

    __tablename__ = "attempts"
    __table_args__ = (
        UniqueConstraint("task_customer_id", "number"),
        CheckConstraint(
            "state in ('planned', 'claimed', 'dialling', 'connected', 'ended', 'interrupted')", name="state"
        ),
        Index("ix_attempts_planned", "planned_at", postgresql_where=text("state = 'planned'")),
        Index("ix_attempts_in_flight", "task_id", postgresql_where=text(IN_FLIGHT)),
        # Two diallings of one customer of one task can't be under way at once, whoever plans them.
        Index("uq_attempts_one_in_flight", "task_customer_id", unique=True, postgresql_where=text(IN_FLIGHT)),
    )

    task_id: Mapped[UUID] = mapped_column(ForeignKey("tasks.id", ondelete="CASCADE"), index=True)
    task_customer_id: Mapped[UUID] = mapped_column(ForeignKey("task_customers.id", ondelete="CASCADE"))
    line_id: Mapped[UUID] = mapped_column(ForeignKey("lines.id"))
    number: Mapped[int]
    """1 for the first dialling of this customer in this task."""
    state: Mapped[str] = mapped_column(default="planned")
    node_id: Mapped[UUID | None] = mapped_column(ForeignKey("nodes.id"), index=True)
    planned_at: Mapped[datetime]
    claimed_at: Mapped[datetime | None]
    dialled_at: Mapped[datetime | None]
    connected_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    phone_state: Mapped[str | None]
    sip_code: Mapped[int | None]
    sip_reason: Mapped[str] = mapped_column(default="")
