"""When numbers were dialled before: by whichever task or test call, of whichever tenant of the installation.

Read as the system it counts everybody's calls; in a tenant's transaction, that tenant's alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.locks import Lock, take

LOOKED_BACK = timedelta(days=30)

EARLIER = text("""
    SELECT given.tenant, given.phone,
        ARRAY(SELECT dialled_at FROM diallings WHERE phone = given.phone AND dialled_at > :since
              ORDER BY dialled_at DESC LIMIT :most),
        ARRAY(SELECT dialled_at FROM diallings WHERE phone = given.phone AND dialled_at > :since
              AND tenant_id = given.tenant ORDER BY dialled_at DESC LIMIT :most),
        ARRAY(SELECT ended_at FROM diallings WHERE phone = given.phone AND dialled_at > :since
              AND phone_state = 'lost' ORDER BY dialled_at DESC LIMIT 1),
        EXISTS(SELECT FROM diallings WHERE phone = given.phone AND dialled_at > :since AND ended_at IS NULL)
    FROM unnest(CAST(:tenants AS uuid[]), CAST(:phones AS text[])) AS given (tenant, phone)
""")


@dataclass(frozen=True, slots=True)
class Earlier:
    """When a number was dialled, the latest first, when it last met nobody, and whether it is being called.

    ``own_calls`` are those of the tenant that asks; the rest is everybody's.
    """

    calls: tuple[datetime, ...] = ()
    own_calls: tuple[datetime, ...] = ()
    lost: tuple[datetime, ...] = ()
    under_way: bool = False


Number = tuple[UUID, str]
"""A tenant and one of its customers' numbers (E.164)."""


async def lock_earlier_calls(
    session: AsyncSession, numbers: Iterable[Number], now: datetime, *, most: int
) -> dict[Number, Earlier]:
    """Return the latest calls to each number, at most ``most``, and let nobody else dial them meanwhile."""
    asked: Sequence[Number] = sorted(set(numbers), key=str)
    await take(session, Lock.NUMBER, *(phone for _, phone in asked))
    return await get_earlier_calls(session, asked, now, most=most)


async def get_earlier_calls(
    session: AsyncSession, numbers: Sequence[Number], now: datetime, *, most: int
) -> dict[Number, Earlier]:
    """Return the latest calls to each number, at most ``most``, as far as they are known now."""
    rows = await session.execute(
        EARLIER,
        {
            "tenants": [tenant_id for tenant_id, _ in numbers],
            "phones": [phone for _, phone in numbers],
            "since": now - LOOKED_BACK,
            "most": most,
        },
    )
    return {
        (tenant_id, phone): Earlier(tuple(calls), tuple(own_calls), tuple(lost), under_way)
        for tenant_id, phone, calls, own_calls, lost, under_way in rows
    }
