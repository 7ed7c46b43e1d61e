"""The customer book, and who asked not to be called."""

from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from callwright.db.tables.base import Base, TenantOwned


class CustomerRow(TenantOwned, Base):
    """A person who may be called: one row per number and tenant. ``fields`` are the tenant's own columns."""

    __tablename__ = "customers"
    __table_args__ = (UniqueConstraint("tenant_id", "phone"),)

    phone: Mapped[str]
    """E.164."""
    name: Mapped[str] = mapped_column(default="")
    fields: Mapped[dict[str, str]] = mapped_column(default=dict)
    consent: Mapped[str] = mapped_column(default="")
    """When and how the person agreed to be called, as the tenant noted it."""


class DoNotCallRow(TenantOwned, Base):
    """A number that the tenant never dials; ``call_id`` is the call in which the person asked for it."""

    __tablename__ = "do_not_call"
    __table_args__ = (UniqueConstraint("tenant_id", "phone"),)

    phone: Mapped[str]
    """E.164."""
    call_id: Mapped[UUID | None] = mapped_column(ForeignKey("calls.id", ondelete="SET NULL"))
