"""What is written down of a call while it lasts must never stand in the way of its record."""

from sqlalchemy import select

from callwright.callroom.live_notes import LiveNotes, NoteBook
from callwright.callroom.record import Speaker, Turn
from callwright.calls.service import get_call
from callwright.db.session import Database
from callwright.db.tables.calls import TranscriptTurnRow
from callwright.db.tables.contacts import DoNotCallRow
from tests.factories.calling import Caller, make_caller, phone
from tests.factories.calls import claim, dial, make_node, plan_now
from tests.waiting import until


async def test_a_note_that_the_database_refuses_stops_neither_the_next_nor_the_end(database: Database) -> None:
    caller = await make_caller(database)
    await caller.running_task(1)
    node = await make_node(database)
    await plan_now(database)
    (attempt,) = await claim(database, node)
    call_id = await dial(database, attempt, node)
    notes = LiveNotes(NoteBook(database), attempt.id)
    notes.turn_added(Turn(Speaker.AI, 2**40, 2**40, "no database keeps so late a moment"))
    notes.turn_added(Turn(Speaker.AI, 0, 900, "Hello."))

    async def written() -> bool:
        async with database.tenant(caller.tenant_id) as session:
            return [turn.text for turn in (await get_call(session, call_id)).transcript] == ["Hello."]

    await until(written)
    await notes.close()


async def _notes(caller: Caller) -> LiveNotes:
    await caller.running_task(1)
    node = await make_node(caller.database)
    await plan_now(caller.database)
    (attempt,) = await claim(caller.database, node)
    await dial(caller.database, attempt, node)
    return LiveNotes(NoteBook(caller.database), attempt.id)


async def _until_listed(caller: Caller, words: str) -> None:
    async def listed() -> bool:
        async with caller.database.tenant(caller.tenant_id) as session:
            entries = await session.execute(select(DoNotCallRow.phone, DoNotCallRow.note))
            return [tuple(entry) for entry in entries] == [(phone(0), words)]

    await until(listed, "the number on the list")


async def test_a_promise_not_to_call_again_is_kept_at_once(database: Database) -> None:
    caller = await make_caller(database)
    notes = await _notes(caller)
    notes.goodbye("do_not_call", "take me off your list")
    await _until_listed(caller, "take me off your list")
    await notes.close()


async def test_a_wish_is_kept_even_where_its_turn_can_not_be(database: Database) -> None:
    caller = await make_caller(database)
    notes = await _notes(caller)
    notes.turn_added(Turn(Speaker.CUSTOMER, 2**40, 2**40, "never again", intent="do_not_call", score=0.9))
    await _until_listed(caller, "never again")
    await notes.close()


async def test_no_other_goodbye_lists_anybody(database: Database) -> None:
    caller = await make_caller(database)
    notes = await _notes(caller)
    notes.goodbye("booked", "on Monday")
    notes.turn_added(Turn(Speaker.CUSTOMER, 0, 900, "call whom?", intent="do_not_call", score=0.3))

    async def written() -> bool:
        async with database.tenant(caller.tenant_id) as session:
            return bool((await session.scalars(select(TranscriptTurnRow.text))).all())

    await until(written)
    await notes.close()
    async with database.tenant(caller.tenant_id) as session:
        assert not (await session.scalars(select(DoNotCallRow.phone))).all()
