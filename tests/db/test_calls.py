"""Calls: kept with everything, listed, counted."""

from dataclasses import asdict, replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, text, update

from callwright.blobs.port import BlobKey
from callwright.calls import service
from callwright.calls.customers import list_customers
from callwright.calls.errors import NoRecordingError
from callwright.calls.noting import Note, write_notes
from callwright.calls.pace import get_latest_starts
from callwright.calls.progress import get_progress
from callwright.calls.schemas import CallFilter, CustomerFilter, FinishedCall, Percentiles
from callwright.calls.summary import summarise
from callwright.db.news import RECONNECTED, Channel, listen
from callwright.db.session import Database
from callwright.db.tables.tasks import AttemptRow, TaskCustomerRow
from callwright.kit.errors import NotFoundError
from tests.factories.calling import NOW, Caller, make_caller
from tests.factories.calls import TURNS, answered_call, claim, close_call, dial, failed_call, make_node, plan_now


async def _call_everybody(caller: Caller, database: Database) -> list[FinishedCall]:
    """Call four people: two talk, one is busy, one number is wrong."""
    node = await make_node(database)
    await plan_now(database)
    attempts = await claim(database, node)
    recording = str(BlobKey(caller.tenant_id, "recordings/a.wav"))
    ends = [
        replace(answered_call(attempts[0].id), recording=recording),
        answered_call(attempts[1].id, grade="C", reply_ms=(600, 700, 800)),
        failed_call(attempts[2].id, "busy", 486),
        failed_call(attempts[3].id, "invalid_number", 404),
    ]
    for attempt, end in zip(attempts, ends, strict=True):
        await dial(database, attempt, node)
        await close_call(database, end)
    return ends


async def test_a_call_is_kept_with_everything(database: Database) -> None:
    caller = await make_caller(database)
    task = await caller.running_task(4)
    ends = await _call_everybody(caller, database)
    async with database.tenant(caller.tenant_id) as session:
        listed = await service.list_calls(session, CallFilter(task_id=task.id))
        call = await service.get_call(session, listed[-1].id)
        assert await service.recording_key(session, call.summary.id) == BlobKey(
            caller.tenant_id, "recordings/a.wav"
        )
        with pytest.raises(NoRecordingError):
            await service.recording_key(session, listed[0].id)
    assert call.summary == listed[-1]
    assert (call.summary.task_name, call.summary.customer.name) == ("Spring", "Person 0")
    assert (call.summary.phone_state, call.summary.grade, call.summary.turns) == ("connected", "A", 2)
    assert call.answered_after_ms == 4_000
    assert [turn.number for turn in call.transcript] == [1, 2]
    assert [turn.text for turn in call.transcript] == [turn.text for turn in TURNS]
    assert [(event.number, event.at_ms, event.kind, event.data) for event in call.events] == [
        (1, -4_000, "ringing", {}),
        (2, 2_100, "barge_in", {"after_ms": 80}),
    ]
    for field in ("grade_reasons", "collected", "path", "answer_to_audio_ms", "reply_ms", "media"):
        assert getattr(call, field) == getattr(ends[0], field)
    assert (call.line.name, call.summary.script.version) == ("Line", 1)


async def test_calls_are_filtered_and_paged(database: Database) -> None:
    caller, other = await make_caller(database), await make_caller(database, name="Other")
    task = await caller.running_task(4)
    await _call_everybody(caller, database)
    async with database.tenant(caller.tenant_id) as session:
        everything = await service.list_calls(session, CallFilter())
        first = await service.list_calls(session, CallFilter(), limit=3)
        rest = await service.list_calls(session, CallFilter(), after=first[-1].place, limit=3)
        assert first + rest == everything
        assert len(everything) == 4

        async def states(wanted: CallFilter) -> list[str | None]:
            return [call.phone_state for call in await service.list_calls(session, wanted)]

        assert await states(CallFilter(phone_state="busy")) == ["busy"]
        assert await states(CallFilter(grade="C")) == ["connected"]
        assert await states(CallFilter(min_talk_ms=1)) == ["connected", "connected"]
        assert await states(CallFilter(text="person 3")) == ["invalid_number"]
        assert await states(CallFilter(text="5550102")) == ["busy"]
        assert await states(CallFilter(task_id=task.id, text="%")) == []
    async with database.tenant(other.tenant_id) as session:
        assert await service.list_calls(session, CallFilter()) == []
        with pytest.raises(NotFoundError):
            await service.get_call(session, everything[0].id)
        with pytest.raises(NotFoundError):
            await get_progress(session, task.id, now=NOW)
        with pytest.raises(NotFoundError):
            await list_customers(session, task.id, CustomerFilter())


async def _finishing_with_a_redial_in(
    caller: Caller, database: Database, task_id: UUID, after: timedelta
) -> datetime:
    async with database.tenant(caller.tenant_id) as session:
        some = select(TaskCustomerRow.id).where(TaskCustomerRow.state == "uncalled").limit(1).scalar_subquery()
        later = update(TaskCustomerRow).where(TaskCustomerRow.id == some)
        await session.execute(later.values(state="waiting", due_at=NOW + after))
        about = (await get_progress(session, task_id, now=NOW)).finishing_about
    assert about is not None
    return about


async def test_progress_and_summary_agree_with_the_calls(database: Database) -> None:
    caller = await make_caller(database)
    task = await caller.running_task(6, concurrency=4)
    async with database.tenant(caller.tenant_id) as session:
        before = await get_progress(session, task.id, now=NOW)
    assert (before.reply_ms, before.answer_to_audio_ms, before.finishing_about) == (None, None, None)
    await _call_everybody(caller, database)
    async with database.tenant(caller.tenant_id) as session:
        progress = await get_progress(session, task.id, now=NOW)
        summary = await summarise(session, task.id)
    assert (progress.customers, progress.uncalled, progress.calling, progress.called) == (6, 2, 0, 4)
    assert (progress.attempts, progress.connected, progress.talk_ms) == (4, 2, 12_000)
    assert (progress.seats, progress.under_way, progress.live) == (4, 0, [])
    (over,) = progress.by_line
    assert (over.line.name, over.calls, over.connected, over.lost, over.talk_ms) == ("Line", 4, 2, 0, 12_000)
    assert over.spent == progress.spent
    assert (progress.pace.last_minute, progress.pace.last_hour) == (4, 4), "it began just now"
    assert progress.pace.possible == pytest.approx(60 * 4 / 10)
    assert progress.finishing_about is not None
    assert await _finishing_with_a_redial_in(caller, database, task.id, timedelta(days=1)) > NOW + timedelta(days=1)
    assert asdict(summary) == {
        "calls": 4,
        "attempts": 4,
        "connected": 2,
        "by_phone_state": {"busy": 1, "connected": 2, "invalid_number": 1},
        "by_grade": {"A": 1, "C": 1},
        "recordings": 1,
        "transcripts": 2,
        "reply_ms": {"p50": 600, "p95": 780},
        "answer_to_audio_ms": {"p50": 120, "p95": 120},
    }
    assert progress.reply_ms == Percentiles(600, 780)


async def test_a_call_is_followed_while_it_lasts(database: Database) -> None:
    caller = await make_caller(database)
    task = await caller.running_task(2)
    node = await make_node(database)
    await plan_now(database)
    first, second = await claim(database, node)
    call_id = await dial(database, first, node)
    await dial(database, second, node)
    happened = [Note(first.id, ringing_at=NOW), Note(second.id, ringing_at=NOW), Note(first.id, answered_at=NOW)]
    async with database.system() as session:
        await write_notes(session, happened + [Note(first.id, turn=turn) for turn in TURNS])
    async with database.tenant(caller.tenant_id) as session:
        progress = await get_progress(session, task.id, now=NOW)
        under_way = await service.get_call(session, call_id)
        assert await service.list_calls(session, CallFilter()) == [], "only what is over is listed"
    live = {call.attempt_id: call for call in progress.live}
    assert [live[first.id].stage, live[second.id].stage] == ["connected", "ringing"]
    assert (live[first.id].call_id, live[first.id].turns) == (call_id, 2)
    assert (live[first.id].last_text, live[second.id].last_text) == ("Tuesday morning.", None)
    assert (progress.calling, progress.under_way) == (2, 2)
    assert (under_way.summary.ended_at, len(under_way.transcript)) == (None, 2)
    await close_call(database, answered_call(first.id))
    async with database.tenant(caller.tenant_id) as session:
        closed = await service.get_call(session, call_id)
    assert len(closed.transcript) == 2


async def test_the_customers_of_a_task_show_their_latest_call(database: Database) -> None:
    caller = await make_caller(database)
    task = await caller.running_task(5, concurrency=4)
    await _call_everybody(caller, database)
    async with database.tenant(caller.tenant_id) as session:
        everyone = await list_customers(session, task.id, CustomerFilter())
        first = await list_customers(session, task.id, CustomerFilter(), limit=2)
        rest = await list_customers(session, task.id, CustomerFilter(), after=first[-1].position)
        assert first + rest == everyone
        uncalled = await list_customers(session, task.id, CustomerFilter(state="uncalled"))
        named = await list_customers(session, task.id, CustomerFilter(text="PERSON 1"))
    assert [(one.last_phone_state, one.last_grade, one.attempts) for one in everyone] == [
        ("connected", "A", 1),
        ("connected", "C", 1),
        ("busy", None, 1),
        ("invalid_number", None, 1),
        (None, None, 0),
    ]
    assert [one.name for one in uncalled] == ["Person 4"]
    assert [one.name for one in named] == ["Person 1"]
    assert named[0].variables["last_visit"] == "last April"


async def test_pages_hear_of_what_happens(database: Database) -> None:
    caller = await make_caller(database)
    task = await caller.running_task(1)
    node = await make_node(database)
    await plan_now(database)
    (attempt,) = await claim(database, node)
    news = listen(database.url, Channel.BROWSER)
    assert await anext(news) is RECONNECTED
    call_id = await dial(database, attempt, node)
    await close_call(database, answered_call(attempt.id))
    ours = {"tenant": str(caller.tenant_id), "task": str(task.id)}
    heard = [await anext(news) for _ in range(3)]
    await news.aclose()
    assert heard == [
        (Channel.BROWSER, {**ours, "kind": "task"}),
        (Channel.BROWSER, {**ours, "kind": "task"}),
        (Channel.BROWSER, {**ours, "kind": "call", "call": str(call_id)}),
    ]


async def test_the_latest_starts_are_found_past_however_many_were_never_dialled(database: Database) -> None:
    caller = await make_caller(database)
    task = await caller.running_task(4)
    await _call_everybody(caller, database)
    read = text("SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = 'attempts'")
    async with database.tenant(caller.tenant_id) as session:
        called = (await session.scalars(select(AttemptRow.task_customer_id).limit(1))).one()
        whose = {"task_id": task.id, "task_customer_id": called, "line_id": caller.line_id}
        never = {**whose, "state": "interrupted", "planned_at": NOW}
        session.add_all(AttemptRow(**never, number=number) for number in range(2, 502))
    async with database.system() as session:
        await session.execute(text("ANALYZE attempts"))
    async with database.tenant(caller.tenant_id) as session:
        starts = await get_latest_starts(session, task.id, calls_at_once=1)
        rows = await session.scalar(read)
    assert len(starts) == 4
    assert rows is not None
    assert rows < 100
