"""What each kind of handset does with a call, from the first ring to the end."""

import asyncio
import zlib
from dataclasses import dataclass

from callwright.simulator import tones
from callwright.simulator.conversation import Conversation
from callwright.simulator.live_call import LiveCall
from callwright.simulator.mouth import Mouth
from callwright.simulator.people import Line
from callwright.simulator.playback import Playback
from callwright.simulator.replies import repertoire
from callwright.simulator.scenario import (
    Answers,
    Busy,
    Handset,
    NoAnswer,
    Refuses,
    Unreachable,
    Voicemail,
    WrongNumber,
)
from callwright.simulator.speech_store import Haste, SpeechStore, Utterance
from callwright.simulator.truth import Said
from callwright.simulator.voices import hum
from callwright.simulator.words import Intent
from callwright.speech.port import SAMPLE_RATE, Pcm, Recogniser
from callwright.telephony.port import PhoneState

_BACKGROUND_S = 8
_ANNOUNCED_AT_DB = -24.0
_QUIET = Line()


@dataclass(frozen=True, slots=True)
class Equipment:
    """What the handsets of a world share; without ``recogniser`` people go by the order of turns."""

    store: SpeechStore
    recogniser: Recogniser | None


def utterances(handset: Handset) -> list[Utterance]:
    """Return what a handset is likely to say, in the order of need."""
    if isinstance(handset, Answers):
        person = handset.person
        return [Utterance(words.text, person.voice, handset.line.level_db) for words in repertoire(person)]
    if isinstance(handset, Voicemail):
        return [Utterance(handset.text, handset.voice, handset.line.level_db)]
    if isinstance(handset, WrongNumber | Unreachable):
        return [Utterance(handset.text, handset.voice, _ANNOUNCED_AT_DB)]
    return []


async def serve(live: LiveCall, handset: Handset, equipment: Equipment) -> None:
    """Treat one call as this handset does, until it is over."""
    equipment.store.prepare(utterances(handset), Haste.SOON)
    live.truth.kind = handset.kind
    match handset:
        case Answers():
            await _answers(live, handset, equipment)
        case Busy():
            await refuse_second(live)
        case Refuses():
            await _refuses(live, handset)
        case NoAnswer():
            await live.ring(None)
        case WrongNumber():
            await _wrong_number(live, handset, equipment)
        case Unreachable():
            await _unreachable(live, handset, equipment)
        case Voicemail():
            await _voicemail(live, handset, equipment)


async def refuse_unknown(live: LiveCall) -> None:
    """Treat a call to a number that nobody has."""
    await live.refuse(404, "Not Found", 1, PhoneState.INVALID_NUMBER)


async def refuse_second(live: LiveCall) -> None:
    """Treat a call to a handset that has one already."""
    await live.refuse(486, "Busy Here", 17, PhoneState.BUSY)


async def _refuses(live: LiveCall, handset: Refuses) -> None:
    if await live.ring(handset.ring_s):
        await live.refuse(603, "Decline", 21, PhoneState.REFUSED)


async def _wrong_number(live: LiveCall, handset: WrongNumber, equipment: Equipment) -> None:
    if await _announce(live, handset, equipment):
        await refuse_unknown(live)


async def _unreachable(live: LiveCall, handset: Unreachable, equipment: Equipment) -> None:
    if await _announce(live, handset, equipment):
        await live.refuse(480, "Temporarily Unavailable", 20, PhoneState.UNREACHABLE)


async def _announce(live: LiveCall, handset: WrongNumber | Unreachable, equipment: Equipment) -> bool:
    """Play the announcement in early media; return whether the caller heard it to its end."""
    words = await equipment.store.get(utterances(handset)[0])
    playback = Playback(_mouth(live, _QUIET), tones.special_information(), words, tones.silence(0.3))
    live.phone.attach(playback)
    await live.phone.early_media()
    return await _played(live, playback)


async def _voicemail(live: LiveCall, handset: Voicemail, equipment: Equipment) -> None:
    greeting = await equipment.store.get(utterances(handset)[0])
    if not await live.ring(handset.ring_s):
        return
    parts = (tones.silence(0.4), greeting, tones.silence(0.6), tones.beep())
    playback = Playback(_mouth(live, handset.line), *parts)
    live.phone.attach(playback)
    await live.answer()
    live.truth.phone_state = PhoneState.VOICEMAIL
    heard_to_end = await _played(live, playback)
    now = round(live.since_answer(), 3)
    live.truth.said.append(
        Said(at_s=0.4, until_s=now, text=handset.text, intent=Intent.GREETING, cut_short=not heard_to_end)
    )
    if heard_to_end:
        live.truth.beep_at_s = now
        await live.goes_on_for(handset.records_s)
        await live.hang_up("recorded for as long as a mailbox does")


async def _answers(live: LiveCall, handset: Answers, equipment: Equipment) -> None:
    live.truth.wish = handset.person.wish
    if not await live.ring(handset.ring_s):
        return
    mouth = _mouth(live, handset.line)
    conversation = Conversation(live, handset, mouth, equipment.store, equipment.recogniser)
    await live.answer()
    live.truth.phone_state = PhoneState.CONNECTED
    conversation.begin()
    live.phone.attach(conversation)
    try:
        await live.goes_on_for(None)
    finally:
        await conversation.end()


def _mouth(live: LiveCall, line: Line) -> Mouth:
    background: Pcm = hum(line, _BACKGROUND_S * SAMPLE_RATE, zlib.crc32(live.truth.number.encode()))
    return Mouth(background)


async def _played(live: LiveCall, playback: Playback) -> bool:
    done = asyncio.create_task(playback.done.wait())
    over = asyncio.create_task(live.goes_on_for(None))
    try:
        await asyncio.wait({done, over}, return_when=asyncio.FIRST_COMPLETED)
        return not live.over
    finally:
        for task in (done, over):
            task.cancel()
        await asyncio.gather(done, over, return_exceptions=True)
