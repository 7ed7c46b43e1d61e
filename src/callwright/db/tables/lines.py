"""Lines: the ways into the phone network."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from callwright.db.tables.base import Base, TenantOwned


class LineRow(TenantOwned, Base):
    """A line at a carrier or gateway. ``secret`` is the digest password, encrypted (kit.secrets)."""

    __tablename__ = "lines"
    __table_args__ = (
        UniqueConstraint("tenant_id", "name"),
        CheckConstraint("kind in ('mobile', 'fixed', 'pooled')", name="kind"),
        CheckConstraint("carrier_port between 1 and 65535", name="carrier_port"),
        CheckConstraint("channels > 0", name="channels"),
        CheckConstraint("calls_per_second > 0", name="calls_per_second"),
        CheckConstraint("price_per_minute >= 0", name="price_per_minute"),
        CheckConstraint("billed_first_s > 0 and billed_next_s > 0", name="billed"),
        CheckConstraint("expires_at < '2200-01-02'", name="expires_at"),
    )

    name: Mapped[str]
    kind: Mapped[str] = mapped_column(default="fixed")
    carrier_host: Mapped[str]
    carrier_port: Mapped[int] = mapped_column(default=5060)
    username: Mapped[str | None]
    secret: Mapped[bytes | None]
    register: Mapped[bool] = mapped_column(default=False)
    caller_number: Mapped[str]
    channels: Mapped[int] = mapped_column(default=10)
    ring_timeout_s: Mapped[int] = mapped_column(default=30)
    more_numbers: Mapped[list[str]] = mapped_column(default=list)
    """The other numbers that a pooled line owns and shows, E.164."""
    home_region: Mapped[str] = mapped_column(default="")
    """Where it is at home: ``country/province/city``, as far as that is said."""
    calls_per_second: Mapped[float] = mapped_column(default=5.0)
    price_per_minute: Mapped[int] = mapped_column(BigInteger, default=0)
    """Millionths of the tenant's currency."""
    billed_first_s: Mapped[int] = mapped_column(default=60)
    billed_next_s: Mapped[int] = mapped_column(default=60)
    expires_at: Mapped[datetime | None]
    retired_at: Mapped[datetime | None]
    """Since when it is kept for its history alone: it takes no calls, and nobody can choose it."""
    health: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """``dialing.line_health`` as JSON, from the results of its calls."""


class LineStatusRow(TenantOwned, Base):
    """What one call node knows of one line: ``state`` is a value of telephony.port.TrunkState."""

    __tablename__ = "line_status"
    __table_args__ = (
        UniqueConstraint("line_id", "node_id"),
        CheckConstraint(
            "state in ('ready', 'registering', 'registered', 'refused', 'unreachable', 'unresolved')", name="state"
        ),
    )

    line_id: Mapped[UUID] = mapped_column(ForeignKey("lines.id", ondelete="CASCADE"))
    node_id: Mapped[UUID] = mapped_column(ForeignKey("nodes.id", ondelete="CASCADE"))
    state: Mapped[str]
    sip_code: Mapped[int | None]
    detail: Mapped[str] = mapped_column(default="")
    since: Mapped[datetime]


class TestCallRow(TenantOwned, Base):
    """A call over a line, asked for by a person; belongs to no task and uses up no attempt.

    Of kind ``line`` it says one sentence, to test the line; of kind ``script`` it plays one (``trial_calls``).
    """

    __test__ = False
    __tablename__ = "test_calls"
    __table_args__ = (
        CheckConstraint(
            "state in ('waiting', 'dialling', 'ringing', 'answered', 'ended', 'not_placed')", name="state"
        ),
        CheckConstraint("kind in ('line', 'script')", name="kind"),
        CheckConstraint("longest_s > 0", name="longest_s"),
        Index("ix_test_calls_of_line", "line_id", "id"),
        Index("ix_test_calls_of_person", "asked_by", "asked_at", postgresql_where=text("kind = 'script'")),
        Index("ix_test_calls_open", "state", postgresql_where=text("ended_at is null")),
        Index("ix_test_calls_of_number", "phone", "dialled_at", postgresql_where=text("dialled_at is not null")),
    )

    line_id: Mapped[UUID | None] = mapped_column(ForeignKey("lines.id", ondelete="SET NULL"))
    """Nothing once the line was removed: a number that was called stays counted."""
    kind: Mapped[str] = mapped_column(default="line", server_default="line")
    longest_s: Mapped[int] = mapped_column(default=30, server_default="30")
    """When it is ended at the latest, counted from the answer; what that costs is held of the balance."""
    asked_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    phone: Mapped[str]
    region: Mapped[str] = mapped_column(default="")
    """Where the number is at home, as whoever took the request saw it: ``country/province/city``."""
    code: Mapped[str | None]
    """To be keyed in before a script is played; null where the phone is known to be theirs, or none is played."""
    confirmed_at: Mapped[datetime | None]
    """When the code was keyed in."""
    state: Mapped[str] = mapped_column(default="waiting")
    node_id: Mapped[UUID | None] = mapped_column(ForeignKey("nodes.id"))
    asked_at: Mapped[datetime]
    dialled_at: Mapped[datetime | None]
    ringing_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    audio_back: Mapped[bool | None]
    """Whether audio of the far end reached us; null where there was no answer."""
    gate_verdict: Mapped[str | None]
    """What the gate said at the moment of dialling: ``allow``, ``deny`` or ``hold``."""
    gate_rule: Mapped[str] = mapped_column(default="")
    gate_until: Mapped[datetime | None]
    gate_detail: Mapped[dict[str, Any]] = mapped_column(default=dict)
    phone_state: Mapped[str | None]
    sip_code: Mapped[int | None]
    reason: Mapped[str] = mapped_column(default="")


class PolicyGroupRow(TenantOwned, Base):
    """Lines that a task may call over together; the operator makes it, the tenant binds its lines."""

    __tablename__ = "policy_groups"
    __table_args__ = (UniqueConstraint("tenant_id", "name"),)

    name: Mapped[str]


class PolicyGroupLineRow(TenantOwned, Base):
    """A line bound to a policy group; the smaller ``priority`` goes first."""

    __tablename__ = "policy_group_lines"
    __table_args__ = (UniqueConstraint("group_id", "line_id"), CheckConstraint("priority > 0", name="priority"))

    group_id: Mapped[UUID] = mapped_column(ForeignKey("policy_groups.id", ondelete="CASCADE"))
    line_id: Mapped[UUID] = mapped_column(ForeignKey("lines.id", ondelete="CASCADE"), index=True)
    priority: Mapped[int] = mapped_column(default=1)
