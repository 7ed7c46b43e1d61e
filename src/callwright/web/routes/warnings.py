"""Warnings: one's own, reading them, and who in the company is told of what."""

from typing import Annotated

from fastapi import APIRouter, Query

from callwright.accounts.service import get_tenant
from callwright.warnings import schemas, service, settings
from callwright.web.access import Asking, SettingsChanger, SettingsReader, WarningReader
from callwright.web.paging import After, Limit, after_id, page
from callwright.web.schemas.base import Page
from callwright.web.schemas.warnings import (
    OwnWarning,
    Person,
    ReadWarnings,
    Unread,
    WarningSettings,
    WarningSettingsBase,
)

router = APIRouter(prefix="/warnings", tags=["warnings"])


@router.get("")
async def list_warnings(
    asking: WarningReader, standing: Annotated[bool, Query()] = False, limit: Limit = 50, after: After = None
) -> Page[OwnWarning]:
    """What one was told of, the newest first; ``standing``: only what is not mended yet."""
    async with asking.transaction() as session:
        found = await service.list_warnings(
            session, asking.who.user_id, standing=standing, after=after_id(after), limit=limit + 1
        )
    shown, cursor = page(found, limit, lambda row: row.id)
    return Page(items=[OwnWarning.model_validate(row) for row in shown], next=cursor)


@router.get("/unread")
async def count_unread_warnings(asking: WarningReader) -> Unread:
    """How many of them one has not read."""
    async with asking.transaction() as session:
        return Unread(unread=await service.count_unread(session, asking.who.user_id))


@router.post("/read")
async def read_warnings(body: ReadWarnings, asking: WarningReader) -> Unread:
    """Note that one has read some of them, or all."""
    async with asking.transaction() as session:
        await service.note_read(session, asking.who.user_id, body.ids, now=asking.now)
        return Unread(unread=await service.count_unread(session, asking.who.user_id))


@router.get("/settings")
async def get_warning_settings(asking: SettingsReader) -> WarningSettings:
    """Who is told of what, and from when on."""
    async with asking.transaction() as session:
        found = await settings.get_settings(session)
    return await _shown(asking, found)


@router.put("/settings")
async def change_warning_settings(body: WarningSettingsBase, asking: SettingsChanger) -> WarningSettings:
    """Set all of it; it holds for what comes up from now on."""
    wanted = schemas.WarningSettings(body.low_balance, body.everyday, body.people)
    async with asking.transaction() as session:
        kept = await settings.change_settings(session, wanted)
    return await _shown(asking, kept)


async def _shown(asking: Asking, found: schemas.WarningSettings) -> WarningSettings:
    async with asking.transaction() as session:
        people = await settings.list_people(session)
        tenant = await get_tenant(session, asking.who.tenant_id)
    return WarningSettings(
        low_balance=found.low_balance,
        everyday=list(found.everyday),
        people={kind: list(chosen) for kind, chosen in found.people.items()},
        currency=tenant.currency,
        choices=[Person.model_validate(one) for one in people],
    )
