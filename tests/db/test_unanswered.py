"""What scripts don't understand in calls: counted, taught to the draft or put aside, forgotten with the call."""

from dataclasses import replace

import pytest
from sqlalchemy import delete, select

from callwright.calls import unanswered
from callwright.calls.schemas import EventEntry, TurnEntry
from callwright.calls.wordings import AskedGroup
from callwright.db.session import Database
from callwright.db.tables.accounts import UserRow
from callwright.db.tables.calls import CallRow
from callwright.db.tables.unanswered import UnansweredTurnRow
from callwright.kit.errors import NotFoundError
from callwright.scripts.service import get_script
from callwright.scripts.teaching import NewQuestion
from tests.factories.accounts import make_user
from tests.factories.calling import NOW, Caller, make_caller
from tests.factories.calls import answered_call, claim, close_call, dial, make_node, plan_now


def missed(text: str, at_ms: int = 3_000) -> tuple[TurnEntry, EventEntry]:
    """Return a turn that wasn't understood, and the event that tells so."""
    told = {"text": text, "node": "purpose", "nearest": "price", "score": 0.2}
    return (
        TurnEntry("customer", at_ms - 500, at_ms, text, None, None, False),
        EventEntry(at_ms, unanswered.NOT_UNDERSTOOD, told),
    )


async def hear(database: Database, caller: Caller, *heard: list[str]) -> None:
    """Have as many calls, in each of which so much wasn't understood."""
    await caller.running_task(len(heard))
    node = await make_node(database)
    await plan_now(database)
    for attempt, texts in zip(await claim(database, node), heard, strict=True):
        turns, events = zip(*[missed(text, 3_000 * n) for n, text in enumerate(texts, 1)], strict=True)
        await dial(database, attempt, node)
        await close_call(database, replace(answered_call(attempt.id), turns=list(turns), events=list(events)))


async def groups(database: Database, caller: Caller) -> list[AskedGroup]:
    """Return what isn't answered."""
    async with database.tenant(caller.tenant_id) as session:
        return await unanswered.list_unanswered(session, caller.script_id)


async def test_what_was_not_understood_is_counted_by_wording(database: Database) -> None:
    caller = await make_caller(database)
    await hear(
        database,
        caller,
        ["Do you take card?", "my number is 212 555 0199"],
        ["do you take cards", "Do you take, card"],
        ["Is there a car park?", "w" * 201],
    )
    card, park = await groups(database, caller)
    assert [(one.text, one.times) for one in card.asked] == [("Do you take, card", 2), ("do you take cards", 1)]
    assert (card.times, card.asked[0].nodes, card.asked[0].nearest) == (3, ("purpose",), ("price",))
    assert (park.asked[0].text, park.times) == ("Is there a car park?", 1)
    async with database.tenant(caller.tenant_id) as session:
        assert await session.get(CallRow, card.latest.last_call_id) is not None
        with pytest.raises(NotFoundError):
            await unanswered.dismiss_unanswered(session, caller.script_id, "0" * 32, by=caller.tenant_id)
    neighbour = await make_caller(database, name="Neighbour")
    assert await groups(database, neighbour) == []


async def test_it_is_taught_to_the_draft_or_put_aside(database: Database) -> None:
    caller = await make_caller(database)
    await hear(
        database,
        caller,
        ["do you take card", "is there a car park", "nice weather"],
        ["do you take cards", "do you take card"],
    )
    user = await make_user(database, caller.tenant_id)
    by_text = {group.asked[0].text: group for group in await groups(database, caller)}
    async with database.tenant(caller.tenant_id) as session:
        for text, to in (
            ("do you take card", NewQuestion("Ways to pay", "Card or cash.")),
            ("is there a car park", "ask_price"),
        ):
            script = await get_script(session, caller.script_id)
            await unanswered.add_unanswered(
                session,
                caller.script_id,
                by_text[text].id,
                to=to,
                wordings=None,
                revision=script.revision,
                by=user,
                now=NOW,
            )
        await unanswered.dismiss_unanswered(session, caller.script_id, by_text["nice weather"].id, by=user)
        graph = (await get_script(session, caller.script_id)).graph
    assert graph.knowledge["ways_to_pay"].wordings == ("do you take card", "do you take cards")
    assert "is there a car park" in graph.knowledge["ask_price"].wordings
    assert await groups(database, caller) == []


async def test_it_is_forgotten_with_the_call(database: Database) -> None:
    caller = await make_caller(database)
    await hear(database, caller, ["do you take card"])
    async with database.tenant(caller.tenant_id) as session:
        await session.execute(delete(CallRow))
        assert (await session.scalars(select(UnansweredTurnRow))).all() == []
        assert (await session.scalars(select(UserRow))).all() == []
    assert await groups(database, caller) == []
