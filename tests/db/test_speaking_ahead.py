"""A slow voice speaks beforehand: what every call may say once published, the rest before dialling."""

import asyncio
from pathlib import Path

from sqlalchemy import select

from callwright.callroom.own_words import CHINESE
from callwright.callroom.prompt_cache import PromptCache, Voice
from callwright.callroom.speaking_ahead import speak_ahead_job
from callwright.calls.progress import get_progress
from callwright.db.session import Database
from callwright.db.tables.tasks import AttemptRow
from callwright.speech.errors import UnsayableTextError
from callwright.speech.port import Pcm, SpeechUnavailableError
from callwright.tasks.schemas import TaskView
from callwright.tasks.versions import play_version
from callwright.telephony.port import Originate
from tests.factories.calling import NOW, Caller, make_caller
from tests.factories.house import House, nothing_under_way, task_is
from tests.factories.jobs import work_off
from tests.fakes.simulated_time import SimulatedTime
from tests.fakes.speech import FakeSpeech
from tests.waiting import until

FREE = "好的，这个月洗牙免费。"


class NotingSpeech(FakeSpeech):
    """Notes in which language it is asked to speak; the first ``failures`` times it is away."""

    def __init__(self, failures: int = 0) -> None:
        super().__init__(SimulatedTime())
        self.spoken: list[tuple[str, str]] = []
        self._failures = failures

    async def synthesise(
        self, text: str, *, voice: str = "", speed: float = 1.0, language: str = "en", deadline_s: float = 20.0
    ) -> Pcm:
        """Note, and speak what can be."""
        if self._failures:
            self._failures -= 1
            raise SpeechUnavailableError(address="fake", why="it is away")
        if text.startswith("好的"):
            self.spoken.append((language, text))
            raise UnsayableTextError(signs="好", language=language)
        self.spoken.append((language, text))
        return await super().synthesise(text)


async def test_what_every_chinese_call_may_say_is_spoken_once_it_is_published(database: Database) -> None:
    await make_caller(database, language="zh")
    speech = NotingSpeech()
    await work_off(database.url, [speak_ahead_job(database, speech)])
    assert {language for language, _ in speech.spoken} == {"zh"}
    texts = [text for _, text in speech.spoken]
    assert len(texts) == len(set(texts))
    # One that can't be said keeps no other from being spoken.
    assert FREE in texts
    assert texts[-1] == CHINESE.hold
    assert not [text for text in texts if "{" in text or "\ue000" in text]
    assert any("海港口腔" in text for text in texts)


async def test_a_start_speaks_again_what_was_forgotten_and_english_never_asks(database: Database) -> None:
    chinese, english = await make_caller(database, language="zh"), await make_caller(database, name="Acme")
    speech = NotingSpeech(failures=1)
    job = speak_ahead_job(database, speech)
    await english.running_task(1)
    await work_off(database.url, [job])
    first = len(speech.spoken)
    await chinese.running_task(1)
    await work_off(database.url, [job])
    assert first > 40
    assert len(speech.spoken) == 2 * first
    assert {language for language, _ in speech.spoken} == {"zh"}


async def test_a_version_that_a_task_turns_to_is_spoken_again(database: Database) -> None:
    caller = await make_caller(database, language="zh")
    speech = NotingSpeech()
    job = speak_ahead_job(database, speech)
    task = await caller.running_task(1)
    await work_off(database.url, [job])
    first = len(speech.spoken)
    async with database.tenant(caller.tenant_id) as session:
        await play_version(session, task.id, 1)
    await work_off(database.url, [job])
    assert len(speech.spoken) == 2 * first > 80


async def test_before_a_chinese_call_is_dialled_its_own_values_were_spoken(
    database: Database, tmp_path: Path
) -> None:
    house = House(database, tmp_path)
    house.speech.recognition_ms = 0
    spoken_before: list[list[str]] = []
    originate = house.engine.originate

    async def noting(request: Originate) -> object:
        spoken_before.append(list(house.speech.synthesised))
        return await originate(request)

    house.engine.originate = noting  # type: ignore[assignment, method-assign]
    caller = await make_caller(database, language="zh")
    await caller.running_task(1, concurrency=1)
    async with house.open():
        await until(lambda: _asked(spoken_before), "a call")
    assert any("Maria" in text for text in spoken_before[0])
    assert any("last April" in text for text in spoken_before[0])
    assert FREE in spoken_before[0]


class SoundlessSpeech(FakeSpeech):
    """Has no sound for some ``signs`` that it meets in what holds ``words``."""

    def __init__(self, words: str, signs: str) -> None:
        super().__init__(SimulatedTime())
        self._words, self._signs = words, signs

    async def synthesise(
        self, text: str, *, voice: str = "", speed: float = 1.0, language: str = "en", deadline_s: float = 20.0
    ) -> Pcm:
        """Speak, unless the words are in it."""
        if self._words in text:
            raise UnsayableTextError(signs=self._signs, language=language)
        return await super().synthesise(text)


async def _until_it_is(state: str, database: Database, folder: Path, signs: str) -> tuple[Caller, TaskView]:
    """Run a task of one customer, Maria, whose texts have no sound for ``signs``, until it stands so; return it."""
    house = House(database, folder)
    house.speech = SoundlessSpeech("Maria", signs)
    caller = await make_caller(database, language="zh")
    task = await caller.running_task(1, concurrency=1)
    async with house.open():
        await until(lambda: task_is(caller, task.id, state), f"that it is {state}")
        await until(lambda: nothing_under_way(caller), "the end of what was under way")
    assert house.engine.calls == []
    return caller, await caller.view(task.id)


async def test_a_customer_whose_name_has_no_sound_is_denied_and_nobody_else(
    database: Database, tmp_path: Path
) -> None:
    caller, task = await _until_it_is("finished", database, tmp_path, signs="M")
    assert task.state_reason == "all_called"
    async with database.tenant(caller.tenant_id) as session:
        progress = await get_progress(session, task.id, now=NOW)
        attempt = (await session.scalars(select(AttemptRow))).one()
    assert (progress.called, progress.denied, progress.attempts) == (0, 1, 0)
    assert (attempt.gate_verdict, attempt.gate_rule) == ("deny", "value-unsayable")


async def test_a_script_that_has_no_sound_for_its_own_words_stops_its_task(
    database: Database, tmp_path: Path
) -> None:
    _, task = await _until_it_is("paused", database, tmp_path, signs="Ж")
    assert task.state_reason == "script_fault"


async def _asked(calls: list[list[str]]) -> bool:
    return bool(calls)


async def test_a_voice_speaks_ahead_for_a_while_and_no_longer() -> None:
    speech = FakeSpeech(SimulatedTime())
    cache, voice = PromptCache(speech), Voice(language="zh")
    speech.hung = True
    async with asyncio.timeout(30):
        await cache.warm_for(0.01, [FREE], voice, deadline_s=60)
    assert cache.get(FREE, voice) is None
    speech.hung = False
    await cache.warm_for(10, ["再见，祝您一切顺利。"], voice, deadline_s=60)
    assert cache.get("再见，祝您一切顺利。", voice) is not None
    await cache.close()
