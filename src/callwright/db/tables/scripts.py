"""Scripts and their versions."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from callwright.db.tables.base import Base, TenantOwned


class ScriptRow(TenantOwned, Base):
    """A script by name; what is said stands in its versions.

    ``revision`` counts its changes: whoever changes it names the one they saw.
    """

    __tablename__ = "scripts"
    __table_args__ = (
        UniqueConstraint("tenant_id", "name"),
        CheckConstraint("draft_number is not null or published_number is not null", name="version"),
    )

    name: Mapped[str]
    revision: Mapped[int] = mapped_column(default=1)
    draft_number: Mapped[int | None]
    """The version that is being written."""
    published_number: Mapped[int | None]
    """The version that tasks made from now on play."""
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now())
    changed_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    archived_at: Mapped[datetime | None]


class ScriptVersionRow(TenantOwned, Base):
    """One version of a script: written until ``published_at``, never changed afterwards."""

    __tablename__ = "script_versions"
    __table_args__ = (
        UniqueConstraint("script_id", "number"),
        CheckConstraint("number > 0", name="number"),
    )

    script_id: Mapped[UUID] = mapped_column(ForeignKey("scripts.id", ondelete="CASCADE"))
    number: Mapped[int]
    source: Mapped[str]
    """The YAML as it was written, comments and all; of one drawn in the designer, as it reads."""
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The same as JSON: what ``dialogue.loading`` reads, so that a call needs no YAML parser.

    Not as ``jsonb``, which would sort names: the order of grades is their author's.
    """
    changed_at: Mapped[datetime] = mapped_column(server_default=func.now())
    changed_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    published_at: Mapped[datetime | None]
    """When it was first published."""
    published_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    note: Mapped[str] = mapped_column(default="")
    """What whoever published it said of it."""


class PromptRecordingRow(TenantOwned, Base):
    """Recorded speech that scripts may name; the sound itself is a blob. Kept while any version names it."""

    __tablename__ = "prompt_recordings"
    __table_args__ = (UniqueConstraint("tenant_id", "sha256"),)

    sha256: Mapped[str]
    """Of the blob's bytes, in hexadecimal."""
    seconds: Mapped[float]
    file_name: Mapped[str]
    uploaded_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    used_at: Mapped[datetime]
    """When it was last uploaded, or found to be named by a version: it is forgotten a while after that."""


class ScriptChangeRow(TenantOwned, Base):
    """Who did what to a script, and when: entered once, never changed, kept beyond the script."""

    __tablename__ = "script_changes"
    __table_args__ = (Index("ix_script_changes_of_script", "script_id", "id"),)

    script_id: Mapped[UUID]
    script_name: Mapped[str]
    kind: Mapped[str]
    """A value of ``scripts.schemas.ChangeKind``."""
    number: Mapped[int | None]
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    note: Mapped[str]


class ModelCrowdRow(TenantOwned, Base):
    """Simulated people whom the language model talked with for a company: what it may cost, then what it did."""

    __tablename__ = "model_crowds"
    __table_args__ = (Index("ix_model_crowds_lately", "tenant_id", "began_at"),)

    began_at: Mapped[datetime]
    began_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    ended_at: Mapped[datetime | None]
    tokens: Mapped[int]


class ModelAnswerRow(TenantOwned, Base):
    """An answer that the language model writes for whoever tries a script; kept for as long as it counts."""

    __tablename__ = "model_answers"

    asked_at: Mapped[datetime]
    lapses_at: Mapped[datetime]
    """When it is over at the latest, whoever fails to say so."""
    ended_at: Mapped[datetime | None]
