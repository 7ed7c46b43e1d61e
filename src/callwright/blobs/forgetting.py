"""Forgetting blobs whose time is over, row by row."""

from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

import structlog

AT_A_TIME = 500

log = structlog.get_logger(__name__)

Due = tuple[UUID, UUID]
"""A tenant, and the row that names the blob."""


async def forget_each(
    find: Callable[[UUID | None, int], Awaitable[Sequence[Due]]],
    forget: Callable[[UUID, UUID], Awaitable[None]],
    *,
    what: str,
) -> int:
    """Have ``forget(tenant_id, row_id)`` delete the blob of each row, and then say so in it; return how many.

    ``find(after, most)`` returns the rows that are due, in the order of their ids, after one of them. A row whose
    blob can't be deleted (OSError) keeps no other waiting: it is told in the log, and stays due.
    """
    after: UUID | None = None
    forgotten, stuck = 0, list[UUID]()
    why: OSError | None = None
    while due := await find(after, AT_A_TIME):
        for tenant_id, row_id in due:
            try:
                await forget(tenant_id, row_id)
                forgotten += 1
            except OSError as error:
                stuck.append(row_id)
                why = error
        after = due[-1][1]
    if stuck:
        log.error(
            "blobs can't be deleted", of=what, count=len(stuck), rows=[str(row) for row in stuck[:5]], why=str(why)
        )
    return forgotten
