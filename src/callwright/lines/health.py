"""The health of lines, kept in step with the results of their calls."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.lines import LineRow
from callwright.dialing.line_health import Health, after_call, after_probe_began, from_data, to_data
from callwright.lines.status import tell_browsers

log = structlog.get_logger(__name__)

CallResult = tuple[UUID, str, datetime]
"""Over which line, in which phone state and when a call ended."""


async def note_results(session: AsyncSession, results: Iterable[CallResult]) -> None:
    """Let the lines' health follow from how calls over them ended, in the order given."""
    by_line: defaultdict[UUID, list[tuple[str, datetime]]] = defaultdict(list)
    for line_id, phone_state, at in results:
        by_line[line_id].append((phone_state, at))
    for line in await _lock(session, by_line):
        before = after = from_data(line.health)
        for phone_state, at in by_line[line.id]:
            after = after_call(after, phone_state, at)
        await _keep(session, line, before, after)


async def note_probes(session: AsyncSession, line_ids: Iterable[UUID], now: datetime) -> None:
    """Write down that faulty lines were just given a call, so that the next comes later."""
    for line in await _lock(session, line_ids):
        before = from_data(line.health)
        await _keep(session, line, before, after_probe_began(before, now))


async def _lock(session: AsyncSession, line_ids: Iterable[UUID]) -> list[LineRow]:
    found = select(LineRow).where(LineRow.id.in_(list(line_ids))).order_by(LineRow.id)
    locked = found.with_for_update(key_share=True).execution_options(populate_existing=True)
    return list(await session.scalars(locked))


async def _keep(session: AsyncSession, line: LineRow, before: Health, after: Health) -> None:
    line.health = to_data(after)
    await session.flush()
    if before.fault is not after.fault:
        log.warning("line health", line=str(line.id), fault=after.fault and after.fault.value)
        await tell_browsers(session, line.tenant_id, line.id)
