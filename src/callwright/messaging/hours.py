"""The hours in which a company's messages leave: what it has set for each kind, within what countries allow."""

from collections.abc import Collection, Mapping
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.accounts.calling_hours import hours_from_json, hours_to_json
from callwright.db.tables.messaging import MessageHoursRow
from callwright.dialing.calling_hours import CallingHours
from callwright.dialing.country_rules import country_rules
from callwright.dialing.window import Timetable
from callwright.kit.ids import new_id
from callwright.kit.phone_place import Region, time_zones_of
from callwright.kit.phone_region import region_of
from callwright.messaging.errors import MessageHoursNeverMeetError
from callwright.texting.windows import AS_CALLS, WINDOWS, MessageKind, leave, within

MessageHours = Mapping[MessageKind, CallingHours]


async def get_message_hours(session: AsyncSession) -> MessageHours:
    """Return the hours of each kind, in a transaction of a company."""
    found = await _of_tenants(session)
    return {**WINDOWS, **next(iter(found.values()), {})}


async def message_hours_of(session: AsyncSession, tenant_ids: Collection[UUID]) -> dict[UUID, MessageHours]:
    """Return the hours of each kind, for each of these companies (in a transaction of the system)."""
    found = await _of_tenants(session, tenant_ids)
    return {tenant_id: {**WINDOWS, **found.get(tenant_id, {})} for tenant_id in tenant_ids}


async def set_message_hours(session: AsyncSession, wanted: MessageHours, *, country: str) -> None:
    """Keep the hours of each kind, in a transaction of a company that is at home in ``country``.

    What is held already waits for what held then; all else follows. Raises MessageHoursNeverMeetError for hours
    that the company's own country never allows.
    """
    for kind, hours in wanted.items():
        if not within(hours, _allowed(kind, Region(country))).ever_open:
            raise MessageHoursNeverMeetError(
                kind=kind.value, opens=f"{hours.opens:%H:%M}", closes=f"{hours.closes:%H:%M}", where=kind.value
            )
    # In an order, so that two who save at once follow one another.
    put = insert(MessageHoursRow).values(
        [
            {"id": new_id(), "kind": kind.value, "hours": hours_to_json(hours)}
            for kind, hours in sorted(wanted.items())
        ]
    )
    await session.execute(
        put.on_conflict_do_update(index_elements=["tenant_id", "kind"], set_={"hours": put.excluded.hours})
    )


def leaves_at(kind: MessageKind, phone: str, now: datetime, hours: MessageHours) -> datetime | None:
    """Return when a message that is ready ``now`` may leave for a number; ``None`` where it never may."""
    return leave(hours[kind], time_zones_of(phone), now, country=_allowed(kind, region_of(phone))).at


@lru_cache(maxsize=4096)
def _allowed(kind: MessageKind, region: Region) -> Timetable | None:
    return country_rules().at(region).timetable if kind in AS_CALLS else None


async def _of_tenants(
    session: AsyncSession, tenant_ids: Collection[UUID] | None = None
) -> dict[UUID, dict[MessageKind, CallingHours]]:
    row = MessageHoursRow
    wanted = select(row.tenant_id, row.kind, row.hours)
    found: dict[UUID, dict[MessageKind, CallingHours]] = {}
    for tenant_id, kind, kept in await session.execute(
        wanted if tenant_ids is None else wanted.where(row.tenant_id.in_(tenant_ids))
    ):
        hours = hours_from_json(kept)
        if hours is not None:
            found.setdefault(tenant_id, {})[MessageKind(kind)] = hours
    return found
