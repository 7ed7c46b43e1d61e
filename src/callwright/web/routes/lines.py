"""Lines."""

from uuid import UUID

from fastapi import APIRouter

from callwright.calls import test_calls
from callwright.lines import service as lines
from callwright.lines.drafts import LineDraft
from callwright.lines.status import get_statuses
from callwright.web import present
from callwright.web.access import LineChanger, LineReader, LineTester
from callwright.web.paging import After, Limit, after_id, page
from callwright.web.schemas.base import Page
from callwright.web.schemas.lines import LineOut, NewLine, NewTestCall, TestCall

router = APIRouter(prefix="/lines", tags=["lines"])


@router.get("")
async def list_lines(asking: LineReader, limit: Limit = 50, after: After = None) -> Page[LineOut]:
    """Lines and how they stand, the newest first."""
    async with asking.transaction() as session:
        found = await lines.list_lines(session, after=after_id(after), limit=limit + 1)
        shown, cursor = page(found, limit, lambda line: line.id)
        statuses = await get_statuses(session, [line.id for line in shown])
    return Page(items=[present.line(line, statuses.get(line.id)) for line in shown], next=cursor)


@router.post("", status_code=201)
async def create_line(body: NewLine, asking: LineChanger) -> LineOut:
    """Make a line. Its password is kept encrypted and never given back."""
    draft = LineDraft(
        name=body.name,
        kind=body.kind,
        carrier_host=body.carrier_host,
        carrier_port=body.carrier_port,
        username=body.username,
        password=body.password.get_secret_value() if body.password else None,
        register=body.register_,
        caller_number=body.caller_number,
        channels=body.channels,
        ring_timeout_s=body.ring_timeout_s,
    )
    async with asking.transaction() as session:
        line = await lines.create_line(session, draft, region=asking.who.region, box=asking.parts.box)
        return present.line(line, None)


@router.post("/{line_id}/test-call", status_code=201)
async def place_test_call(line_id: UUID, body: NewTestCall, asking: LineTester) -> TestCall:
    """Have a call node place one short call over the line: a spoken sentence, then it hangs up. Once a minute."""
    async with asking.transaction() as session:
        placed = await test_calls.ask_for(
            session, line_id, body.to, asked_by=asking.who.user_id, region=asking.who.region, now=asking.now
        )
    return TestCall.model_validate(placed)


@router.get("/{line_id}/test-call")
async def get_test_call(line_id: UUID, asking: LineReader) -> TestCall | None:
    """The line's latest test call, as far as it got; null where there was none."""
    async with asking.transaction() as session:
        latest = await test_calls.get_latest(session, line_id, now=asking.now)
    return TestCall.model_validate(latest) if latest is not None else None
