"""The customer book, and who asked not to be called."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    literal_column,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from callwright.db.roles import CURRENT_TENANT
from callwright.db.tables.base import Base, Keyed, TenantOwned


class CustomerRow(TenantOwned, Base):
    """A person who may be called: one row per number and tenant. ``fields`` are the tenant's own columns."""

    __tablename__ = "customers"
    __table_args__ = (
        UniqueConstraint("tenant_id", "phone"),
        Index(
            "ix_customers_searchable",
            "tenant_id",
            literal_column("searchable(name, phone)").label("searchable"),
            postgresql_using="gin",
            postgresql_ops={"searchable": "gin_trgm_ops"},
        ),
        Index("ix_customers_newest", "tenant_id", "id"),
        Index("ix_customers_by_name", "tenant_id", "name", "id", postgresql_where=text("merged_into is null")),
        Index("ix_customers_by_owner", "tenant_id", "owner_id", "id"),
        Index("ix_customers_by_category", "tenant_id", "category", "id"),
        Index(
            "ix_customers_to_follow_up",
            "tenant_id",
            "follow_up_at",
            "id",
            postgresql_where=text("follow_up_at is not null"),
        ),
        Index("ix_customers_merged", "merged_into", postgresql_where=text("merged_into is not null")),
        Index("ix_customers_tagged", "tenant_id", "tags", postgresql_using="gin"),
        Index(
            "ix_customers_of_field",
            "tenant_id",
            "fields",
            postgresql_using="gin",
            postgresql_ops={"fields": "jsonb_path_ops"},
        ),
    )

    tenant_id: Mapped[UUID] = mapped_column(
        ForeignKey("tenants.id", ondelete="CASCADE"), server_default=text(CURRENT_TENANT)
    )
    phone: Mapped[str]
    """E.164."""
    name: Mapped[str] = mapped_column(default="")
    fields: Mapped[dict[str, str]] = mapped_column(default=dict)
    consent: Mapped[bool | None]
    """Whether the person agreed to be called, or took that back: the latest note; nothing where there is none."""
    consent_note: Mapped[str] = mapped_column(default="")
    """Whence that is known, in the tenant's words."""
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    """Whose customer it is; nobody's are in the public pool."""
    category: Mapped[str] = mapped_column(default="")
    tags: Mapped[list[str]] = mapped_column(ARRAY(String), default=list)
    notes: Mapped[str] = mapped_column(default="")
    follow_up_at: Mapped[datetime | None]
    merged_into: Mapped[UUID | None] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"))
    """The customer whose card this one's number belongs to; nothing for one who has a card."""
    revision: Mapped[int] = mapped_column(default=0)
    """Counts the changes: of people, and of files that told another name or other fields."""


class CustomerChangeRow(TenantOwned, Base):
    """That a person changed ``what`` of a customer, which made it ``revision``; never changed."""

    __tablename__ = "customer_changes"
    __table_args__ = (UniqueConstraint("customer_id", "revision"),)

    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"))
    revision: Mapped[int]
    what: Mapped[list[str]]
    """The parts by name; a field of the tenant's own as ``fields.`` and its name."""
    changed_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    changed_at: Mapped[datetime]
    detail: Mapped[dict[str, Any] | None]
    """What ``owner_id`` and ``follow_up_at`` became, where they changed; of a bulk change its ``act``, its
    ``value``, and whether it was ``undone``."""


class CustomFieldRow(TenantOwned, Base):
    """A field that a tenant defined for its customers; ``key`` is its name in their ``fields``, never changed."""

    __tablename__ = "custom_fields"
    __table_args__ = (
        UniqueConstraint("tenant_id", "key"),
        CheckConstraint("kind in ('text', 'number', 'date', 'choice')", name="kind"),
    )

    key: Mapped[str]
    label: Mapped[str]
    kind: Mapped[str]
    required: Mapped[bool]
    choices: Mapped[list[str]]
    place: Mapped[int]
    """Where it stands among them."""
    retired_at: Mapped[datetime | None]
    """Since when it is neither asked for nor taken; nothing where it is in use."""


class BulkChangeRow(TenantOwned, Base):
    """A change of many customers at once, and how far it is: those up to ``after`` were looked at."""

    __tablename__ = "bulk_changes"
    __table_args__ = (
        UniqueConstraint("tenant_id", "key"),
        CheckConstraint("act in ('add_tag', 'remove_tag', 'set_category', 'assign', 'release')", name="act"),
        CheckConstraint("state in ('waiting', 'running', 'done', 'undoing', 'undone')", name="state"),
        Index("ix_bulk_changes_undoable", "ended_at", postgresql_where=text("undoable")),
    )

    key: Mapped[UUID]
    """Chosen by whoever asked: what comes twice under one key is one change."""
    asked_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    act: Mapped[str]
    value: Mapped[str]
    """The tag or the category."""
    owner_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    digest: Mapped[str | None]
    """Of what was asked for, by which it is told from something else under the same key."""
    whom: Mapped[dict[str, Any] | None]
    """``contacts.bulk.Whom`` as JSON; nothing once it was done, as it may name or number people."""
    state: Mapped[str]
    total: Mapped[int]
    """How many were meant when it was asked for."""
    looked_at: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    restored: Mapped[int] = mapped_column(default=0)
    after: Mapped[UUID | None]
    failure: Mapped[str] = mapped_column(default="")
    """Why it was given up: a stable code."""
    ended_at: Mapped[datetime | None]
    undoable: Mapped[bool] = mapped_column(default=False)
    undone_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    undone_at: Mapped[datetime | None]


class BulkChangedRow(TenantOwned, Base):
    """That a bulk change changed a customer, and what was there ``before`` where the change doesn't tell."""

    __tablename__ = "bulk_changed"
    __table_args__ = (UniqueConstraint("bulk_change_id", "customer_id"),)

    bulk_change_id: Mapped[UUID] = mapped_column(ForeignKey("bulk_changes.id", ondelete="CASCADE"))
    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"), index=True)
    before: Mapped[str | None]


class ConsentNoteRow(TenantOwned, Base):
    """That a person agreed to be called (``given``) or took that back, and whence it is known; never changed."""

    __tablename__ = "consent_notes"
    __table_args__ = (
        CheckConstraint("origin in ('person', 'file')", name="origin"),
        Index("ix_consent_notes_of_customer", "customer_id", "id"),
    )

    customer_id: Mapped[UUID] = mapped_column(ForeignKey("customers.id", ondelete="CASCADE"))
    given: Mapped[bool]
    source: Mapped[str]
    origin: Mapped[str]
    """Who said so: a ``person`` on the page, or a ``file``."""
    noted_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))


class ListedNumber:
    """A number that is not to be called, from when it was listed until it was taken off. Rows are never deleted."""

    phone: Mapped[str]
    """E.164."""
    source: Mapped[str]
    """Whence it came: said in a ``call``, entered by a ``person``, from a ``file``."""
    added_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    note: Mapped[str] = mapped_column(default="")
    removed_at: Mapped[datetime | None]
    removed_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
    removed_why: Mapped[str] = mapped_column(default="")


SOURCE = "source in ('call', 'person', 'file')"
LISTED = text("removed_at is null")


class DoNotCallRow(ListedNumber, TenantOwned, Base):
    """A number that the tenant never dials; ``call_id`` is the call in which the person asked for it."""

    __tablename__ = "do_not_call"
    __table_args__ = (
        CheckConstraint(SOURCE, name="source"),
        Index("uq_do_not_call_listed", "tenant_id", "phone", unique=True, postgresql_where=LISTED),
        Index("ix_do_not_call_of_number", "tenant_id", "phone"),
    )

    call_id: Mapped[UUID | None] = mapped_column(ForeignKey("calls.id", ondelete="SET NULL"))


class DoNotCallEverywhereRow(ListedNumber, Keyed, Base):
    """A number that nobody in this installation dials: the operator's list."""

    __tablename__ = "do_not_call_everywhere"
    __table_args__ = (
        CheckConstraint(SOURCE, name="source"),
        Index("uq_do_not_call_everywhere_listed", "phone", unique=True, postgresql_where=LISTED),
    )
