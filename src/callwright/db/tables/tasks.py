"""Call tasks, the customers in them, and every dialling."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from callwright.db.tables.base import Base, TenantOwned

IN_FLIGHT = "state in ('planned', 'claimed', 'dialling', 'connected')"


class TaskRow(TenantOwned, Base):
    """A call task: what it says, over which lines, how many calls at once, and when.

    ``state`` is what people asked for; a running task that dials nobody says why in ``waiting_reason``, which only
    the leader writes.
    """

    __tablename__ = "tasks"
    __table_args__ = (
        UniqueConstraint("tenant_id", "name"),
        UniqueConstraint("tenant_id", "key"),
        CheckConstraint("state in ('draft', 'running', 'paused', 'finished')", name="state"),
        CheckConstraint("outbound in ('mobile', 'fixed', 'pooled', 'group')", name="outbound"),
        CheckConstraint("(outbound = 'group') = (policy_group_id is not null)", name="policy_group"),
        CheckConstraint("mode in ('plain', 'multi', 'adaptive')", name="mode"),
        CheckConstraint("start_mode in ('manual', 'automatic')", name="start_mode"),
        CheckConstraint("purpose in ('marketing', 'service')", name="purpose"),
        CheckConstraint("seats > 0", name="seats"),
        CheckConstraint("concurrency >= seats", name="concurrency"),
        Index("ix_tasks_running", "id", postgresql_where=text("state = 'running'")),
    )

    name: Mapped[str]
    key: Mapped[UUID | None]
    """Chosen by whoever asked for it: what is asked again under one key is the same task."""
    key_digest: Mapped[str | None]
    """SHA-256 of all that was asked for under the key."""
    script_version_id: Mapped[UUID] = mapped_column(ForeignKey("script_versions.id"))
    outbound: Mapped[str] = mapped_column(default="fixed")
    """TASK-5: how it reaches the phone network. Its lines are those of ``task_lines``, or the policy group's."""
    policy_group_id: Mapped[UUID | None] = mapped_column(ForeignKey("policy_groups.id"))
    seats: Mapped[int]
    """AI seats that it reserves while it calls."""
    mode: Mapped[str] = mapped_column(default="plain")
    """TASK-7: ``plain`` places as many calls as it has seats, ``multi`` as many as ``concurrency``, ``adaptive``
    as many as keep lost calls under ``lost_limit_percent``, at most ``concurrency``."""
    concurrency: Mapped[int]
    """The most calls at once."""
    lost_limit_percent: Mapped[float] = mapped_column(default=3.0)
    hold_s: Mapped[float] = mapped_column(default=2.0)
    """TASK-8: how long a person who answers when no seat is free is asked to wait."""
    start_mode: Mapped[str] = mapped_column(default="manual")
    starts_at: Mapped[datetime | None]
    """When an automatic task starts by itself; nothing once it has, or where a person starts it."""
    calling_hours: Mapped[dict[str, Any] | None]
    """``dialing.window.CallingHours`` as JSON; the tenant's where nothing is said."""
    redial: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """``{outcome: {"hours": ..., "tries": ...}}``."""
    purpose: Mapped[str] = mapped_column(default="marketing")
    """``marketing`` or ``service``, as some countries ask for consent to the one and not to the other."""
    scramble: Mapped[bool] = mapped_column(default=False)
    needs_crowd: Mapped[bool] = mapped_column(default=False)
    """SCRIPT-7: it starts only once its script's version has passed before a crowd."""
    state: Mapped[str] = mapped_column(default="draft")
    state_reason: Mapped[str] = mapped_column(default="")
    """Why it stands where it stands, when not by a person's wish: a code that the screens put into words."""
    waiting_reason: Mapped[str] = mapped_column(default="")
    """Why a running task dials nobody now: a code; empty while it dials."""
    waiting_until: Mapped[datetime | None]
    """When it goes on by itself, where that is known."""
    waiting_detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class TaskLineRow(TenantOwned, Base):
    """A line that a task calls over: one, or any number of mobile ones."""

    __tablename__ = "task_lines"
    __table_args__ = (UniqueConstraint("task_id", "line_id"),)

    task_id: Mapped[UUID] = mapped_column(ForeignKey("tasks.id", ondelete="CASCADE"))
    line_id: Mapped[UUID] = mapped_column(ForeignKey("lines.id"), index=True)


class TaskArmRow(TenantOwned, Base):
    """A version that a share of the task's customers hears; a task of one version has none of these.

    The first is the task's ``script_version_id``.
    """

    __tablename__ = "task_arms"
    __table_args__ = (
        UniqueConstraint("task_id", "place"),
        UniqueConstraint("task_id", "script_version_id"),
        CheckConstraint("share between 1 and 100", name="share"),
    )

    task_id: Mapped[UUID] = mapped_column(ForeignKey("tasks.id", ondelete="CASCADE"))
    place: Mapped[int]
    """Counted from 0."""
    script_version_id: Mapped[UUID] = mapped_column(ForeignKey("script_versions.id"), index=True)
    share: Mapped[int]
    """Percent."""
    settled_at: Mapped[datetime | None]
    """When somebody gave all customers to it who had not been called: what came later compares nothing."""


class TaskZonesRow(TenantOwned, Base):
    """A time zone in which customers of a task live, so that the leader knows which of them it may call now."""

    __tablename__ = "task_zones"
    __table_args__ = (UniqueConstraint("task_id", "zones"),)

    task_id: Mapped[UUID] = mapped_column(ForeignKey("tasks.id", ondelete="CASCADE"))
    zones: Mapped[str]


class TaskCustomerRow(TenantOwned, Base):
    """One customer in one task, with the variables its script needs; ``position`` is the calling order.

    ``uncalled`` customers are called in their order, ``waiting`` ones once ``due_at`` has come: held by the gate,
    or to be called again. ``withdrawn`` ones are in the task no longer, but can come back.
    """

    __tablename__ = "task_customers"
    __table_args__ = (
        UniqueConstraint("task_id", "customer_id"),
        CheckConstraint(
            "state in ('uncalled', 'waiting', 'calling', 'called', 'denied', 'do_not_call', 'withdrawn')",
            name="state",
        ),
        CheckConstraint("(state = 'waiting') = (due_at is not null)", name="due_at"),
        CheckConstraint("taken_out_why in ('same-person')", name="taken_out_why"),
        Index(
            "ix_task_customers_next", "task_id", "zones", "position", postgresql_where=text("state = 'uncalled'")
        ),
        Index("uq_task_customers_key", "task_id", "key", unique=True, postgresql_where=text("key is not null")),
        Index("ix_task_customers_in_order", "task_id", "position"),
        Index("ix_task_customers_by_state", "task_id", "last_phone_state", "position"),
        Index("ix_task_customers_by_grade", "task_id", "last_grade", "position"),
        Index("ix_task_customers_by_talk", "task_id", "last_talk_ms", "position"),
        Index("ix_task_customers_due", "task_id", "zones", "due_at", postgresql_where=text("state = 'waiting'")),
        Index("ix_task_customers_taken_out", "taken_out_by", postgresql_where=text("taken_out_by is not null")),
    )

    task_id: Mapped[UUID] = mapped_column(ForeignKey("tasks.id", ondelete="CASCADE"))
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customers.id"), index=True)
    key: Mapped[UUID | None]
    """Chosen by whoever put them in by hand: what is sent again under one key is the same entry."""
    key_digest: Mapped[str | None]
    """SHA-256 of what was sent under the key."""
    variables: Mapped[dict[str, str]] = mapped_column(default=dict)
    position: Mapped[int] = mapped_column(BigInteger)
    zones: Mapped[str] = mapped_column(default="")
    """The customer's time zone, several joined by a space where the number leaves it open, or nothing."""
    arm_id: Mapped[UUID | None] = mapped_column(ForeignKey("task_arms.id"))
    """The version that this customer hears in every call of the task, where it has several."""
    state: Mapped[str] = mapped_column(default="uncalled")
    due_at: Mapped[datetime | None]
    last_phone_state: Mapped[str | None]
    """How the latest dialling in this task ended, how that call was graded, and how long it was talked (ms)."""
    last_grade: Mapped[str | None]
    last_talk_ms: Mapped[int | None]
    last_called_at: Mapped[datetime | None]
    taken_out_by: Mapped[UUID | None] = mapped_column(ForeignKey("customer_moves.id", ondelete="SET NULL"))
    """What took them out of those still to be called, until they are again."""
    taken_out_why: Mapped[str | None]
    """Why the house itself took them out: ``same-person``, as another number of theirs is called."""
    due_before: Mapped[datetime | None]
    """When they were to be called before that, so that it can be taken back."""


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
        Index("ix_attempts_newest", "task_id", "id"),
        Index("ix_attempts_dialled", "task_id", "id", postgresql_where=text("dialled_at is not null")),
        Index("ix_attempts_planned", "planned_at", postgresql_where=text("state = 'planned'")),
        Index("ix_attempts_in_flight", "task_id", postgresql_where=text(IN_FLIGHT)),
        Index("ix_attempts_latest", "task_id", "ended_at", postgresql_where=text("phone_state is not null")),
        # Two diallings of one customer of one task can't be under way at once, whoever plans them.
        Index("uq_attempts_one_in_flight", "task_customer_id", unique=True, postgresql_where=text(IN_FLIGHT)),
    )

    task_id: Mapped[UUID] = mapped_column(ForeignKey("tasks.id", ondelete="CASCADE"))
    task_customer_id: Mapped[UUID] = mapped_column(ForeignKey("task_customers.id", ondelete="CASCADE"))
    line_id: Mapped[UUID] = mapped_column(ForeignKey("lines.id"))
    number: Mapped[int]
    """1 for the first dialling of this customer in this task."""
    state: Mapped[str] = mapped_column(default="planned")
    node_id: Mapped[UUID | None] = mapped_column(ForeignKey("nodes.id"), index=True)
    planned_at: Mapped[datetime]
    region: Mapped[str | None]
    """Where the number is at home, as the leader saw it: ``country/province/city``."""
    gate_verdict: Mapped[str | None]
    """What the gate said at the moment of dialling: ``allow``, ``deny`` or ``hold``."""
    gate_rule: Mapped[str] = mapped_column(default="")
    gate_until: Mapped[datetime | None]
    gate_detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    claimed_at: Mapped[datetime | None]
    dialled_at: Mapped[datetime | None]
    connected_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    phone_state: Mapped[str | None]
    sip_code: Mapped[int | None]
    sip_reason: Mapped[str] = mapped_column(default="")


class TaskTallyRow(TenantOwned, Base):
    """A part of what a task counts, entered by the database itself with every change; the sum of all is the count.

    ``kind`` and ``key``: ``customers`` by state, ``dialled`` attempts, those ``ended`` by phone state, calls
    ``graded`` by grade, ``talk_ms``, and what was ``spent``; by the line's id ``line_calls`` that are over, those
    of them ``line_connected`` and ``line_lost``, ``line_talk_ms`` and ``line_spent``. The leader folds what was
    entered one by one into one row a key, which alone is ever changed: whoever writes waits for nobody.
    """

    __tablename__ = "task_tallies"
    __table_args__ = (
        Index("ix_task_tallies_of_task", "task_id", "kind"),
        Index("uq_task_tallies_folded", "task_id", "kind", "key", unique=True, postgresql_where=text("folded")),
        Index("ix_task_tallies_loose", "id", postgresql_where=text("not folded")),
    )

    task_id: Mapped[UUID]
    """No reference, which would lock the task with every change; a trigger deletes what was counted of it."""
    kind: Mapped[str]
    key: Mapped[str]
    amount: Mapped[int] = mapped_column(BigInteger)
    folded: Mapped[bool]
