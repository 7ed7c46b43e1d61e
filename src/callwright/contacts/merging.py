"""Customers who are one person, merged into one card.

Each number stays a customer's row of its own, as tasks, do-not-call lists and consent speak of numbers: the merged
one points to the card that is kept, which shows its calls and number, and is found by them.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.contacts.card import CustomerChange, change_customer
from callwright.contacts.consent import note_under
from callwright.contacts.drafts import Consent
from callwright.contacts.errors import CustomerChangedError, CustomerMergedError, MergedWithItselfError
from callwright.contacts.reaching import let_numbers_follow
from callwright.contacts.schemas import Editor
from callwright.db.tables.calls import LastCallRow
from callwright.db.tables.contacts import CustomerRow
from callwright.kit.errors import NotFoundError

MOST_TAGS = 30
MOST_NOTES = 10_000
CONSENT_TAKEN_BACK = "Taken back under another number of the same person"


async def merge(
    session: AsyncSession,
    kept_id: UUID,
    others: Mapping[UUID, int],
    change: CustomerChange,
    editor: Editor,
    *,
    now: datetime,
) -> None:
    """Make one card of several: what ``change`` says, else what is known of any, that of the kept one first.

    ``others`` are the merged ones with the revisions that were seen. Tags and notes come together. Whoever took
    consent back under one number took it back under all. It can't be undone.
    Raises MergedWithItselfError, NotFoundError, CustomerMergedError, CustomerChangedError.
    """
    if kept_id in others:
        raise MergedWithItselfError(where="others")
    rows = await _locked(session, [kept_id, *others])
    kept, merged = rows[kept_id], [rows[one] for one in others]
    for row in merged:
        if row.revision != others[row.id]:
            raise CustomerChangedError(who="Somebody", what=row.name or "one of them", parts=[])
    values = {**_together(kept, merged), **change.values}
    whole = CustomerChange(change.revision, values, change.fields, also=("merged",))
    await change_customer(session, kept_id, whole, editor, now=now, known=_fields_together(kept, merged))
    ids = [row.id for row in merged]
    await _point(session, kept_id, ids)
    await _tally(session, kept_id, ids)
    await _carry_withdrawal(session, [kept, *merged], editor)


async def _locked(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, CustomerRow]:
    # In the order of their numbers, as imports and bulk changes lock them.
    wanted = select(CustomerRow).where(CustomerRow.id.in_(ids)).order_by(CustomerRow.phone).with_for_update()
    rows = {row.id: row for row in await session.scalars(wanted.execution_options(populate_existing=True))}
    for one in ids:
        if one not in rows:
            raise NotFoundError(thing="customer", key=one)
        if rows[one].merged_into is not None:
            raise CustomerMergedError(name=rows[one].name)
    return rows


def _together(kept: CustomerRow, merged: Sequence[CustomerRow]) -> dict[str, Any]:
    everyone = [kept, *merged]
    due = [row.follow_up_at for row in everyone if row.follow_up_at is not None]
    notes = list(dict.fromkeys(row.notes.strip() for row in everyone if row.notes.strip()))
    return {
        "name": next((row.name for row in everyone if row.name), ""),
        "category": next((row.category for row in everyone if row.category), ""),
        "owner_id": next((row.owner_id for row in everyone if row.owner_id is not None), None),
        "follow_up_at": min(due, default=None),
        "tags": list(dict.fromkeys(tag for row in everyone for tag in row.tags))[:MOST_TAGS],
        "notes": "\n\n".join(notes)[:MOST_NOTES],
    }


def _fields_together(kept: CustomerRow, merged: Sequence[CustomerRow]) -> dict[str, str]:
    """Return what the kept one lacks and another has."""
    found: dict[str, str] = {}
    for row in merged:
        found = {**row.fields, **found}
    return {key: value for key, value in found.items() if key not in kept.fields}


async def _point(session: AsyncSession, kept_id: UUID, ids: Sequence[UUID]) -> None:
    whole = update(CustomerRow).values(merged_into=kept_id)
    await session.execute(whole.where(CustomerRow.id.in_(ids)))
    await session.execute(whole.where(CustomerRow.merged_into.in_(ids)))
    await let_numbers_follow(session, [kept_id])


async def _tally(session: AsyncSession, kept_id: UUID, ids: Sequence[UUID]) -> None:
    """Let the kept one be called last when the latest of them was."""
    found = await session.scalars(select(LastCallRow).where(LastCallRow.customer_id.in_([kept_id, *ids])))
    rows = sorted(found, key=lambda row: row.called_at)
    if not rows or [row.customer_id for row in rows] == [kept_id]:
        return
    latest, calls = rows[-1], sum(row.calls for row in rows)
    last = {name: getattr(latest, name) for name in ("call_id", "called_at", "phone_state", "grade")}
    kept = next((row for row in rows if row.customer_id == kept_id), None) or LastCallRow(customer_id=kept_id)
    for name, value in {**last, "calls": calls}.items():
        setattr(kept, name, value)
    session.add(kept)
    for row in rows:
        if row is not kept:
            await session.delete(row)
    await session.flush()


async def _carry_withdrawal(session: AsyncSession, everyone: Sequence[CustomerRow], editor: Editor) -> None:
    if not any(row.consent is False for row in everyone):
        return
    others = [row.id for row in everyone if row.consent is not False]
    await note_under(session, others, Consent(False, CONSENT_TAKEN_BACK), by=editor.id)
