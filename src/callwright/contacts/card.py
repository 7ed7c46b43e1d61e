"""A customer's card, and changing it so that nobody's change is lost."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.contacts.book import entries, entry_of
from callwright.contacts.consent import get_notes
from callwright.contacts.custom_fields import ValueFault, read_value
from callwright.contacts.do_not_call import barred_among, listed_among
from callwright.contacts.errors import CustomerChangedError, InvalidCustomerError
from callwright.contacts.field_list import list_fields
from callwright.contacts.reaching import let_numbers_follow, seen_by
from callwright.contacts.reasons import reason_for
from callwright.contacts.schemas import Card, Change, Editor, OtherNumber
from callwright.db.tables.accounts import UserRow
from callwright.db.tables.contacts import CustomerChangeRow, CustomerRow
from callwright.kit.errors import NotFoundError

SHOWN_CHANGES = 50
OWN = "fields."
A_FILE = "A file"
BY_FILES = ("name", OWN)
TOLD = ("owner_id", "follow_up_at")
"""The parts of which a change keeps what they became."""
NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class CustomerChange:
    """What is to be changed: ``values`` by the column, ``fields`` by the tenant's own (nothing takes one away).

    ``revision`` is the one that was seen. ``also`` is what else is told of it.
    """

    revision: int
    values: Mapping[str, object] = field(default_factory=dict)
    fields: Mapping[str, str | None] = field(default_factory=dict)
    also: Sequence[str] = ()

    @property
    def what(self) -> list[str]:
        """The parts that it changes, by name."""
        return [*self.values, *(OWN + name for name in self.fields)]


async def get_card(session: AsyncSession, customer_id: UUID, editor: Editor) -> Card:
    """Return everything known of a customer; of one that was merged, what is known of the whole person.

    Raises NotFoundError, also where it is a colleague's.
    """
    whose = select(CustomerRow.merged_into).where(CustomerRow.id == customer_id)
    statement = entries().where(
        CustomerRow.id == func.coalesce(whose.scalar_subquery(), customer_id), *_reach(editor)
    )
    found = (await session.execute(statement.execution_options(populate_existing=True))).one_or_none()
    if found is None:
        raise NotFoundError(thing="customer", key=customer_id)
    row = found[0]
    others = select(CustomerRow.phone).where(CustomerRow.merged_into == row.id).order_by(CustomerRow.phone)
    numbers = (await session.scalars(others)).all()
    barred, listed = await barred_among(session, [row.phone]), await listed_among(session, numbers)
    return Card(
        entry=entry_of(*found),
        notes=row.notes,
        revision=row.revision,
        created_at=row.created_at,
        barred=barred.get(row.phone),
        other_numbers=[OtherNumber(phone, listed.get(phone)) for phone in numbers],
        consents=await get_notes(session, row.id),
        changes=[change for _, change in await _changes(session, row.id, since=-1)],
    )


async def change_customer(
    session: AsyncSession,
    customer_id: UUID,
    change: CustomerChange,
    editor: Editor,
    *,
    now: datetime,
    known: Mapping[str, str] = NOTHING,
) -> None:
    """Change a customer. What others changed meanwhile is kept, unless it is the same part.

    ``known`` are values of fields that another card has: they were taken as they are, and are not checked again.
    Raises NotFoundError, also where it is a colleague's; InvalidCustomerError where a value doesn't fit its field;
    CustomerChangedError where somebody changed the same since ``change.revision``.
    """
    change = replace(change, fields={**known, **await _checked(session, change.fields)})
    # Whose it is comes first: who may not see a customer is told neither who changed it nor what.
    own_card = CustomerRow.merged_into.is_(None)
    statement = select(CustomerRow).where(CustomerRow.id == customer_id, own_card, *_reach(editor))
    row = (await session.scalars(statement.with_for_update())).one_or_none()
    if row is None:
        raise NotFoundError(thing="customer", key=customer_id)
    await _refuse_if_overtaken(session, row, change)
    what = [*_differing(row, change), *change.also]
    if not what:
        return
    await check_owner(session, change.values.get("owner_id"))
    _apply(row, change)
    row.revision += 1
    made = CustomerChangeRow(
        customer_id=row.id,
        revision=row.revision,
        what=what,
        changed_by=editor.id,
        changed_at=now,
        detail={name: _written(change.values[name]) for name in TOLD if name in what},
    )
    session.add(made)
    await session.flush()
    if "owner_id" in what:
        await let_numbers_follow(session, [row.id])


async def _refuse_if_overtaken(session: AsyncSession, row: CustomerRow, change: CustomerChange) -> None:
    wanted = set(_differing(row, change))
    since = await _changes(session, row.id, since=change.revision)
    for _, other in since:
        both = sorted(wanted & set(other.what))
        if both:
            raise _overtaken(other.changed_by or "Somebody", both)
    by_files = sorted(part for part in wanted if part.startswith(BY_FILES))
    if by_files and row.revision - change.revision > len(since):  # files leave no note of what they changed
        raise _overtaken(A_FILE, by_files)


async def _checked(session: AsyncSession, given: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return the values as they are kept."""
    defined = {} if not given else {one.key: one for one in await list_fields(session, retired=True)}
    kept = dict(given)
    for key in given.keys() & defined.keys():
        one = defined[key]
        read = _read_retired(given[key]) if one.retired else read_value(one, given[key] or "")
        if isinstance(read, ValueFault):
            reason = reason_for(read.code, read.fields)
            raise InvalidCustomerError(where=OWN + key, fault=read.code, reason=reason, **read.fields)
        kept[key] = read or None
    return kept


def _read_retired(typed: str | None) -> str | ValueFault:
    """What customers have of a field that is no longer in use can be emptied, and no longer filled."""
    return ValueFault("field-retired", {}) if (typed or "").strip() else ""


async def check_owner(session: AsyncSession, owner_id: object) -> None:
    """Raise NotFoundError unless somebody of that id can have customers, or nobody is named."""
    if owner_id is None:
        return
    known = select(UserRow.id).where(UserRow.id == owner_id, UserRow.role != "inspector")
    if await session.scalar(known) is None:
        raise NotFoundError(thing="person who can have customers", key=owner_id)


def _overtaken(who: str, parts: Sequence[str]) -> CustomerChangedError:
    named = [part.removeprefix(OWN).replace("_", " ") for part in parts]
    return CustomerChangedError(who=who, what=", ".join(named), parts=list(parts))


async def _changes(session: AsyncSession, customer_id: UUID, *, since: int) -> list[tuple[int, Change]]:
    row = CustomerChangeRow
    statement = (
        select(row.revision, row.what, UserRow.name, row.changed_at)
        .outerjoin(UserRow, UserRow.id == row.changed_by)
        .where(row.customer_id == customer_id, row.revision > since)
        .order_by(row.revision.desc())
    )
    if since < 0:
        statement = statement.limit(SHOWN_CHANGES)
    rows = await session.execute(statement)
    return [(revision, Change(what, who, at)) for revision, what, who, at in rows]


def _reach(editor: Editor) -> list[ColumnElement[bool]]:
    return [] if editor.leading else [seen_by(editor.id)]


def _differing(row: CustomerRow, change: CustomerChange) -> list[str]:
    changed = [name for name, value in change.values.items() if getattr(row, name) != value]
    return changed + [OWN + name for name, value in change.fields.items() if row.fields.get(name) != value]


def _written(value: object) -> str | None:
    if value is None:
        return None
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _apply(row: CustomerRow, change: CustomerChange) -> None:
    for name, value in change.values.items():
        setattr(row, name, value)
    kept = {**row.fields, **change.fields}
    row.fields = {name: value for name, value in kept.items() if value is not None}
