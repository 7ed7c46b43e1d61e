"""A chat gets no more messages a minute than it takes, however it was bound."""

from uuid import UUID

import pytest

from callwright.chats import service as chats
from callwright.db.session import Database
from callwright.db.tables.pushing import PushRow
from callwright.pushing.jobs import enter_due
from tests.factories.calling import BOX
from tests.factories.pushing import Team, make_team


@pytest.fixture
async def team(database: Database) -> Team:
    return await make_team(database)


async def test_a_chat_gets_no_more_a_minute_than_it_takes(team: Team) -> None:
    ann = await team.employ("Ann", bound=0)
    await _due_in_group(team, ann, 25)
    await team.work()
    await team.work()
    assert len(team.messenger.got) == 20
    assert await enter_due(team.caller.database, team.clock.now()) == 0, "it would be tried in vain all the while"
    team.clock.advance(61)
    await team.work()
    assert len(team.messenger.got) == 25


async def test_nor_does_one_that_is_taken_away_and_bound_again(team: Team) -> None:
    ann = await team.employ("Ann", bound=0)
    chat_id = await _due_in_group(team, ann, 20)
    await team.work()
    async with team.caller.database.tenant(team.caller.tenant_id) as session:
        await chats.unbind_chat(session, ann, chat_id)
    await _due_in_group(team, ann, 1)
    await team.work()
    assert len(team.messenger.got) == 20
    team.clock.advance(61)
    await team.work()
    assert len(team.messenger.got) == 21


async def _due_in_group(team: Team, user_id: UUID, count: int) -> UUID:
    """Bind a group of WeCom's, just now, in which so much is due; return its id."""
    async with team.caller.database.tenant(team.caller.tenant_id) as session:
        typed = {"webhook": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7b2c"}
        chat = await chats.bind_chat(session, user_id, name="Group", kind="wecom_bot", typed=typed, box=BOX)
        chat.created_at = team.clock.now()
        session.add_all(
            PushRow(purpose="test", user_id=user_id, chat_id=chat.id, state="waiting", next_at=team.clock.now())
            for _ in range(count)
        )
    return chat.id
