"""One customer put into a task by a form, once however often it is sent."""

import hashlib
from collections.abc import Mapping
from uuid import UUID

from pydantic_core import to_json
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.contacts.do_not_call import barred_among
from callwright.contacts.field_list import list_fields
from callwright.contacts.importing import invalid_customer, read_customer
from callwright.contacts.repository import lacking_among
from callwright.db.tables.tasks import TaskCustomerRow
from callwright.tasks.entering import enter, get_first_entered
from callwright.tasks.errors import AlreadyInTaskError, CustomerKeyError, DoNotCallError, SamePersonError
from callwright.tasks.repository import get_task_to_fill
from callwright.tasks.service import variables_of


async def add_customer(
    session: AsyncSession,
    task_id: UUID,
    *,
    phone: str,
    name: str,
    variables: Mapping[str, str],
    region: str,
    key: UUID | None = None,
) -> UUID:
    """Put one customer into the task; return the identity of the entry (in the tenant's transaction).

    ``variables`` are the script's and the company's custom fields. What was sent before under the same key is that
    entry.
    Raises NotFoundError, TaskStateError, AlreadyInTaskError, SamePersonError, CustomerKeyError, DoNotCallError, and
    InvalidCustomerError saying where.
    """
    digest = hashlib.sha256(to_json([phone, name, variables])).hexdigest()
    if key is not None and (known := await _added_before(session, task_id, key, digest)):
        return known
    wanted = await variables_of(session, task_id)
    fields = await list_fields(session)
    draft = read_customer(phone, name, variables, variables=wanted, fields=fields, region=region)
    if lacking := await lacking_among(session, [draft]):
        raise invalid_customer(lacking[0])
    if barred := await barred_among(session, [draft.phone]):
        raise DoNotCallError(phone=draft.phone, where="phone", by=barred[draft.phone])
    done = await enter(session, task_id, [draft])
    if done.refused:
        raise SamePersonError(phone=draft.phone, where="phone")
    if not done.entered:
        raise AlreadyInTaskError(phone=draft.phone, where="phone")
    entry_id = await get_first_entered(session, task_id)
    if key is not None:
        keep = update(TaskCustomerRow).where(TaskCustomerRow.id == entry_id).values(key=key, key_digest=digest)
        await session.execute(keep.execution_options(synchronize_session=False))
    return entry_id


async def _added_before(session: AsyncSession, task_id: UUID, key: UUID, digest: str) -> UUID | None:
    """Return the entry that was made under the key. Raises CustomerKeyError where something else was sent."""
    await get_task_to_fill(session, task_id)  # whoever sends it at the same moment waits
    row = TaskCustomerRow
    query = select(row.id, row.key_digest).where(row.task_id == task_id, row.key == key)
    known = (await session.execute(query)).one_or_none()
    if known is None:
        return None
    entry_id, sent = known
    if sent != digest:
        raise CustomerKeyError(key=key)
    return entry_id
