"""The customer book, kept in step with what is imported."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.contacts import repository
from callwright.contacts.drafts import CustomerDraft

AT_ONCE = 5000


@dataclass(slots=True)
class UpsertResult:
    """Which customer each number belongs to, and how many were known before."""

    ids: dict[str, UUID] = field(default_factory=dict)
    updated: int = 0


async def upsert_many(session: AsyncSession, drafts: Sequence[CustomerDraft]) -> UpsertResult:
    """Keep customers (in their tenant's transaction): an unknown number makes one, a known one is updated.

    Numbers must be different from one another. Empty values leave what is known as it is.
    """
    result = UpsertResult()
    for begin in range(0, len(drafts), AT_ONCE):
        for phone, key, new in await repository.upsert(session, drafts[begin : begin + AT_ONCE]):
            result.ids[phone] = key
            result.updated += not new
    return result
