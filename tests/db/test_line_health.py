"""A line whose connect rate falls, from the results of its calls to the leader's choice, and its way back."""

from dataclasses import replace
from datetime import timedelta

from callwright.callroom.opening import Dialling
from callwright.db.session import Database
from callwright.db.tables.lines import LineRow
from callwright.dialing.line_health import FIRST_PROBE, UNANSWERED_IN_A_ROW, LineFault, from_data
from callwright.lines.health import note_results
from tests.factories.calling import NOW, make_caller
from tests.factories.calls import Leader, answered_call, claim, close_call, failed_call, make_node, open_call

EVERY = timedelta(seconds=2)


async def test_a_marked_fall_is_seen_before_fifty_failures_and_a_probe_finds_that_it_is_over(
    database: Database,
) -> None:
    """Two of five calls connected; then hardly any does."""
    caller = await make_caller(database)
    task = await caller.running_task(60, concurrency=4)
    used = [(caller.line_id, "connected" if call % 5 < 2 else "no_answer", NOW) for call in range(200)]
    async with database.system() as session:
        await note_results(session, used)
    node, leader, now, failures = await make_node(database), Leader(database), NOW, 0
    await leader.look(now)
    while await leader.look(now) or not failures:
        for attempt in await claim(database, node):
            assert isinstance(await open_call(database, attempt, node, now=now), Dialling)
            now += EVERY
            await close_call(database, replace(failed_call(attempt.id, "no_answer", 408, rang=True), ended_at=now))
            failures += 1
    assert 10 < failures < UNANSWERED_IN_A_ROW
    assert (await caller.view(task.id)).waiting.detail == {"standing": "faulty"}
    async with database.system() as session:
        assert from_data((await session.get_one(LineRow, caller.line_id)).health).fault is LineFault.RATE

    now += FIRST_PROBE
    assert await leader.look(now) == 1
    (probe,) = await claim(database, node)
    assert isinstance(await open_call(database, probe, node, now=now), Dialling)
    await close_call(database, replace(answered_call(probe.id), ended_at=now))
    assert await leader.look(now) == 4, "the line is well again"
