"""The fields that a company defined for its customers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.contacts.columns import NAME, RESERVED
from callwright.contacts.custom_fields import CustomField, FieldKind, key_for
from callwright.contacts.drafts import NAME_VARIABLES
from callwright.contacts.errors import (
    FieldChoicesError,
    FieldKeyTakenError,
    FieldOrderError,
    TooManyFieldsError,
)
from callwright.db.locks import Lock, take_of_company
from callwright.db.tables.contacts import CustomFieldRow
from callwright.kit.errors import NotFoundError
from callwright.kit.names import checked_name

MOST_FIELDS = 50
NOT_KEYS = RESERVED | NAME_VARIABLES | {NAME}
"""What a customer has without any field of that key."""


@dataclass(frozen=True, slots=True)
class NewField:
    """A field to be defined; without a ``key`` it gets one that fits its label."""

    label: str
    kind: FieldKind
    key: str | None = None
    required: bool = False
    choices: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What a field shall be from now on; what kind of value it has never changes."""

    label: str
    required: bool
    choices: Sequence[str]
    retired: bool


async def list_fields(session: AsyncSession, *, retired: bool = False) -> list[CustomField]:
    """Return the fields in their order; ``retired`` ones too where they are wanted, behind the others."""
    query = select(CustomFieldRow).order_by(
        CustomFieldRow.retired_at.is_not(None), CustomFieldRow.place, CustomFieldRow.id
    )
    if not retired:
        query = query.where(CustomFieldRow.retired_at.is_(None))
    return [_field(row) for row in await session.scalars(query)]


async def add_field(session: AsyncSession, wanted: NewField) -> CustomField:
    """Define a field. Raises InvalidNameError, FieldKeyTakenError, FieldChoicesError, TooManyFieldsError."""
    await take_of_company(session, Lock.CUSTOM_FIELDS)
    taken = [*NOT_KEYS, *await session.scalars(select(CustomFieldRow.key))]
    if len(taken) - len(NOT_KEYS) >= MOST_FIELDS:
        raise TooManyFieldsError(most=MOST_FIELDS)
    if wanted.key in taken:
        raise FieldKeyTakenError(key=wanted.key, where="key")
    label = checked_name(wanted.label, thing="field")
    row = CustomFieldRow(
        key=wanted.key or key_for(label, taken),
        label=label,
        kind=wanted.kind.value,
        required=wanted.required,
        choices=_checked_choices(wanted.kind, wanted.choices),
        place=await session.scalar(select(func.coalesce(func.max(CustomFieldRow.place), 0) + 1)) or 1,
    )
    session.add(row)
    await session.flush()
    return _field(row)


async def change_field(session: AsyncSession, field_id: UUID, change: FieldChange, *, now: datetime) -> CustomField:
    """Change a field; what customers have stays. Raises NotFoundError, InvalidNameError, FieldChoicesError."""
    row = await session.scalar(select(CustomFieldRow).where(CustomFieldRow.id == field_id).with_for_update())
    if row is None:
        raise NotFoundError(thing="field", key=field_id)
    row.label = checked_name(change.label, thing="field")
    row.required = change.required
    row.choices = _checked_choices(FieldKind(row.kind), change.choices)
    row.retired_at = (row.retired_at or now) if change.retired else None
    await session.flush()
    return _field(row)


async def order_fields(session: AsyncSession, ids: Sequence[UUID]) -> None:
    """Put the fields in an order. Raises FieldOrderError unless each that is not retired is named once."""
    await take_of_company(session, Lock.CUSTOM_FIELDS)
    found = await session.scalars(select(CustomFieldRow).where(CustomFieldRow.retired_at.is_(None)))
    rows = {row.id: row for row in found}
    if sorted(ids) != sorted(rows):
        raise FieldOrderError(where="ids")
    for place, key in enumerate(ids, start=1):
        rows[key].place = place
    await session.flush()


def _checked_choices(kind: FieldKind, choices: Sequence[str]) -> list[str]:
    kept = list(dict.fromkeys(choice.strip() for choice in choices))
    if kind is not FieldKind.CHOICE:
        kept = []
    elif not all(kept) or len({choice.casefold() for choice in kept}) != len(kept) or not kept:
        raise FieldChoicesError(where="choices")
    return kept


def _field(row: CustomFieldRow) -> CustomField:
    retired = row.retired_at is not None
    return CustomField(row.id, row.key, row.label, FieldKind(row.kind), row.required, row.choices, retired)
