"""Grades that people corrected."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from callwright.db.tables.base import Base, TenantOwned


class GradeCorrectionRow(TenantOwned, Base):
    """The grade that a reviewer gave a call, with the conversation, so that a script can be tried on it.

    Forgotten with the call.
    """

    __tablename__ = "grade_corrections"

    call_id: Mapped[UUID] = mapped_column(ForeignKey("calls.id", ondelete="CASCADE"), unique=True)
    script_version_id: Mapped[UUID] = mapped_column(
        ForeignKey("script_versions.id", ondelete="CASCADE"), index=True
    )
    grade: Mapped[str]
    grade_before: Mapped[str]
    """What the script gave it."""
    why: Mapped[str]
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    made_at: Mapped[datetime]
    variables: Mapped[dict[str, str]]
    """What was known of the customer."""
    events: Mapped[list[dict[str, Any]]]
    """What the person did: ``calls.conversations`` writes and reads it."""
