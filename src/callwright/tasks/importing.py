"""Many customers into a task by a file; the customer book is kept in step."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import phonenumbers
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.contacts.consent import note_by_file, withdrawn_among
from callwright.contacts.do_not_call import Barred, barred_among
from callwright.contacts.drafts import CustomerDraft, RowFault
from callwright.contacts.field_list import list_fields
from callwright.contacts.importing import Sheet, read_customers
from callwright.contacts.repository import get_ids, keep_incoming, lacking_among
from callwright.contacts.template import customers_template
from callwright.tasks.consenting import release_held
from callwright.tasks.entering import enter
from callwright.tasks.one_person import SAME_PERSON
from callwright.tasks.renewing import Renewed, renew_entries
from callwright.tasks.service import variables_of


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of a file's rows; ``faults`` tells of those that were not taken, in their order.

    ``imported`` are new in the task, ``updated`` known customers whose book entry or consent it changed,
    ``unchanged`` those of whom it adds nothing to what is known. Of those who were in the task, ``changed_in_task``
    were never called, and a first call is held by what it says; ``too_late`` were called, are being called or are
    not called there any more, and the task has something else of them; ``already_in_task`` are the others.
    """

    rows: int
    imported: int
    updated: int
    unchanged: int
    duplicates: int
    changed_in_task: int
    too_late: int
    already_in_task: int
    faults: list[RowFault]


async def import_customers(
    session: AsyncSession,
    task_id: UUID,
    content: bytes,
    *,
    file_name: str,
    region: str,
    now: datetime,
    by: UUID | None = None,
) -> ImportResult:
    """Read a spreadsheet and put its customers into the task, as :func:`import_sheet` does.

    Raises NotFoundError, TaskStateError, and what contacts.importing raises for a file that can't be read.
    """
    variables = await variables_of(session, task_id)
    fields = await list_fields(session)
    # A hundred thousand numbers take seconds to check; nothing is locked meanwhile, and the loop goes on.
    sheet = await asyncio.to_thread(
        read_customers, content, file_name=file_name, variables=variables, fields=fields, region=region
    )
    return await import_sheet(session, task_id, sheet, now=now, by=by)


async def import_sheet(
    session: AsyncSession, task_id: UUID, sheet: Sheet, *, now: datetime, by: UUID | None = None
) -> ImportResult:
    """Put the customers of a spreadsheet into the task, all good rows or, on an error, none.

    Consent that it tells of is noted as told by a file, which ``by`` gave; one taken back also of rows that can't
    be taken, as far as their number is one. Of somebody who took theirs back no file can say that they gave it.
    Raises NotFoundError, TaskStateError.
    """
    barred = await barred_among(session, [draft.phone for draft in sheet.drafts])
    given = [draft for draft in sheet.drafts if draft.consent is not None and draft.consent.given]
    withdrawn = await withdrawn_among(session, [draft.phone for draft in given])
    lacking = await lacking_among(session, sheet.drafts)
    incomplete = {fault.row for fault in lacking}
    refused = [
        *lacking,
        *(fault for fault in _on_do_not_call_list(sheet.drafts, barred) if fault.row not in incomplete),
        *(
            RowFault(draft.row, "consent", None, "consent-withdrawn")
            for draft in given
            if draft.phone in withdrawn and draft.phone not in barred and draft.row not in incomplete
        ),
    ]
    turned_away = {fault.row for fault in refused}
    drafts = [draft for draft in sheet.drafts if draft.row not in turned_away]
    done = await enter(session, task_id, drafts)
    in_task = len(drafts) - done.entered - len(done.refused)
    again = await renew_entries(session, task_id) if in_task else Renewed()
    doubled = [drafts[place] for place in sorted(done.refused)]
    refused += [RowFault(draft.row, "phone", draft.phone, SAME_PERSON) for draft in doubled]
    faults = sorted([*sheet.faults, *refused], key=lambda fault: fault.row)
    # Whoever took consent back is kept in the book though no row of theirs can be: no later file may undo it.
    if sheet.withdrawals:
        await keep_incoming(session, [CustomerDraft(phone) for phone in sheet.withdrawals])
    told = {draft.phone: draft.consent for draft in drafts if draft.consent is not None} | dict(sheet.withdrawals)
    consents = {key: told[phone] for phone, key in (await get_ids(session, told)).items()}
    noted = await note_by_file(session, consents, by=by)
    await release_held(session, noted, now)
    unchanged = done.book.unchanged - set(noted)
    return ImportResult(
        rows=sheet.rows,
        imported=done.entered,
        updated=len(done.book.changed) + len(done.book.unchanged) - len(unchanged),
        unchanged=len(unchanged),
        duplicates=sheet.duplicates,
        changed_in_task=again.renewed,
        too_late=again.too_late,
        already_in_task=in_task - again.renewed - again.too_late,
        faults=faults,
    )


def _on_do_not_call_list(drafts: Sequence[CustomerDraft], barred: Mapping[str, Barred]) -> list[RowFault]:
    return [
        RowFault(draft.row, "phone", draft.phone, barred[draft.phone]) for draft in drafts if draft.phone in barred
    ]


async def template(session: AsyncSession, task_id: UUID, *, region: str) -> bytes:
    """Return the XLSX to fill in for the task's script. Raises NotFoundError."""
    variables, fields = await variables_of(session, task_id), await list_fields(session)
    example = phonenumbers.example_number(region)
    shown = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.INTERNATIONAL) if example else ""
    return await asyncio.to_thread(customers_template, variables, example_phone=shown, fields=fields)
