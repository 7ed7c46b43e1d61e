"""What the routes of both do-not-call lists share; ``Place`` says which list, and how one gets at it."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import asdict, dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.accounts.roles import Act, may
from callwright.calls.service import get_reached
from callwright.contacts import do_not_call_list as lists
from callwright.contacts.do_not_call_list import Entry, Standing
from callwright.contacts.do_not_call_numbers import NumberSheet, read_numbers
from callwright.contacts.hiding import hidden
from callwright.db.tables.contacts import DoNotCallEverywhereRow, DoNotCallRow
from callwright.kit.phone import masked
from callwright.web.access import Asking
from callwright.web.masking import hides
from callwright.web.paging import after_id, page
from callwright.web.schemas.base import Line, Page, RowFault
from callwright.web.schemas.do_not_call import WORDS, DoNotCallAdded, DoNotCallDetail, DoNotCallEntry, StandingName
from callwright.web.uploads import Upload

FAULTS_TOLD = 200
Note = Annotated[Line, Query(max_length=WORDS, description="Kept with every number of the file.")]


@dataclass(frozen=True, slots=True)
class Place:
    """One of the lists."""

    table: lists.Table
    open: Callable[[Asking], AbstractAsyncContextManager[AsyncSession]]


OWN = Place(DoNotCallRow, Asking.transaction)
INSTALLATION = Place(DoNotCallEverywhereRow, Asking.system_transaction)


@dataclass(frozen=True, slots=True)
class Filter:
    """Which entries are wanted."""

    standing: Standing
    text: str | None


def _filter(
    state: StandingName = "listed",
    text: Annotated[Line | None, Query(max_length=64, description="Part of a number.")] = None,
) -> Filter:
    return Filter(Standing(state), text)


Wanted = Annotated[Filter, Depends(_filter)]


async def list_entries(
    asking: Asking, place: Place, wanted: Filter, limit: int, after: str | None
) -> Page[DoNotCallEntry]:
    """Return one page of the list."""
    async with place.open(asking) as session:
        found = await lists.list_entries(
            session,
            place.table,
            standing=wanted.standing,
            text=wanted.text,
            after=after_id(after),
            limit=limit + 1,
        )
        if hides(asking, wanted.text):
            found = []
        shown, cursor = page(found, limit, lambda entry: entry.id)
        return Page(items=await _shown(session, asking, shown), next=cursor)


async def get_entry(asking: Asking, place: Place, entry_id: UUID) -> DoNotCallDetail:
    """Return one entry with the number's history."""
    async with place.open(asking) as session:
        return await _detail(session, asking, place, await lists.get_entry(session, place.table, entry_id))


async def add_lines(asking: Asking, place: Place, sheet: NumberSheet, note: str) -> DoNotCallAdded:
    """List the numbers that a person entered."""
    return await _add(asking, place, sheet, "person", note)


async def add_file(asking: Asking, place: Place, upload: Upload, note: str) -> DoNotCallAdded:
    """List the numbers of a file."""
    # A hundred thousand numbers take seconds to check; the loop goes on meanwhile.
    sheet = await asyncio.to_thread(
        read_numbers, upload.content, file_name=upload.file_name, region=asking.who.region
    )
    return await _add(asking, place, sheet, "file", note)


async def take_off(asking: Asking, place: Place, entry_id: UUID, why: str) -> DoNotCallDetail:
    """Take a number off the list."""
    async with place.open(asking) as session:
        entry = await lists.take_off(session, place.table, entry_id, by=asking.who.user_id, why=why, now=asking.now)
        return await _detail(session, asking, place, entry)


async def _add(asking: Asking, place: Place, sheet: NumberSheet, source: str, note: str) -> DoNotCallAdded:
    async with place.open(asking) as session:
        added = await lists.add_numbers(
            session, place.table, sheet, source=source, by=asking.who.user_id, note=note
        )
    return DoNotCallAdded(
        rows=sheet.rows,
        added=added,
        already_listed=len(sheet.phones) - added,
        duplicates=sheet.duplicates,
        failed=len(sheet.faults),
        errors=[RowFault.model_validate(fault) for fault in sheet.faults[:FAULTS_TOLD]],
    )


async def _detail(session: AsyncSession, asking: Asking, place: Place, entry: Entry) -> DoNotCallDetail:
    history = await _shown(session, asking, await lists.get_history(session, place.table, entry.phone))
    (shown,) = await _shown(session, asking, [entry])
    return DoNotCallDetail.model_validate({**shown.model_dump(), "history": history})


async def _shown(session: AsyncSession, asking: Asking, entries: Sequence[Entry]) -> list[DoNotCallEntry]:
    calls = {entry.call_id for entry in entries if entry.call_id is not None}
    reached = await get_reached(session, calls, scope=asking.scope)
    return [_entry(entry, asking, said=_may_read_said(entry, asking, reached)) for entry in entries]


def _may_read_said(entry: Entry, asking: Asking, reached: set[UUID]) -> bool:
    """Tell whether somebody may read what was said in the call that an entry comes from, if it comes from one."""
    if entry.source != "call":
        return True
    # One of which no call is known may come of somebody's trial.
    return entry.call_id in reached if entry.call_id else may(asking.who.role, Act.READ_TRIALS)


def _entry(entry: Entry, asking: Asking, *, said: bool) -> DoNotCallEntry:
    phone = masked(entry.phone) if asking.masks else entry.phone
    note = entry.note if said else ""
    shown = {"phone": phone, "phone_masked": asking.masks, "note": hidden(note) if asking.masks else note}
    return DoNotCallEntry.model_validate({**asdict(entry), **shown})
