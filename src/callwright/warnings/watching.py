"""The watch: what holds is held against the warnings that stand; raised once, cleared once it is mended.

It reads how things stand rather than what happened, so that nothing is missed while nobody watched.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.accounts.service import get_tenant
from callwright.db.events import WarningCleared, WarningRaised
from callwright.db.news import Channel
from callwright.db.news import publish as tell
from callwright.db.outbox import Event, publish
from callwright.db.session import Database
from callwright.db.tables.accounts import TenantRow
from callwright.db.tables.warnings import WarnedPersonRow, WarningRow
from callwright.kit.errors import UnavailableError
from callwright.kit.ids import new_id
from callwright.warnings.causes import find_causes
from callwright.warnings.recipients import recipients
from callwright.warnings.schemas import Cause
from callwright.warnings.settings import get_settings

log = structlog.get_logger(__name__)

QUIET = timedelta(minutes=5)
"""A cause that comes back sooner was never gone: a balance moves with every call that ends."""


async def watch(database: Database, now: datetime) -> None:
    """Look at every company once; several processes may, and do no harm."""
    async with database.system() as session:
        tenants = (await session.scalars(select(TenantRow.id).order_by(TenantRow.id))).all()
    for tenant_id in tenants:
        try:
            async with database.tenant(tenant_id) as session:
                await watch_company(session, tenant_id, now)
        except UnavailableError:
            raise
        except Exception:  # one company's trouble leaves nobody else unwatched
            log.exception("a company can't be watched", tenant=str(tenant_id))


async def watch_company(session: AsyncSession, tenant_id: UUID, now: datetime) -> None:
    """Raise what holds and stands nowhere, and clear what has not held for a while."""
    tenant = await get_tenant(session, tenant_id)
    limits = await get_settings(session)
    causes = await find_causes(session, tenant, low_balance=limits.low_balance, now=now)
    standing = {(row.kind, row.about_id, row.stage): row for row in await _standing(session)}
    raised = [one for one in causes if one.fresh and one.key not in standing]
    changed = [await _raise(session, tenant_id, one, now) for one in raised]
    held = {one.key for one in causes}
    for key, row in standing.items():
        changed.append(await _look_again(session, row, holds=key in held, now=now))
    if any(changed):
        await tell(session, Channel.BROWSER, {"tenant": tenant_id, "kind": "warning"})


async def _standing(session: AsyncSession) -> Sequence[WarningRow]:
    # Locked, so that two who watch don't both clear what they both saw.
    found = select(WarningRow).where(WarningRow.cleared_at.is_(None)).order_by(WarningRow.id).with_for_update()
    return (await session.scalars(found)).all()


async def _raise(session: AsyncSession, tenant_id: UUID, cause: Cause, now: datetime) -> bool:
    """Raise a warning and tell those who are to know; not where another was quicker."""
    row = {
        "id": new_id(),
        "tenant_id": tenant_id,
        "kind": cause.kind.value,
        "about_id": cause.about_id,
        "stage": cause.stage,
        "details": cause.details,
        "raised_at": now,
    }
    entered = insert(WarningRow).values(row).on_conflict_do_nothing().returning(WarningRow.id)
    warning_id = await session.scalar(entered)
    if warning_id is None:
        return False
    told = await recipients(session, cause.kind)
    session.add_all(WarnedPersonRow(warning_id=warning_id, user_id=user_id) for user_id in told)
    raised = WarningRaised(warning=cause.kind.value, about_id=cause.about_id, warning_id=warning_id)
    await publish(session, [Event(tenant_id, raised)])
    return True


async def _look_again(session: AsyncSession, row: WarningRow, *, holds: bool, now: datetime) -> bool:
    """Note whether the cause of a standing warning still holds; tell whether the warning is cleared."""
    if holds:
        row.quiet_since = None
        return False
    row.quiet_since = row.quiet_since or now
    if now - row.quiet_since < QUIET:
        return False
    row.cleared_at = now
    await publish(session, [Event(row.tenant_id, WarningCleared(warning=row.kind, about_id=row.about_id))])
    return True
