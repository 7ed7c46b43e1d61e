"""What a company sets for itself."""

from dataclasses import asdict
from functools import lru_cache
from zoneinfo import available_timezones

from fastapi import APIRouter

from callwright.accounts import calling_settings
from callwright.dialogue.duties import Duties
from callwright.tasks.news import wake_leader_for_all
from callwright.web.access import Asking, SettingsChanger, SettingsReader
from callwright.web.schemas.settings import CallingSettings, CallingSettingsOut, ScriptDuties

router = APIRouter(prefix="/settings", tags=["settings"])


@router.get("/calling")
async def get_calling_settings(asking: SettingsReader) -> CallingSettingsOut:
    """When, how often, with what consent and by which clock the company calls."""
    return await _shown(asking)


@router.put("/calling")
async def change_calling_settings(body: CallingSettings, asking: SettingsChanger) -> CallingSettingsOut:
    """Set all of it; running tasks follow at once, calls under way go on."""
    wanted = calling_settings.CallingSettings(
        body.time_zone,
        body.calling_hours,
        body.number_caps,
        body.consent_policy,
        Duties(**body.script_duties.model_dump()),
    )
    async with asking.transaction() as session:
        await calling_settings.change_calling_settings(session, asking.who.tenant_id, wanted)
        await wake_leader_for_all(session)
    return await _shown(asking)


async def _shown(asking: Asking) -> CallingSettingsOut:
    async with asking.transaction() as session:
        found = await calling_settings.get_calling_settings(session, asking.who.tenant_id)
    return CallingSettingsOut(
        time_zone=found.time_zone,
        calling_hours=found.calling_hours,
        number_caps=dict(found.number_caps),
        consent_policy=found.consent_policy,
        script_duties=ScriptDuties.model_validate(asdict(found.script_duties)),
        time_zones=_time_zones(),
    )


@lru_cache(maxsize=1)
def _time_zones() -> list[str]:
    # Those of places; the others are kept for old programs.
    return [*sorted(zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")), "UTC"]
