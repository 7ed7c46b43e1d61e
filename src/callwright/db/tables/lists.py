"""Lists as people like to see them: chosen columns, and views that are saved under a name."""

from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from callwright.db.tables.base import Base, TenantOwned


class ListColumnsRow(TenantOwned, Base):
    """Which columns somebody chose for a list; there is none where they left them as they are."""

    __tablename__ = "list_columns"
    __table_args__ = (UniqueConstraint("user_id", "list"),)

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    list: Mapped[str]
    """A value of ``accounts.lists.ListName``."""
    columns: Mapped[dict[str, Any]]
    """``accounts.lists.ListColumnChoice`` as JSON."""


class SavedViewRow(TenantOwned, Base):
    """A list's filters, order and columns under a name."""

    __tablename__ = "saved_views"
    __table_args__ = (
        UniqueConstraint("user_id", "list", "name"),
        Index("ix_saved_views_shared", "tenant_id", "list", postgresql_where=text("shared")),
    )

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    list: Mapped[str]
    name: Mapped[str]
    search: Mapped[str]
    """The part of the page's address behind the question mark."""
    columns: Mapped[dict[str, Any]]
    shared: Mapped[bool]
    """Whether everybody in the company who sees the list can use it."""
