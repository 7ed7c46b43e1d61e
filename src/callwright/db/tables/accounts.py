"""Tenants, their users, and who is signed in."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from callwright.db.tables.base import Base, Keyed, TenantOwned


class TenantRow(Keyed, Base):
    """A company that uses this installation."""

    __tablename__ = "tenants"

    name: Mapped[str] = mapped_column(unique=True)
    time_zone: Mapped[str] = mapped_column(default="UTC")
    region: Mapped[str] = mapped_column(default="US")
    """ISO 3166 alpha-2: how a number without a country code is read."""


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
