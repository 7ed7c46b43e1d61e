"""A call node with a real database and a phone engine without a network."""

import json
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import func, select, update
from structlog.testing import capture_logs

from callwright.blobs.port import BlobKey
from callwright.callroom import dialogues
from callwright.callroom.errors import CallNotPlacedError
from callwright.callroom.node import WorkFolderInUseError
from callwright.callroom.results import Result, Results
from callwright.calls.keeping import abandon_call
from callwright.calls.progress import get_progress
from callwright.calls.schemas import CallFilter, CallSummary
from callwright.calls.service import list_calls
from callwright.calls.summary import summarise
from callwright.db.embedded import EmbeddedPostgres
from callwright.db.tables.nodes import NodeRow
from callwright.db.tables.tasks import AttemptRow, TaskRow
from callwright.kit.clock import SystemClock
from callwright.kit.ids import new_id
from callwright.scripts.service import get_graph
from callwright.tasks.schemas import Trouble
from callwright.telephony.errors import NoMediaPortError
from tests.factories.calling import NOW, Caller, make_caller
from tests.factories.calls import answered_call, claim, dial, make_node, plan_now
from tests.factories.house import House, nothing_under_way, task_is
from tests.factories.outage import come_back, go_away
from tests.fakes.crowd import answers, busy
from tests.waiting import until


async def _calls(caller: Caller) -> list[CallSummary]:
    async with caller.database.tenant(caller.tenant_id) as session:
        return await list_calls(session, CallFilter())


async def test_a_task_is_carried_out_to_its_end(house: House) -> None:
    caller = await make_caller(house.database)
    task = await caller.running_task(8, concurrency=3)
    async with house.open():
        await until(lambda: task_is(caller, task.id, "finished"), "the end of the task")
    assert set(house.engine.dialled.values()) == {1}
    assert len(house.engine.dialled) == 8
    request = house.engine.calls[0].request
    assert (request.caller_number, request.trunk) == ("+12125550100", str(caller.line_id))
    calls = await _calls(caller)
    async with house.database.tenant(caller.tenant_id) as session:
        summary = await summarise(session, task.id)
    assert (summary.calls, summary.attempts, summary.connected, summary.recordings) == (8, 8, 8, 8)
    assert all(call.grade is not None and call.answered_at is not None for call in calls)
    key = BlobKey(caller.tenant_id, f"recordings/{_recorded(house)[0]}")
    assert await house.blobs.size(key) >= 44
    assert not list(house.config.work.rglob("*.wav"))
    assert not list(house.config.work.rglob("*.json"))
    async with house.database.system() as session:
        node = (await session.scalars(select(NodeRow))).one()
    assert node.ended_at is not None


def _recorded(house: House) -> list[str]:
    root = house.config.work.parent / "blobs"
    return [str(path.relative_to(path.parent.parent)) for path in root.rglob("*.wav")]


async def test_the_network_s_answers_are_kept(house: House) -> None:
    house.engine.callee = busy
    caller = await make_caller(house.database)
    task = await caller.running_task(2)
    async with house.open():
        await until(lambda: task_is(caller, task.id, "finished"))
    assert [(call.phone_state, call.sip_code, call.has_recording) for call in await _calls(caller)] == [
        ("busy", 486, False)
    ] * 2


async def test_a_node_that_can_not_call_costs_nobody_their_call(house: House) -> None:
    house.engine.error = NoMediaPortError(first=1, last=2)
    caller = await make_caller(house.database)
    task = await caller.running_task(3)
    async with house.open():

        async def tried() -> bool:
            async with house.database.tenant(caller.tenant_id) as session:
                interrupted = select(func.count()).where(AttemptRow.state == "interrupted")
                return (await session.scalar(interrupted) or 0) >= 3

        await until(tried, "a try")
        assert await _calls(caller) == []
        expected = Trouble("no-media-port", str(house.engine.error))

        async def told() -> bool:
            return await _trouble(caller, task.id) == expected

        await until(told, "the trouble")
        house.engine.error = None
        await until(lambda: task_is(caller, task.id, "finished"), "calling after all")

        async def forgotten() -> bool:
            async with house.database.system() as session:
                return await session.scalar(select(NodeRow.trouble)) is None

        await until(forgotten, "the end of the trouble")
    assert house.engine.dialled.total() == 3


async def _trouble(caller: Caller, task_id: UUID) -> Trouble | None:
    async with caller.database.tenant(caller.tenant_id) as session:
        return (await get_progress(session, task_id, now=NOW)).trouble


async def test_a_running_task_without_a_call_node_says_so(house: House) -> None:
    caller = await make_caller(house.database)
    task = await caller.running_task(1)
    trouble = await _trouble(caller, task.id)
    assert trouble is not None
    assert trouble.code == "no-call-node"


async def test_an_engine_that_hangs_may_have_dialled_so_nobody_is_dialled_again(house: House) -> None:
    house.engine.error = CallNotPlacedError(seconds=1)
    caller = await make_caller(house.database)
    task = await caller.running_task(1)
    async with house.open():
        await until(lambda: task_is(caller, task.id, "finished"), "giving up")
    async with house.database.tenant(caller.tenant_id) as session:
        progress = await get_progress(session, task.id, now=NOW)
    assert (progress.called, progress.attempts, progress.connected) == (1, 1, 0)


async def test_speech_that_is_away_costs_nobody_their_call(house: House) -> None:
    house.speech.broken = True
    caller = await make_caller(house.database)
    task = await caller.running_task(2)
    async with house.open():

        async def resting() -> bool:
            async with house.database.system() as session:
                return await session.scalar(select(NodeRow.capacity)) == 0

        await until(resting, "the node's rest")
        assert house.engine.dialled.total() == 0
        house.speech.broken = False
        await until(lambda: task_is(caller, task.id, "finished"), "calling after all")
    assert set(house.engine.dialled.values()) == {1}


async def test_calls_that_fail_together_rest_their_node_once(house: House) -> None:
    house.speech.broken = True
    caller = await make_caller(house.database)
    await caller.running_task(8, concurrency=8)
    with capture_logs() as logs:
        async with house.open():

            async def rested_twice() -> bool:
                return len([entry for entry in logs if entry["event"] == "call node rests"]) == 2

            await until(rested_twice, "a second rest")
    rests = [entry["rest_s"] for entry in logs if entry["event"] == "call node rests"]
    assert rests == [1.0, 2.0]


async def test_a_stopped_node_hangs_up_and_keeps_what_was(house: House) -> None:
    house.engine.callee = answers
    house.config = replace(house.config, grace_s=0.2)
    caller = await make_caller(house.database)
    task = await caller.running_task(4, concurrency=2)
    async with house.open() as node:

        async def talking() -> bool:
            async with house.database.tenant(caller.tenant_id) as session:
                live = (await get_progress(session, task.id, now=NOW)).live
            return [call.stage for call in live] == ["connected", "connected"]

        await until(talking, "two conversations")
        house.stop.set()
        await node
    assert [call.hang_ups for call in house.engine.calls] == [1, 1]
    calls = await _calls(caller)
    assert [(call.phone_state, call.interrupted, call.has_recording) for call in calls] == [
        ("connected", True, True)
    ] * 2
    after = await caller.view(task.id)
    assert (after.state, after.called) == ("running", 2)


async def test_results_survive_a_database_that_goes_away(
    house: House, database_url: str, postgres: EmbeddedPostgres
) -> None:
    house.engine.callee = answers
    caller = await make_caller(house.database)
    task = await caller.running_task(2)
    async with house.open():
        await until(lambda: _connected(caller, task.id, 2), "two conversations")
        await go_away(postgres, database_url)
        for call in house.engine.calls:
            await call.hang_up()

        async def waiting() -> bool:
            return sum(len(json.loads(file.read_text())) for file in house.config.work.rglob("*.json")) == 2

        await until(waiting, "results kept in files")
        await come_back(postgres, database_url)
        await until(lambda: _is_quietly(caller, task.id, "finished"), "the end of the task")
    assert {(call.phone_state, call.interrupted) for call in await _calls(caller)} == {("connected", False)}
    assert house.engine.dialled.total() == 2


async def _connected(caller: Caller, task_id: object, count: int) -> bool:
    async with caller.database.tenant(caller.tenant_id) as session:
        connected = select(func.count()).where(AttemptRow.task_id == task_id, AttemptRow.state == "connected")
        return await session.scalar(connected) == count


async def _is_quietly(caller: Caller, task_id: object, state: str) -> bool:
    try:
        return await task_is(caller, task_id, state)
    except Exception:
        return False


async def test_what_the_database_thinks_is_ours_and_is_not_is_let_go(house: House) -> None:
    caller = await make_caller(house.database)
    task = await caller.running_task(2)
    other = await make_node(house.database)
    await plan_now(house.database)
    dialled, _ = await claim(house.database, other)
    await dial(house.database, dialled, other)
    async with house.open(dialer=False):

        async def registered() -> UUID | None:
            async with house.database.system() as session:
                return await session.scalar(select(NodeRow.id).where(NodeRow.id != other))

        async def is_registered() -> bool:
            return await registered() is not None

        await until(is_registered, "registering")
        # In the node's name and behind its back, as by a commit whose confirmation was lost.
        async with house.database.system() as session:
            await session.execute(update(AttemptRow).values(node_id=await registered()))
        await until(lambda: nothing_under_way(caller), "letting go")
    async with house.database.tenant(caller.tenant_id) as session:
        progress = await get_progress(session, task.id, now=NOW)
    assert (progress.called, progress.uncalled) == (1, 1)


async def test_a_recording_of_a_node_that_died_is_kept(house: House) -> None:
    caller = await make_caller(house.database)
    await caller.running_task(1)
    dead = await make_node(house.database)
    await plan_now(house.database)
    (attempt,) = await claim(house.database, dead)
    await dial(house.database, attempt, dead)
    folder = house.config.work / "recordings" / str(caller.tenant_id)
    folder.mkdir(parents=True)
    (folder / f"{attempt.id}.wav").write_bytes(b"RIFF")
    (folder / f"{dead}.wav").write_bytes(b"of a call that is not kept")
    results = Results(house.config.work, house.database, house.blobs, SystemClock(), retry_s=1)
    results.open()
    await results.deliver_once()
    assert not list(folder.iterdir())
    async with house.database.system() as session:
        await session.execute(update(NodeRow).values(ended_at=NOW))
    assert len(_recorded(house)) == 1


async def test_a_torn_result_is_set_aside(house: House) -> None:
    folder = house.config.work / "results"
    folder.mkdir(parents=True)
    torn = folder / f"{new_id()}.json"
    torn.write_text('{"tenant_id": ')
    results = Results(house.config.work, house.database, house.blobs, SystemClock(), retry_s=1)
    results.open()
    await results.deliver_once()
    assert [path.name for path in folder.iterdir()] == [f"{torn.stem}.failed"]


async def test_a_result_that_the_database_refuses_is_set_aside_even_if_its_call_was_closed(house: House) -> None:
    caller = await make_caller(house.database)
    await caller.running_task(1)
    node = await make_node(house.database)
    await plan_now(house.database)
    (attempt,) = await claim(house.database, node)
    await dial(house.database, attempt, node)
    async with house.database.tenant(caller.tenant_id) as session:
        await abandon_call(session, attempt.id, "taken for dead", NOW)
    results = Results(house.config.work, house.database, house.blobs, SystemClock(), retry_s=1)
    results.open()
    await results.keep(Result(caller.tenant_id, replace(answered_call(attempt.id), talk_ms=2**40), None))
    assert [path.suffix for path in (house.config.work / "results").iterdir()] == [".failed"]


async def test_two_nodes_do_not_share_a_work_folder(house: House) -> None:
    async with house.open(dialer=False):

        async def locked() -> bool:
            return (house.config.work / "lock").exists()

        await until(locked)
        with pytest.raises(WorkFolderInUseError, match="work"):
            await _run_another(house)


async def _run_another(house: House) -> None:
    async with house.open(dialer=False) as node:
        await node


async def test_a_version_that_is_gone_stops_its_task_and_rests_no_node(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = await make_caller(house.database)
    task = await caller.running_task(1)
    monkeypatch.setattr(dialogues, "get_graph", lambda session, _: get_graph(session, new_id()))
    with capture_logs() as logs:
        async with house.open():
            await until(lambda: task_is(caller, task.id, "paused"), "the task's pause")
            await until(lambda: nothing_under_way(caller), "the end of what was under way")
    assert [entry for entry in logs if entry["event"] == "call node rests"] == []
    assert house.engine.calls == []
    async with house.database.tenant(caller.tenant_id) as session:
        assert await session.scalar(select(TaskRow.state_reason)) == "script_fault"
