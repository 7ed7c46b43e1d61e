"""Scripts and their versions."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from callwright.db.tables.base import Base, TenantOwned


class ScriptRow(TenantOwned, Base):
    """A script by name; what is said stands in its versions."""

    __tablename__ = "scripts"
    __table_args__ = (UniqueConstraint("tenant_id", "name"),)

    name: Mapped[str]


class ScriptVersionRow(TenantOwned, Base):
    """One version of a script: a draft until ``published_at``, never changed afterwards."""

    __tablename__ = "script_versions"
    __table_args__ = (
        UniqueConstraint("script_id", "number"),
        CheckConstraint("number > 0", name="number"),
    )

    script_id: Mapped[UUID] = mapped_column(ForeignKey("scripts.id", ondelete="CASCADE"))
    number: Mapped[int]
    source: Mapped[str]
    """The YAML as it was written, comments and all."""
    content: Mapped[dict[str, Any]]
    """The same as JSON: what ``dialogue.loading`` reads, so that a call needs no YAML parser."""
    published_at: Mapped[datetime | None]
