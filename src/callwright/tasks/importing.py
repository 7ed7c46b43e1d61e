"""Customers into a task: one by a form, many by a file; the customer book is kept in step."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import phonenumbers
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.contacts.consent import note_by_file, withdrawn_among
from callwright.contacts.do_not_call import Barred, barred_among
from callwright.contacts.drafts import CustomerDraft, RowFault
from callwright.contacts.importing import read_customer, read_customers
from callwright.contacts.importing import template as contacts_template
from callwright.contacts.service import UpsertResult, upsert_many
from callwright.db.tables.tasks import TaskRow
from callwright.dialing.lifecycle import TaskAct, TaskState, after
from callwright.dialing.scramble import order_key
from callwright.kit.ids import new_id
from callwright.kit.phone_place import time_zones_of
from callwright.tasks import repository
from callwright.tasks.arms import Split, get_split
from callwright.tasks.consenting import release_held
from callwright.tasks.errors import AlreadyInTaskError, DoNotCallError
from callwright.tasks.news import tell_browsers, wake_leader
from callwright.tasks.service import variables_of

AT_ONCE = 5000
ERRORS_TOLD = 200

# One statement of arrays, as for the customer book: a row costs microseconds.
ENTER = text("""
    INSERT INTO task_customers (id, task_id, customer_id, variables, position, zones, arm_id, state)
    SELECT id, :task, customer_id, variables::jsonb, place, zones, arm_id, 'uncalled'
    FROM unnest(CAST(:ids AS uuid[]), CAST(:customers AS uuid[]), CAST(:variables AS text[]),
                CAST(:places AS bigint[]), CAST(:zones AS text[]), CAST(:arms AS uuid[]))
         AS given (id, customer_id, variables, place, zones, arm_id)
    ON CONFLICT (task_id, customer_id) DO NOTHING
    RETURNING id
""")
ENTER_ZONES = text("""
    INSERT INTO task_zones (id, task_id, zones)
    SELECT gen_random_uuid(), :task, zones FROM unnest(CAST(:zones AS text[])) AS given (zones)
    ON CONFLICT (task_id, zones) DO NOTHING
""")


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of a file's rows; ``errors`` are the first 200.

    ``imported`` are new in the task, ``updated`` known customers whose book entry was brought up to date.
    """

    rows: int
    imported: int
    updated: int
    duplicates: int
    already_in_task: int
    failed: int
    errors: list[RowFault]


async def add_customer(
    session: AsyncSession, task_id: UUID, *, phone: str, name: str, variables: Mapping[str, str], region: str
) -> UUID:
    """Put one customer into the task; return the identity of the entry (in the tenant's transaction).

    Raises NotFoundError, TaskStateError, AlreadyInTaskError, DoNotCallError, and InvalidCustomerError saying where.
    """
    wanted = await variables_of(session, task_id)
    draft = read_customer(phone, name, variables, variables=wanted, region=region)
    if barred := await barred_among(session, [draft.phone]):
        raise DoNotCallError(phone=draft.phone, where="phone", by=barred[draft.phone])
    entered, _ = await enter(session, task_id, [draft])
    if not entered:
        raise AlreadyInTaskError(phone=draft.phone, where="phone")
    return entered[0]


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
    """Put the customers of a spreadsheet into the task, all good rows or, on an error, none.

    Consent that it tells of is noted as told by a file, which ``by`` gave. Of somebody who took theirs back no file
    can say that they gave it.

    Raises NotFoundError, TaskStateError, and what contacts.importing raises for a file that can't be read.
    """
    variables = await variables_of(session, task_id)
    # A hundred thousand numbers take seconds to check; nothing is locked meanwhile, and the loop goes on.
    sheet = await asyncio.to_thread(
        read_customers, content, file_name=file_name, variables=variables, region=region
    )
    barred = await barred_among(session, [draft.phone for draft in sheet.drafts])
    given = [draft for draft in sheet.drafts if draft.consent is not None and draft.consent.given]
    withdrawn = await withdrawn_among(session, [draft.phone for draft in given])
    refused = [
        *_on_do_not_call_list(sheet.drafts, barred),
        *(
            RowFault(draft.row, "consent", None, "consent-withdrawn")
            for draft in given
            if draft.phone in withdrawn and draft.phone not in barred
        ),
    ]
    drafts = [draft for draft in sheet.drafts if draft.phone not in barred and draft.phone not in withdrawn]
    faults = sorted([*sheet.faults, *refused], key=lambda fault: fault.row)
    entered, book = await enter(session, task_id, drafts)
    consents = {book.ids[draft.phone]: draft.consent for draft in drafts if draft.consent is not None}
    await release_held(session, await note_by_file(session, consents, by=by), now)
    return ImportResult(
        rows=sheet.rows,
        imported=len(entered),
        updated=book.updated,
        duplicates=sheet.duplicates,
        already_in_task=len(drafts) - len(entered),
        failed=len(faults),
        errors=faults[:ERRORS_TOLD],
    )


def _on_do_not_call_list(drafts: Sequence[CustomerDraft], barred: Mapping[str, Barred]) -> list[RowFault]:
    return [
        RowFault(draft.row, "phone", draft.phone, barred[draft.phone]) for draft in drafts if draft.phone in barred
    ]


async def template(session: AsyncSession, task_id: UUID, *, region: str) -> bytes:
    """Return the XLSX to fill in for the task's script. Raises NotFoundError."""
    variables = await variables_of(session, task_id)
    example = phonenumbers.example_number(region)
    shown = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.INTERNATIONAL) if example else ""
    return await asyncio.to_thread(contacts_template, variables, example_phone=shown)


async def enter(
    session: AsyncSession, task_id: UUID, drafts: Sequence[CustomerDraft]
) -> tuple[list[UUID], UpsertResult]:
    """Put checked customers, each number once, behind those in the task.

    Return the new entries, and what it meant for the book. Raises NotFoundError, TaskStateError.
    """
    task = await repository.get_task_to_fill(session, task_id)
    after(TaskState(task.state), TaskAct.ADD_CUSTOMERS)
    book = await upsert_many(session, drafts)
    place = await repository.count_entered(session, task_id)
    arms = await get_split(session, task_id)
    entered: list[UUID] = []
    for begin in range(0, len(drafts), AT_ONCE):
        part = drafts[begin : begin + AT_ONCE]
        entered += await _enter_part(session, task, arms, part, book.ids, place + begin)
    if entered:
        await wake_leader(session, task_id)
        await tell_browsers(session, task.tenant_id, task_id)
    return entered, book


async def _enter_part(
    session: AsyncSession,
    task: TaskRow,
    arms: Split,
    drafts: Sequence[CustomerDraft],
    ids: Mapping[str, UUID],
    place: int,
) -> Sequence[UUID]:
    zones = [" ".join(time_zones_of(draft.phone)) for draft in drafts]
    await session.execute(ENTER_ZONES, {"task": task.id, "zones": sorted(set(zones))})
    places = list(range(place, place + len(drafts)))
    if task.scramble:
        places = [order_key(task.id.int, int(draft.phone.lstrip("+"))) for draft in drafts]
    rows = await session.scalars(
        ENTER,
        {
            "task": task.id,
            "ids": [new_id() for _ in drafts],
            "customers": [ids[draft.phone] for draft in drafts],
            "variables": [json.dumps(dict(draft.variables)) for draft in drafts],
            "places": places,
            "zones": zones,
            "arms": [arms.of(ids[draft.phone]) for draft in drafts],
        },
    )
    return rows.all()
