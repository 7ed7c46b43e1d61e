"""Calls and their recordings."""

from dataclasses import replace
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from callwright.calls import corrections
from callwright.calls import service as calls
from callwright.calls.schemas import CallFilter, CallOrder
from callwright.tasks import service as tasks
from callwright.web import present
from callwright.web.access import Asking, CallReader, GradeCorrector
from callwright.web.masking import hides
from callwright.web.paging import After, Limit, after_call, call_cursor, page
from callwright.web.schemas.base import Page, SomeMoment, Sought
from callwright.web.schemas.calls import (
    CallDetail,
    CallSummary,
    GradeCorrection,
    NewGradeCorrection,
    PhoneStateName,
)
from callwright.web.schemas.customers import Tag
from callwright.web.sending import AUDIO, send_sound

router = APIRouter(tags=["calls"])


def call_filter(  # noqa: PLR0913 - everything that can be asked for
    phone_state: PhoneStateName | None = None,
    grade: Annotated[str | None, Query(max_length=20)] = None,
    tag: Annotated[Tag | None, Query(description="Of the customer.")] = None,
    text: Annotated[Sought | None, Query()] = None,
    min_talk_ms: Annotated[int | None, Query(ge=0, le=86_400_000)] = None,
    max_talk_ms: Annotated[int | None, Query(ge=0, le=86_400_000)] = None,
    since: Annotated[SomeMoment | None, Query(description="Dialled then or later.")] = None,
    before: Annotated[SomeMoment | None, Query(description="Dialled earlier.")] = None,
    customer_id: UUID | None = None,
) -> CallFilter:
    """Return which calls a query asks for."""
    return CallFilter(
        customer_id=customer_id,
        phone_state=phone_state,
        grade=grade,
        tag=tag,
        text=text,
        min_talk_ms=min_talk_ms,
        max_talk_ms=max_talk_ms,
        since=since,
        before=before,
    )


Filter = Annotated[CallFilter, Depends(call_filter)]
Order = Annotated[CallOrder, Query(description="Which come first.")]


@router.get("/calls")
async def list_calls(
    asking: CallReader, which: Filter, order: Order = CallOrder.NEWEST, limit: Limit = 50, after: After = None
) -> Page[CallSummary]:
    """Calls that are over, of all tasks. An agent sees those of their own customers and of the public pool's."""
    return await _page(asking, which, order, limit, after)


@router.get("/tasks/{task_id}/calls")
async def list_task_calls(
    task_id: UUID,
    asking: CallReader,
    which: Filter,
    order: Order = CallOrder.NEWEST,
    limit: Limit = 50,
    after: After = None,
) -> Page[CallSummary]:
    """Calls of one task that are over."""
    return await _page(asking, replace(which, task_id=task_id), order, limit, after)


@router.get("/calls/{call_id}")
async def get_call(call_id: UUID, asking: CallReader) -> CallDetail:
    """Everything known of a call, also while it is under way."""
    async with asking.transaction() as session:
        correction = await corrections.get_correction(session, call_id)
        found = await calls.get_call(session, call_id, scope=asking.scope)
    return present.call(found, correction, masks=asking.masks)


@router.post("/calls/{call_id}/grade-correction")
async def correct_grade(call_id: UUID, body: NewGradeCorrection, asking: GradeCorrector) -> GradeCorrection:
    """Tell which grade a call should have had. It keeps its own; the script is tested by this one from now on."""
    async with asking.transaction() as session:
        made = await corrections.correct_grade(
            session, call_id, body.grade, why=body.why, by=asking.who.user_id, now=asking.now
        )
    return GradeCorrection.model_validate(made)


@router.delete("/calls/{call_id}/grade-correction", status_code=204)
async def take_grade_correction_back(call_id: UUID, asking: GradeCorrector) -> None:
    """Let the call's own grade hold again."""
    async with asking.transaction() as session:
        await corrections.take_correction_back(session, call_id)


@router.get("/calls/{call_id}/recording", response_class=Response, responses=AUDIO)
async def get_recording(call_id: UUID, asking: CallReader, request: Request) -> Response:
    """The recording: stereo WAV, the customer left and us right. Ranges of bytes may be asked for."""
    async with asking.transaction() as session:
        key = await calls.recording_key(session, call_id, scope=asking.scope)
    return await send_sound(asking.parts.blobs, key, request)


async def _page(
    asking: Asking, which: CallFilter, order: CallOrder, limit: int, after: str | None
) -> Page[CallSummary]:
    async with asking.transaction() as session:
        if which.task_id is not None:
            await tasks.get_task(session, which.task_id)  # NotFoundError rather than an empty list
        found = await calls.list_calls(
            session, which, order, scope=asking.scope, after=after_call(after), limit=limit + 1
        )
    if hides(asking, which.text):
        found = []
    shown, cursor = page(found, limit, call_cursor)
    return Page(items=[present.call_summary(view, masks=asking.masks) for view in shown], next=cursor)
