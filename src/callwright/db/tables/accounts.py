"""Tenants, their users, and who is signed in."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from callwright.db.tables.base import Base, Keyed, TenantOwned


class TenantRow(Keyed, Base):
    """A company that uses this installation."""

    __tablename__ = "tenants"
    __table_args__ = (
        CheckConstraint("ceiling_per_seat between 2 and 4", name="ceiling_per_seat"),
        CheckConstraint("consent_policy in ('not_checked', 'as_country_asks', 'always')", name="consent_policy"),
    )

    name: Mapped[str] = mapped_column(unique=True)
    time_zone: Mapped[str] = mapped_column(default="UTC")
    region: Mapped[str] = mapped_column(default="US")
    """ISO 3166 alpha-2: how a number without a country code is read."""
    currency: Mapped[str] = mapped_column(default="USD")
    """ISO 4217."""
    calling_hours: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """``dialing.window.CallingHours`` as JSON; 09:00 to 20:00 every day where nothing is said."""
    number_caps: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """How often one number may be dialled across tasks, beyond its country's rules: ``{span: most}``."""
    consent_policy: Mapped[str] = mapped_column(default="not_checked")
    """When a noted consent is asked for: a value of ``dialing.gate.ConsentPolicy``."""
    scripts_say_ai: Mapped[bool] = mapped_column(default=True)
    scripts_say_recorded: Mapped[bool] = mapped_column(default=True)
    scripts_offer_way_out: Mapped[bool] = mapped_column(default=False)
    """What scripts must make known by their first question: ``dialogue.duties.Duties``."""
    crowd_marks: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """``personas.marks.Marks`` as JSON: what a script has to reach before a crowd."""
    ceiling_per_seat: Mapped[int] = mapped_column(default=2)
    """How many calls at once for each seat the operator allows an adaptive task."""


class UserRow(TenantOwned, Base):
    """A person who signs in; ``email`` is unique within the installation, kept in lower case."""

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint("role in ('operator', 'owner', 'supervisor', 'agent', 'inspector')", name="role"),
        CheckConstraint("email = lower(email)", name="email"),
    )

    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[str]
    password_hash: Mapped[str]
    """argon2id, with its parameters and salt."""
    language: Mapped[str] = mapped_column(default="en")


class SessionRow(TenantOwned, Base):
    """A signed-in browser; ``token_hash`` is the SHA-256 of the cookie, which itself is never stored."""

    __tablename__ = "sessions"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    expires_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
