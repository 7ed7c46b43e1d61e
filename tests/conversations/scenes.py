"""What the people of the tests do; all their calls are held at once, to save time."""

import asyncio
from collections.abc import Awaitable
from dataclasses import dataclass, replace
from pathlib import Path
from subprocess import Popen
from typing import Any

import numpy as np

from callwright.callroom.own_words import ENGLISH
from callwright.callroom.record import CallRecord
from callwright.callroom.settings import RoomSettings
from callwright.kit.errors import CallwrightError
from callwright.speech.port import Pcm
from tests.conversations.person import Person, spoken
from tests.conversations.stage import Stage, stage

SAYINGS = {
    "yes": "Yes, of course.",
    "no": "No I am not interested.",
    "day": "Tuesday morning would be good.",
    "right": "Right.",
}
APOLOGY = "Sorry, goodbye."


@dataclass
class Scenes:
    """How each call went: our record and the person's own notes."""

    agreeing: tuple[CallRecord, Person]
    interrupting: tuple[CallRecord, Person]
    nodding: tuple[CallRecord, Person]
    silent: tuple[CallRecord, Person]
    hanging_up: tuple[CallRecord, Person]
    talked_at: tuple[CallRecord, Person]
    held: tuple[CallRecord, str]
    without_speech: tuple[CallRecord, Person]
    after_that: CallwrightError


async def hold_all(socket: Path, doomed_socket: Path, doomed: "Popen[bytes]", folder: Path) -> Scenes:
    """Hold every call; ``doomed`` is the speech server that one of them loses."""
    async with stage(socket, folder, 42000) as here, stage(doomed_socket, folder, 42400) as there:
        voices = {name: await spoken(here.speech, text) for name, text in SAYINGS.items()}
        losing = asyncio.create_task(_lose_speech(there, doomed, voices["yes"]))
        held = asyncio.create_task(_hold_in_vain(here))
        agreeing, interrupting, nodding, *others = await asyncio.gather(*_side_by_side(here, voices))
        silent, hanging_up, talked_at = others
        without_speech, after_that = await losing
        at_once = (agreeing, interrupting, nodding, silent, hanging_up, talked_at)
        return Scenes(*at_once, await held, without_speech, after_that)


def _side_by_side(here: Stage, voices: dict[str, Pcm]) -> list[Awaitable[Any]]:
    async def agree(person: Person) -> None:
        await person.hear_them_out()
        person.speak(voices["yes"])
        await person.hear_them_out()
        person.speak(voices["day"])

    async def interrupt(person: Person) -> None:
        await person.hear_them_for(2200)
        person.speak(voices["no"])

    async def nod(person: Person) -> None:
        await person.hear_them_for(2200)
        person.speak(voices["right"])
        await person.hear_them_for(3500)
        await agree(person)

    async def hang_up(person: Person) -> None:
        await person.hear_them_begin()
        await person.incoming.call.hang_up()

    async def listen(person: Person) -> None:
        """Say nothing."""

    return [
        here.call(agree, to="101"),
        here.call(interrupt, to="102"),
        here.call(nod, to="109"),
        here.call(listen, to="103"),
        here.call(hang_up, to="104"),
        here.call(listen, to="105", max_duration_s=1.0),
    ]


class FullDesk:
    """Never has a seat."""

    async def take(self) -> bool:
        """Return that there is none."""
        return False


async def _hold_in_vain(here: Stage) -> tuple[CallRecord, str]:
    """Return the record of a call that found no seat, and the words that the person heard."""

    async def listen(person: Person) -> None:
        """Say nothing."""

    record, person = await here.call(listen, to="108", desk=FullDesk())
    heard = await here.speech.recognise(np.concatenate(person.sound), deadline_s=30.0)
    return record, heard.text


async def _lose_speech(
    there: Stage, doomed: "Popen[bytes]", yes: Pcm
) -> tuple[tuple[CallRecord, Person], CallwrightError]:
    async def lose(person: Person) -> None:
        await person.hear_them_out()
        doomed.kill()
        await asyncio.to_thread(doomed.wait)
        person.speak(yes)
        await person.hear_them_out()
        person.speak(yes)

    held = await there.call(lose, to="106", settings=RoomSettings(words={"en": replace(ENGLISH, apology=APOLOGY)}))
    try:
        await there.call(lose, to="107")
    except CallwrightError as error:
        return held, error
    raise AssertionError("a call was made without speech")
