"""What is written down of a call while it lasts must never stand in the way of its record."""

from callwright.callroom.live_notes import LiveNotes
from callwright.callroom.record import Speaker, Turn
from callwright.calls.service import get_call
from callwright.db.session import Database
from tests.factories.calling import make_caller
from tests.factories.calls import claim, dial, make_node, plan_now
from tests.waiting import until


async def test_a_note_that_the_database_refuses_stops_neither_the_next_nor_the_end(database: Database) -> None:
    caller = await make_caller(database)
    await caller.running_task(1)
    node = await make_node(database)
    await plan_now(database)
    (attempt,) = await claim(database, node)
    call_id = await dial(database, attempt, node)
    notes = LiveNotes(database, caller.tenant_id, attempt.id)
    notes.turn_added(Turn(Speaker.AI, 2**40, 2**40, "no database keeps so late a moment"))
    notes.turn_added(Turn(Speaker.AI, 0, 900, "Hello."))

    async def written() -> bool:
        async with database.tenant(caller.tenant_id) as session:
            return [turn.text for turn in (await get_call(session, call_id)).transcript] == ["Hello."]

    await until(written)
    await notes.close()
