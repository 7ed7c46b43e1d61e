"""Money: an append-only ledger for each tenant, and its sum."""

from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from callwright.db.tables.base import Base, TenantOwned


class LedgerEntryRow(TenantOwned, Base):
    """One movement of money, never changed. ``amount`` is in millionths of the tenant's currency, signed.

    A ``hold`` is taken when a call is dialled and ``released`` when it has ended, when its ``charge`` is taken.
    What the entries refer to may be deleted; they stay. ``attempt_id`` is the dialling's: an attempt of a task, or,
    where there is no ``task_id``, a test call. A ``message_charge`` is taken before a message is handed over, and
    given back by a ``message_refund`` where it was surely not sent.
    """

    __tablename__ = "ledger_entries"
    __table_args__ = (
        CheckConstraint(
            "kind in ('top_up', 'correction', 'hold', 'release', 'charge', 'message_charge', 'message_refund')",
            name="kind",
        ),
        CheckConstraint(
            "case kind when 'correction' then amount <> 0 when 'hold' then amount < 0"
            " when 'charge' then amount < 0 when 'message_charge' then amount < 0 else amount > 0 end",
            name="amount",
        ),
        CheckConstraint(
            "(message_id is not null) = (kind in ('message_charge', 'message_refund'))", name="message"
        ),
        Index(
            "uq_ledger_entries_message_once",
            "message_id",
            "kind",
            unique=True,
            postgresql_where=text("message_id is not null"),
        ),
        CheckConstraint("(attempt_id is not null) = (kind in ('hold', 'release', 'charge'))", name="attempt"),
        # Whatever happens to the processes, nothing is held, released or charged twice for one dialling.
        Index(
            "uq_ledger_entries_once",
            "attempt_id",
            "kind",
            unique=True,
            postgresql_where=text("attempt_id is not null"),
        ),
        Index("ix_ledger_entries_newest", "tenant_id", "id"),
        Index("ix_ledger_entries_when", "tenant_id", "created_at", postgresql_where=text("kind = 'charge'")),
        Index(
            "ix_ledger_entries_of_messages",
            "tenant_id",
            "created_at",
            postgresql_where=text("kind in ('message_charge', 'message_refund')"),
        ),
        Index("uq_ledger_entries_key", "tenant_id", "key", unique=True, postgresql_where=text("key is not null")),
    )

    kind: Mapped[str]
    amount: Mapped[int] = mapped_column(BigInteger)
    attempt_id: Mapped[UUID | None]
    message_id: Mapped[UUID | None]
    task_id: Mapped[UUID | None]
    line_id: Mapped[UUID | None]
    user_id: Mapped[UUID | None]
    """Who entered it, where a person did."""
    note: Mapped[str] = mapped_column(default="")
    key: Mapped[str | None]
    """Given by whoever asks, where a person enters it: what is asked twice under one key is entered once."""


class BalanceRow(Base):
    """The sum of a tenant's ledger, kept by a trigger of the database alone: nobody may write it."""

    __tablename__ = "balances"

    tenant_id: Mapped[UUID] = mapped_column(ForeignKey("tenants.id", ondelete="CASCADE"), primary_key=True)
    available: Mapped[int] = mapped_column(BigInteger, default=0)
    """What new calls may be held against."""
    held: Mapped[int] = mapped_column(BigInteger, default=0)
