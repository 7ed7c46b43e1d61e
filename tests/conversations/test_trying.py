"""A script tried by voice: by microphone over a real WebSocket, and on a phone over real SIP, with real speech."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from callwright.db.session import Database
from callwright.db.tables.calls import CallRow
from callwright.speech.port import Pcm
from callwright.telephony.port import IncomingCall
from tests.conversations.person import Person, spoken, take_call
from tests.conversations.scenes import SAYINGS
from tests.conversations.trying_house import Talker, TryingHouse, trying_house
from tests.waiting import until

OWN = "+12025550143"


async def test_a_script_is_talked_with_by_microphone_and_by_phone(
    database: Database, speech_socket: Path, tmp_path: Path
) -> None:
    async with trying_house(database, speech_socket, tmp_path, 43000) as house:
        voices = {name: await spoken(house.speech, text) for name, text in SAYINGS.items()}
        agreeing, interrupting, ringing = await asyncio.gather(
            _by_microphone(house, _agree(voices)),
            _by_microphone(house, _interrupt(voices)),
            _by_phone(house, voices),
        )
        _understood(agreeing)
        _interrupted(interrupting)
        await _kept(house, ringing)
        refused = await _three_at_once(house)
        assert {message["code"] for message in refused} == {"too-many-talks"}
        assert not list(house.recordings.glob("*/*.wav")), (
            "nothing of a talk is kept, and a call's is with the blobs"
        )


def _agree(voices: dict[str, Pcm]) -> Callable[[Person], Coroutine[None, None, None]]:
    async def agree(person: Person) -> None:
        await person.hear_them_out()
        person.speak(voices["yes"])
        await person.hear_them_out()
        person.speak(voices["day"])

    return agree


def _interrupt(voices: dict[str, Pcm]) -> Callable[[Person], Coroutine[None, None, None]]:
    async def interrupt(person: Person) -> None:
        await person.hear_them_for(2600)
        person.speak(voices["no"])

    return interrupt


async def _by_microphone(house: TryingHouse, behave: Callable[[Person], Coroutine[None, None, None]]) -> Talker:
    async with house.talk() as talker:
        behaving = asyncio.create_task(behave(talker.person))
        await talker.take_part()
        await behaving
    return talker


async def _by_phone(house: TryingHouse, voices: dict[str, Pcm]) -> dict[str, Any]:
    taken: asyncio.Future[Person] = asyncio.get_running_loop().create_future()

    async with house.browser() as browser:

        async def key_in_and_agree(person: Person) -> None:
            await person.hear_them_begin()
            code = (await browser.get(ring)).json()["latest"]["code"]
            await person.incoming.call.send_dtmf(code)
            await _agree(voices)(person)

        async def take(incoming: IncomingCall) -> None:
            taken.set_result(await take_call(incoming, key_in_and_agree))

        house.persons.on_incoming(take)
        ring = f"/scripts/{house.script_id}/ring"
        wish = {"phone": OWN, "own": True, "line_id": str(house.caller.line_id)}

        async def asked() -> bool:  # over a line that no node has seen yet nobody is called
            return (await browser.post(ring, json=wish)).status_code == 201

        await until(asked, "the line to be ready")

        async def over() -> bool:
            return (await browser.get(ring)).json()["latest"]["ended_at"] is not None

        await until(over, "the end of the call")
        await taken
        latest: dict[str, Any] = (await browser.get(ring)).json()["latest"]
        trial: dict[str, Any] = (await browser.get(f"/trials/{latest['id']}")).json()
        recording = await browser.get(f"/trials/{latest['id']}/recording")
    assert recording.content[:4] == b"RIFF"
    return trial


def _understood(talker: Talker) -> None:
    ended = talker.last("ended")
    assert talker.told[0] == {"type": "answered"}
    assert [step["node"] for step in ended["path"]] == ["greeting", "ask", "day", "booked"]
    assert [message["step"]["node"] for message in talker.told if message["type"] == "step"] == [
        "greeting",
        "ask",
        "day",
        "booked",
    ]
    words = [turn["text"].lower() for turn in ended["turns"] if turn["who"] == "customer"]
    assert "yes" in words[0]
    assert "tuesday morning" in words[1]
    assert (ended["grade"]["name"], ended["by"], ended["reason"], ended["failed"]) == ("A", "us", "booked", False)


def _interrupted(talker: Talker) -> None:
    ended = talker.last("ended")
    assert any(turn["interrupted"] for turn in ended["turns"] if turn["who"] == "ai")
    assert [step["node"] for step in ended["path"]][-1] == "declined"


async def _kept(house: TryingHouse, trial: dict[str, Any]) -> None:
    assert (trial["state"], trial["phone_state"], trial["hung_up_by"]) == ("ended", "connected", "us")
    assert [step["node"] for step in trial["path"]] == ["greeting", "ask", "day", "booked"]
    assert (trial["grade"], trial["draft"], trial["has_recording"]) == ("A", True, True)
    assert trial["confirmation"] == "given"
    assert [turn["who"] for turn in trial["transcript"]].count("customer") == 2
    async with house.database.tenant(house.caller.tenant_id) as session:
        assert await session.scalar(select(func.count(CallRow.id))) == 0


async def _three_at_once(house: TryingHouse) -> list[dict[str, Any]]:
    """Return what those were told who found no place; the others hang up once their talk has begun."""

    async def leave(talker: Talker) -> None:
        while not talker.told:  # noqa: ASYNC110 - told by the other end
            await asyncio.sleep(0.01)
        if talker.told[0]["type"] == "answered":
            await talker.connection.send('{"type": "hang_up"}')

    async def one() -> Talker:
        async with house.talk() as talker:
            await asyncio.gather(talker.take_part(), leave(talker))
        return talker

    talkers = await asyncio.gather(one(), one(), one())
    ended = [talker.last("ended") for talker in talkers if talker.told[0]["type"] == "answered"]
    assert [message["by"] for message in ended] == ["them", "them"]
    return [talker.told[0] for talker in talkers if talker.told[0]["type"] == "refused"]
