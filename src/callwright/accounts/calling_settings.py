"""What a company sets for all its calls: when, how often, with what consent, by which clock, saying what first."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.accounts import repository
from callwright.accounts.calling_hours import hours_of, hours_to_json
from callwright.accounts.errors import UnknownTimeZoneError
from callwright.accounts.service import get_tenant
from callwright.db.tables.accounts import TenantRow
from callwright.dialing.calling_hours import CallingHours
from callwright.dialing.country_rules import Caps, Span
from callwright.dialing.gate import ConsentPolicy
from callwright.dialing.window import UnknownTimeZoneError as NoSuchZoneError
from callwright.dialing.window import zone_named
from callwright.dialogue.duties import Duties


@dataclass(frozen=True, slots=True)
class CallingSettings:
    """``number_caps``: how often one number may be dialled, by all tasks together, beyond its country's rules."""

    time_zone: str
    calling_hours: CallingHours
    number_caps: Caps
    consent_policy: ConsentPolicy
    script_duties: Duties


async def get_calling_settings(session: AsyncSession, tenant_id: UUID) -> CallingSettings:
    """Return a tenant's settings. Raises NotFoundError."""
    tenant = await get_tenant(session, tenant_id)
    return CallingSettings(
        time_zone=tenant.time_zone,
        calling_hours=hours_of(tenant),
        number_caps={Span(span): most for span, most in tenant.number_caps.items()},
        consent_policy=ConsentPolicy(tenant.consent_policy),
        script_duties=_duties_of(tenant),
    )


async def get_script_duties(session: AsyncSession) -> Duties:
    """Return what the scripts of the tenant must make known whose transaction this is."""
    return _duties_of(await repository.get_own_tenant(session))


def _duties_of(tenant: TenantRow) -> Duties:
    return Duties(
        say_ai=tenant.scripts_say_ai,
        say_recorded=tenant.scripts_say_recorded,
        offer_way_out=tenant.scripts_offer_way_out,
    )


async def change_calling_settings(session: AsyncSession, tenant_id: UUID, wanted: CallingSettings) -> None:
    """Keep what a tenant set; the calls of running tasks follow it.

    What scripts must say counts when they are published. Raises NotFoundError, UnknownTimeZoneError.
    """
    try:
        zone_named(wanted.time_zone)
    except NoSuchZoneError:
        raise UnknownTimeZoneError(time_zone=wanted.time_zone, where="time_zone") from None
    tenant = await get_tenant(session, tenant_id)
    tenant.time_zone = wanted.time_zone
    tenant.calling_hours = hours_to_json(wanted.calling_hours)
    tenant.number_caps = {span.value: most for span, most in wanted.number_caps.items()}
    tenant.consent_policy = wanted.consent_policy.value
    tenant.scripts_say_ai = wanted.script_duties.say_ai
    tenant.scripts_say_recorded = wanted.script_duties.say_recorded
    tenant.scripts_offer_way_out = wanted.script_duties.offer_way_out
    await session.flush()
