"""Telling people of customers in their chats: who is told, in which words, once, and again where it failed."""

import asyncio
from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, text, update

from callwright.accounts.roles import Role
from callwright.channels.chat_port import ChatAnswer, Delivered, Told
from callwright.chats import service as chats
from callwright.contacts.do_not_call import put_on_list
from callwright.db.session import Database
from callwright.db.tables.accounts import UserRow
from callwright.db.tables.calls import CallRow
from callwright.db.tables.contacts import CustomerRow
from callwright.db.tables.pushing import PushRow
from callwright.db.tables.warnings import WarnedPersonRow, WarningRow
from callwright.kit.errors import NotFoundError
from callwright.kit.ids import new_id
from callwright.pushing import service
from callwright.pushing.choosing import get_task_push
from callwright.pushing.delivering import LOST_AFTER, claim, note
from callwright.pushing.errors import (
    DeliveredError,
    NoChatError,
    OtherPushError,
    PusherError,
    PushGradeError,
    StillUnderWayError,
)
from callwright.pushing.handing import WARNING_PUSHES
from callwright.pushing.jobs import Pusher, forget_tests
from callwright.pushing.retrying import PAUSES
from callwright.pushing.schemas import Claimed, How, PushState, TaskPush
from callwright.warnings.watching import watch_company
from callwright.worker.relaying import relay_waiting
from tests.factories.calling import BOX, phone
from tests.factories.finished_calls import add_finished_call
from tests.factories.pushing import Team, make_team

REFUSED = ChatAnswer(Delivered.REFUSED, "200 no such bot")


@pytest.fixture
async def team(database: Database) -> Team:
    return await make_team(database)


async def test_all_of_a_grade_are_told_in_each_of_their_chats_and_nobody_else(team: Team) -> None:
    ann, bob = await team.employ("Ann", bound=2), await team.employ("Bob")
    other = await team.employ("Carl")
    await team.choose({"A": [ann, bob], "B": [other]})
    call_id = await team.call()
    await team.tell(call_id)  # as an end that is learnt later
    assert Counter(await team.names()) == {"Ann": 2, "Bob": 1}
    await team.work()
    await team.work()
    assert len(team.messenger.got) == 3
    assert {one.state for one in await team.pushes()} == {PushState.DELIVERED}
    kind, address, told = team.messenger.got[0]
    assert (kind, dict(address)) == ("feishu", {"token": "0f2a1b3c4d5e"})
    assert phone(0) in told
    assert "https://calls.example/pushed/" in told


async def test_calls_without_a_grade_or_an_end_are_told_of_nobody(team: Team) -> None:
    await team.choose({"A": [await team.employ("Ann")]})
    ours = team.caller
    call_id = await add_finished_call(ours.database, ours.tenant_id, team.task_id)
    await team.tell(call_id, grade=None)
    await team.tell(call_id, interrupted=True)
    await team.tell(call_id, grade="C")
    assert await team.pushes() == []


async def test_in_turn_each_is_told_as_often_and_gets_the_customer(team: Team) -> None:
    ann, bob, out = await team.employ("Ann"), await team.employ("Bob"), await team.employ("Out")
    await team.choose({"A": [ann, bob, out]}, How.IN_TURN, assigns=True)
    async with team.caller.database.tenant(team.caller.tenant_id) as session:
        for one in await chats.list_chats(session, out):
            await service.unbind_chat(session, out, one.id)
    calls = [await team.call(position) for position in (1, 2, 3, 4)]
    assert await team.names() == ["Ann", "Bob", "Ann", "Bob"], "who has no chat is left out"
    await team.tell(calls[0])
    assert len(await team.pushes()) == 4, "told again of a call, nobody else is told of it"
    assert [await team.owner(one) for one in calls] == [ann, bob, ann, bob]


async def test_who_may_not_see_numbers_is_not_told_them(team: Team) -> None:
    await team.choose({"A": [await team.employ("Ann", Role.AGENT, language="zh-CN")]})
    call_id = await team.call()
    async with team.caller.database.tenant(team.caller.tenant_id) as session:
        collected = {"customer_name": "call me at 212 555 0199"}
        await session.execute(update(CallRow).where(CallRow.id == call_id).values(collected=collected))
    await team.work()
    ((_, _, told),) = team.messenger.got
    assert phone(0) not in told
    assert "0199" not in told
    assert "级意向客户" in told
    parts = " ".join(team.messenger.told[0].parts.values())
    assert phone(0) not in parts
    assert "0199" not in parts


async def test_of_somebody_who_must_not_be_called_that_is_told(team: Team) -> None:
    await team.choose({"A": [await team.employ("Ann")]})
    await team.call()
    await team.call(2)
    async with team.caller.database.tenant(team.caller.tenant_id) as session:
        await put_on_list(session, team.caller.tenant_id, phone(0), call_id=None)
    await team.work()
    said = [told for _, _, told in team.messenger.got]
    assert [phone(0) in told for told in said] == ["don't call them" in told for told in said] == [True, False]
    barred, other = (told.parts for told in team.messenger.told)
    assert (barred["phone"], other["phone"]) == ("", phone(1))
    assert barred["title"].startswith("DON'T CALL")
    assert other["title"] == "Customer of grade A (Appointment wanted)"


async def test_what_fails_is_tried_again_and_then_shown_and_sent_again(team: Team) -> None:
    await team.choose({"A": [await team.employ("Ann")]})
    await team.call()
    team.messenger.says = [REFUSED] * (len(PAUSES) + 1)
    for pause in PAUSES:
        await team.work()
        (push,) = await team.pushes()
        assert (push.state, push.failure, push.answer) == ("waiting", "refused", "200 no such bot")
        assert push.next_at == team.clock.now() + pause
        team.clock.advance(pause.total_seconds())
    await team.work()
    (push,) = await team.pushes()
    assert (push.state, push.tries) == ("failed", len(PAUSES) + 1)
    async with team.caller.database.tenant(team.caller.tenant_id) as session:
        await service.send_again(session, push.id, now=team.clock.now())
        with pytest.raises(StillUnderWayError):
            await service.send_again(session, push.id, now=team.clock.now())
    await team.work()
    assert [one.state for one in await team.pushes()] == ["delivered"]
    async with team.caller.database.tenant(team.caller.tenant_id) as session:
        (told,) = await service.list_pushes(session, service.PushFilter())
        assert (bool(told.customer_name), bool(told.task_name), told.warning_kind) == (True, True, None)
        with pytest.raises(DeliveredError):
            await service.send_again(session, push.id, now=team.clock.now())


async def test_what_may_have_arrived_is_not_sent_again_by_itself(team: Team) -> None:
    await team.choose({"A": [await team.employ("Ann")]})
    await team.call()
    team.messenger.says = [ChatAnswer(Delivered.UNANSWERED, failure="timeout")]
    await team.work()
    team.clock.advance(86400)
    await team.work()
    assert [(one.state, one.failure) for one in await team.pushes()] == [("failed", "unanswered")]
    assert len(team.messenger.got) == 1


async def test_what_would_do_harm_is_not_tried_again(team: Team) -> None:
    await team.choose({"A": [await team.employ("Ann")]})
    await team.call()
    team.messenger.says = [ChatAnswer(Delivered.REFUSED, "535 Wrong password", final=True)]
    await team.work()
    assert [(one.state, one.answer) for one in await team.pushes()] == [("failed", "535 Wrong password")]


async def test_a_worker_that_dies_while_sending_leaves_it_to_be_told(team: Team) -> None:
    await team.choose({"A": [await team.employ("Ann")]})
    await team.call()

    pusher = Pusher(team.caller.database, _Dying(), BOX, team.clock)
    (push,) = await team.pushes()
    assert push.chat_id is not None
    with pytest.raises(asyncio.CancelledError):
        await pusher.run(team.caller.tenant_id, push.chat_id)
    await team.work()
    assert [one.state for one in await team.pushes()] == ["sending"]
    team.clock.advance(LOST_AFTER.total_seconds() + 1)
    await team.work()
    assert [(one.state, one.failure) for one in await team.pushes()] == [("failed", "unanswered")]
    assert team.messenger.got == []


async def test_a_late_answer_is_not_taken_for_that_of_a_push_sent_again(team: Team) -> None:
    await team.choose({"A": [await team.employ("Ann")]})
    await team.call()
    (push,) = await team.pushes()
    late = await _claim(team, push.chat_id)
    team.clock.advance(LOST_AFTER.total_seconds() + 1)
    await team.work()
    async with team.caller.database.tenant(team.caller.tenant_id) as session:
        await service.send_again(session, push.id, now=team.clock.now())
    await _claim(team, push.chat_id)
    async with team.caller.database.tenant(team.caller.tenant_id) as session:
        await note(session, late, REFUSED, now=team.clock.now())
    assert [one.state for one in await team.pushes()] == ["sending"]


async def _claim(team: Team, chat_id: UUID | None) -> Claimed:
    assert chat_id is not None
    async with team.caller.database.tenant(team.caller.tenant_id) as session:
        claimed = await claim(session, chat_id, box=BOX, link=lambda *_: "", now=team.clock.now())
    assert claimed is not None
    return claimed


async def test_what_failed_and_tests_are_found_off_indexes(team: Team) -> None:
    async with team.caller.database.system() as session:
        await session.execute(text("SET LOCAL enable_seqscan = off"))
        plans = [
            "\n".join(await session.scalars(text(f"EXPLAIN {asked}")))
            for asked in (
                "SELECT id FROM pushes WHERE state = 'failed' AND purpose <> 'test' ORDER BY id DESC LIMIT 51",
                f"DELETE FROM pushes WHERE id < '{new_id()}' AND purpose = 'test' RETURNING id",
            )
        ]
    assert ["ix_pushes_failed" in plans[0], "ix_pushes_tests" in plans[1]] == [True, True], plans


class _Dying:
    async def send(self, kind: str, address: Mapping[str, str], told: Told) -> ChatAnswer:
        """Die."""
        raise asyncio.CancelledError


async def test_who_lost_their_chat_is_shown_and_told_in_the_next(team: Team) -> None:
    ann = await team.employ("Ann")
    await team.choose({"A": [ann]})
    await team.call()
    async with team.caller.database.tenant(team.caller.tenant_id) as session:
        (chat,) = await chats.list_chats(session, ann)
        await service.unbind_chat(session, ann, chat.id)
    await team.call(2)
    found = await team.pushes()
    assert [(one.state, one.failure, one.chat_name) for one in found] == [("failed", "no_chat", None)] * 2
    async with team.caller.database.tenant(team.caller.tenant_id) as session:
        with pytest.raises(NoChatError):
            await service.send_again(session, found[0].id, now=team.clock.now())
    await team.bind(ann)
    async with team.caller.database.tenant(team.caller.tenant_id) as session:
        await service.send_again(session, found[0].id, now=team.clock.now())
    await team.work()
    assert [one.state for one in await team.pushes()] == ["delivered", "failed"]


async def test_two_sent_again_at_once_do_not_take_the_same_chat(team: Team) -> None:
    database, ours = team.caller.database, team.caller.tenant_id
    ann = await team.employ("Ann", bound=2)
    await team.choose({"A": [ann]})
    await team.call()
    async with database.tenant(ours) as session:
        for one in await chats.list_chats(session, ann):
            await service.unbind_chat(session, ann, one.id)
    await team.bind(ann)
    both = asyncio.Barrier(2)

    async def again(push_id: UUID) -> bool:
        async with database.tenant(ours) as session:
            await session.execute(select(PushRow.id))
            await both.wait()
            try:
                await service.send_again(session, push_id, now=team.clock.now())
            except NoChatError:
                return False
        return True

    assert sorted(await asyncio.gather(*(again(one.id) for one in await team.pushes()))) == [False, True]


async def test_a_chat_is_tried_and_its_tests_forgotten(team: Team) -> None:
    ann, bob = await team.employ("Ann"), await team.employ("Bob")
    database, ours = team.caller.database, team.caller.tenant_id
    async with database.tenant(ours) as session:
        (chat,) = await chats.list_chats(session, ann)
        with pytest.raises(NotFoundError):
            await service.try_chat(session, bob, chat.id, now=team.clock.now())
        await service.try_chat(session, ann, chat.id, now=team.clock.now())
        await service.try_chat(session, ann, chat.id, now=team.clock.now())
    team.messenger.says = [REFUSED]
    await team.work()
    assert len(team.messenger.got) == 1
    async with database.tenant(ours) as session:
        test = (await service.latest_tests(session, [chat.id]))[chat.id]
    assert (test.failure, test.answer) == ("refused", "200 no such bot")
    assert await team.pushes() == []
    assert await forget_tests(database, team.clock.now() + timedelta(days=1), kept=timedelta(hours=1)) == 1


async def test_of_an_answer_nothing_is_kept_that_others_may_not_read(team: Team) -> None:
    await team.choose({"A": [await team.employ("Ann")]})
    said = f'{{"ok":true,"result":{{"text":"Customer 0, {phone(0)}"}}}}'
    team.messenger.says = [ChatAnswer(Delivered.TAKEN, said), ChatAnswer(Delivered.REFUSED, said)]
    for position in (1, 2):
        await team.call(position)
        await team.work()
    taken, refused = await team.pushes()
    assert taken.answer == ""
    assert refused.answer.startswith('{"ok":true')
    assert phone(0) not in refused.answer


async def test_nobody_is_told_of_a_colleagues_customer(team: Team) -> None:
    agent, other = await team.employ("Agent", Role.AGENT), await team.employ("Other", Role.AGENT)
    await team.choose({"A": [agent]})
    async with team.caller.database.tenant(team.caller.tenant_id) as session:
        await session.execute(update(CustomerRow).values(owner_id=other))
    await team.call()
    await team.work()
    assert team.messenger.got == []
    assert [(one.state, one.failure) for one in await team.pushes()] == [("failed", "not_theirs")]


async def test_in_turn_whoever_sees_a_customer_is_told(team: Team) -> None:
    agent, other = await team.employ("Agent", Role.AGENT), await team.employ("Other", Role.AGENT)
    await team.choose({"A": [agent, other]}, How.IN_TURN)
    async with team.caller.database.tenant(team.caller.tenant_id) as session:
        await session.execute(update(CustomerRow).values(owner_id=other))
    for position in (1, 2):
        await team.call(position)
    assert await team.names() == ["Other", "Other"]


async def test_who_can_have_no_customers_any_more_is_told_all_the_same(team: Team) -> None:
    ann = await team.employ("Ann")
    await team.choose({"A": [ann]}, How.IN_TURN, assigns=True)
    async with team.caller.database.tenant(team.caller.tenant_id) as session:
        await session.execute(update(UserRow).where(UserRow.id == ann).values(role=Role.INSPECTOR))
    call_id = await team.call()
    assert (await team.names(), await team.owner(call_id)) == (["Ann"], None)


async def test_warnings_go_to_the_chats_of_those_who_are_told(team: Team) -> None:
    ann = await team.employ("Ann", Role.OWNER, bound=2)
    await team.employ("Bob", Role.OWNER, bound=0)
    database, ours = team.caller.database, team.caller.tenant_id
    async with database.tenant(ours) as session:
        await session.execute(text("UPDATE lines SET health = jsonb_build_object('fault', 'not_connecting')"))
        for _ in range(2):
            await watch_company(session, ours, team.clock.now())
    await relay_waiting(database, [WARNING_PUSHES])
    await team.work()
    assert await team.names() == ["Ann", "Ann"]
    assert [told for _, _, told in team.messenger.got] == [
        "Line “Line” is faulty\n50 calls in a row were not connected."
    ] * 2
    async with database.tenant(ours) as session:
        assert len((await session.scalars(select(WarningRow))).all()) == 1
        told = select(WarnedPersonRow.user_id)
        assert ann in set(await session.scalars(told))


async def test_only_people_with_chats_and_grades_of_the_script_can_be_chosen(team: Team) -> None:
    ann, nobody = await team.employ("Ann"), await team.employ("Bob", bound=0)
    inspector = await team.employ("Ida", Role.INSPECTOR)
    with pytest.raises(PushGradeError):
        await team.choose({"Z": [ann]})
    with pytest.raises(PusherError, match="no chat"):
        await team.choose({"A": [nobody]})
    with pytest.raises(PusherError, match="nobody of the company"):
        await team.choose({"A": [new_id()]})
    with pytest.raises(PusherError, match="can't have customers"):
        await team.choose({"A": [inspector]}, How.IN_TURN, assigns=True)
    await team.choose({"A": [ann, ann]})
    await team.choose({"A": [ann]})
    with pytest.raises(OtherPushError):
        await team.choose({"A": [ann]}, How.IN_TURN)
    async with team.caller.database.tenant(team.caller.tenant_id) as session:
        assert await get_task_push(session, team.task_id) == TaskPush(How.ALL, False, {"A": [ann]})
