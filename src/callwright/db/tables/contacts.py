"""The customer book."""

from sqlalchemy import UniqueConstraint
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
