"""Queries about the customer book."""

import json
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.contacts.drafts import CustomerDraft
from callwright.kit.ids import new_id

# One statement of arrays is several times as quick as one of VALUES. The tenant is the column's own default, the
# conflict is found within the tenant, and row-level security allows no other.
UPSERT = text("""
    INSERT INTO customers (id, phone, name, fields)
    SELECT id, phone, name, fields::jsonb
    FROM unnest(CAST(:ids AS uuid[]), CAST(:phones AS text[]), CAST(:names AS text[]), CAST(:fields AS text[]))
         AS given (id, phone, name, fields)
    ORDER BY phone
    ON CONFLICT (tenant_id, phone) DO UPDATE
    SET name = coalesce(nullif(excluded.name, ''), customers.name), fields = customers.fields || excluded.fields
    RETURNING phone, id
""")


async def upsert(session: AsyncSession, drafts: Sequence[CustomerDraft]) -> list[tuple[str, UUID, bool]]:
    """Make or update customers; return (phone, id, whether it is new) of each."""
    ids = {new_id() for _ in drafts}
    found = await session.execute(
        UPSERT,
        {
            "ids": list(ids),
            "phones": [draft.phone for draft in drafts],
            "names": [draft.name for draft in drafts],
            "fields": [json.dumps({k: v for k, v in draft.variables.items() if v}) for draft in drafts],
        },
    )
    return [(phone, key, key in ids) for phone, key in found]
