"""Lines."""

import asyncio
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.callroom.test_gate import TestDialling, foresee
from callwright.calls import test_calls
from callwright.calls.errors import TestCallRefusedError
from callwright.db.tables.lines import LineRow
from callwright.dialing.gate import Verdict
from callwright.kit.phone import to_callable
from callwright.kit.phone_region import region_of, regions_in
from callwright.lines import service as lines
from callwright.lines.standing import region_to_text
from callwright.tasks import removing_lines
from callwright.tasks.news import wake_leader_for_all
from callwright.web import present_lines
from callwright.web.access import Asking, LineChanger, LineReader, LineTester
from callwright.web.paging import After, Limit, after_id, page
from callwright.web.schemas.base import GateWord, Page
from callwright.web.schemas.lines import LineDetail, LineOut, NewLine, NewTestCall, RegionOut, TestCall

router = APIRouter(prefix="/lines", tags=["lines"])

Retired = Annotated[bool, Query(description="Those that are retired, which are else left out.")]
Country = Annotated[str, Query(pattern="^[A-Z]{2}$", examples=["GB"], description="ISO 3166 alpha-2.")]


@router.get("")
async def list_lines(
    asking: LineReader, retired: Retired = False, limit: Limit = 50, after: After = None
) -> Page[LineOut]:
    """Lines and how they stand, the newest first."""
    async with asking.transaction() as session:
        found = await lines.list_lines(session, retired=retired, after=after_id(after), limit=limit + 1)
        shown, cursor = page(found, limit, lambda line: line.id)
        live = await present_lines.get_live(session, [line.id for line in shown], asking.now)
    return Page(items=[present_lines.line(line, live) for line in shown], next=cursor)


@router.post("", status_code=201)
async def create_line(body: NewLine, asking: LineChanger) -> LineDetail:
    """Make a line. Its password is kept encrypted and never given back."""
    async with asking.transaction() as session:
        line = await lines.create_line(
            session, body.draft(), region=asking.who.region, box=asking.parts.box, now=asking.now
        )
        return await _detail(session, asking, line)


@router.get("/regions")
async def list_line_regions(country: Country, _asking: LineReader) -> list[RegionOut]:
    """The places of a country in which a line can be at home: those that a phone number tells."""
    found = await asyncio.to_thread(regions_in, country)
    return [RegionOut(province=one.province, city=one.city) for one in found]


@router.get("/{line_id}")
async def get_line(line_id: UUID, asking: LineReader) -> LineDetail:
    """A line, how it stands, and what calls over it."""
    async with asking.transaction() as session:
        return await _detail(session, asking, await lines.get_line(session, line_id))


@router.put("/{line_id}")
async def change_line(line_id: UUID, body: NewLine, asking: LineChanger) -> LineDetail:
    """Make the line this, for calls placed from now on. Without a password it keeps the one it has."""
    async with asking.transaction() as session:
        line = await lines.change_line(
            session, line_id, body.draft(), region=asking.who.region, box=asking.parts.box, now=asking.now
        )
        await wake_leader_for_all(session)
        return await _detail(session, asking, line)


@router.delete("/{line_id}", status_code=204)
async def remove_line(line_id: UUID, asking: LineChanger) -> None:
    """Remove a line that never carried a call and that nothing calls over."""
    async with asking.transaction() as session:
        await removing_lines.remove_line(session, line_id)


@router.post("/{line_id}/retirement")
async def retire_line(line_id: UUID, asking: LineChanger) -> LineDetail:
    """Keep a line that nothing calls over for its history alone: it takes no calls, and can't be chosen."""
    async with asking.transaction() as session:
        return await _detail(session, asking, await removing_lines.retire(session, line_id, asking.now))


@router.delete("/{line_id}/retirement")
async def take_line_back(line_id: UUID, asking: LineChanger) -> LineDetail:
    """Let a line that was retired take calls again."""
    async with asking.transaction() as session:
        return await _detail(session, asking, await lines.take_line_back(session, line_id))


@router.post("/{line_id}/test-call", status_code=201)
async def place_test_call(line_id: UUID, body: NewTestCall, asking: LineTester) -> TestCall:
    """Have a call node place one short call over the line: a spoken sentence, then it hangs up. Once a minute.

    It is under the rules of every call, but for the company's own hours; the one that lets it not through is told.
    """
    phone = to_callable(body.to, asking.who.region)
    region = region_to_text(await asyncio.to_thread(region_of, phone))
    async with asking.transaction() as session:
        placed = await test_calls.ask_for(
            session, line_id, phone, region=region, asked_by=asking.who.user_id, now=asking.now
        )
        await _check_gate(asking, TestDialling(asking.who.tenant_id, line_id, phone, region))
    return TestCall.model_validate(placed)


@router.get("/{line_id}/test-call")
async def get_test_call(line_id: UUID, asking: LineReader) -> TestCall | None:
    """The line's latest test call, as far as it got; null where there was none."""
    async with asking.transaction() as session:
        latest = await test_calls.get_latest(session, line_id, now=asking.now)
    return TestCall.model_validate(latest) if latest is not None else None


async def _check_gate(asking: Asking, test: TestDialling) -> None:
    """Raise TestCallRefusedError where the gate would not let the call through at this moment."""
    async with asking.parts.database.system() as session:  # calls to the number are everybody's
        foreseen = await foresee(session, test, asking.now)
    if foreseen.verdict is not Verdict.ALLOW:
        word = GateWord.model_validate(foreseen)
        raise TestCallRefusedError(rule=foreseen.rule.value, gate=word.model_dump(mode="json"), where="to")


async def _detail(session: AsyncSession, asking: Asking, line: LineRow) -> LineDetail:
    live = await present_lines.get_live(session, [line.id], asking.now)
    return present_lines.line_detail(line, live, await removing_lines.users_of(session, line.id))
