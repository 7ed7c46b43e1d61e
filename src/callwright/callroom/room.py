"""The room at our end of one call: every 20 ms it hears, decides who has the floor, and speaks."""

import asyncio
from concurrent.futures import Future
from typing import Generic, TypeVar

from callwright.callroom.answering import Answering
from callwright.callroom.conductor import Conductor
from callwright.callroom.ear import Ear
from callwright.callroom.entries import is_wish
from callwright.callroom.hold_messages import hold_messages
from callwright.callroom.journal import Journal
from callwright.callroom.listener import Listener, Manners, SpokenTurn
from callwright.callroom.messenger import Errands
from callwright.callroom.overlapping import Overlapping
from callwright.callroom.plan import CallPlan, Equipment
from callwright.callroom.player import News, Player, PromptEnded, PromptFailed, PromptStarted
from callwright.callroom.reception import Reception
from callwright.callroom.recorded_prompts import RecordedPrompts
from callwright.callroom.recorder import Recorder
from callwright.callroom.scribe import Scribe
from callwright.callroom.understanding import Understanding, Understood
from callwright.dialogue import port as dialogue
from callwright.dialogue.messages import SendMessage
from callwright.dialogue.spoken.sentences import sentences
from callwright.dialogue.thought import Think
from callwright.language.thinking import Thinker
from callwright.telephony.port import Frame
from callwright.turns import endpointing, silence
from callwright.turns.frames import frames
from callwright.turns.interjections import SaidOver
from callwright.turns.lexicon import lexicon
from callwright.turns.patience import Expects

State = TypeVar("State")

_SPEECH_UNAVAILABLE = "speech_unavailable"
_LOST = "lost"


class Room(Generic[State]):
    """The audio handler of one call, and what a dialogue may have done there.

    Frames are dealt with inside the engine's tick; the dialogue is stepped between ticks. ``finished`` is set once
    the room wants the call ended. Nothing raises into the engine: a fault ends the call.
    """

    def __init__(
        self,
        equipment: Equipment,
        plan: CallPlan[State],
        recorded: RecordedPrompts,
        journal: Journal,
        finished: asyncio.Future[None],
    ) -> None:
        settings = equipment.settings
        self._words, self._calls_again = settings.words[plan.language], plan.calls_again
        self._clock = equipment.clock
        self._prompts = equipment.prompts
        self._voice = plan.voice
        self._journal = journal
        self._loop = asyncio.get_running_loop()
        self._finished = finished
        self._conductor = Conductor(
            plan.dialogue, plan.variables, self, journal, plan.witness, pressed=self._words.pressed
        )
        self._scribe = Scribe(journal, equipment.clock)
        words = lexicon(plan.language)
        self._answering = Answering(self, self._conductor, self._scribe, journal, settings, words)
        self._player = Player(
            equipment.prompts, plan.voice, recorded, synthesis_s=settings.speaking_s(plan.language)
        )
        self._overlapping = Overlapping(self._player, self._scribe, settings, words)
        self._understanding = Understanding(
            equipment.speech, plan.dialogue.examples, language=plan.language, limit_s=settings.recognition_s
        )
        self._ear = Ear(equipment.voice_activity(), settings.acoustics, settings.foreground)
        manners = Manners(settings.endpointing, settings.patience, words, settings.pre_roll_ms)
        self._listener = Listener(self._ear, manners, self._understanding, self)
        self._reception = Reception(
            self, self._player, journal, hold_messages(settings, plan), desk=plan.desk, hold_s=plan.hold_s
        )
        self._thinker = Thinker(equipment.language, self._thought, asks_early=settings.asks_early)
        self._errands = Errands(
            plan.messenger, self._thought, write_s=settings.message_write_s, wait_s=settings.message_wait_s
        )
        self._recorder = (
            Recorder(equipment.recordings, plan.recording, self._sound_lost) if plan.recording is not None else None
        )
        self._waiting = silence.Waiting(round(settings.silence_s * 1000))
        self._open = self._held = self._broken = False
        self._ending: str | None = None
        self._heard: Frame | None = None
        self._ticks = 0
        self._time_up_tick: int | None = None
        self._steps_due = 0

    # The engine's side ------------------------------------------------------------------------------------

    def heard(self, frame: Frame) -> None:
        """Take the 20 ms just received; until the call is answered they are nobody's."""
        if not self._open or self._broken:
            return
        if self._heard is not None:
            # The engine sent something of its own (a key) in place of our last frame.
            self._tick(self._heard, speaking=False)
        self._heard = frame

    def say(self) -> Frame | None:
        """Return the next 20 ms to send, or ``None`` for silence."""
        if not self._open or self._broken:
            return None
        frame, self._heard = self._heard, None
        return self._tick(frame, speaking=True)

    # The call's side --------------------------------------------------------------------------------------

    def answered(self) -> None:
        """Begin: the dialogue speaks first, once there is a seat."""
        self._open = True
        self._reception.welcome()

    def pressed(self, digit: str) -> None:
        """The person pressed a key; one that means something to the dialogue stops us."""
        if self._open:
            self._answering.second_thoughts.forget()
            self._post(dialogue.Pressed(digit))

    def held(self, on_hold: bool) -> None:
        """The far end put us on hold, or took us off it: meanwhile nobody hears us and nobody waits."""
        self._held = on_hold

    def call_over(self) -> bool:
        """Receive nobody any more; return whether the person answered and was never served."""
        return self._reception.call_over()

    async def hung_up(self) -> None:
        """The call is over: take in what was said last, then tell the dialogue."""
        if not self._open:
            return
        if not self._finished.done():
            self._finished.set_result(None)
        self._player.stop()
        self._speak()
        self._conductor.hung_up()
        try:
            await self._listener.last_words(now=self._clock.monotonic())
        except Exception as error:
            self.fail(error)
        self.step(dialogue.HungUp())
        self._open = False

    def fail(self, error: BaseException) -> None:
        """End the call because of ``error``."""
        self._journal.failed(error)
        self._finish("error")

    async def close(self) -> None:
        """Stop everything that still works for this call."""
        self._open = False
        self._conductor.stop()
        await self._reception.close()
        await self._thinker.close()
        await self._errands.close()
        await self._player.close()
        await self._understanding.close()

    def grade(self, talk_s: float) -> dialogue.Grade:
        """Return the grade of the call after ``talk_s`` seconds."""
        return self._conductor.grade(talk_s)

    def _sound_lost(self, from_ms: int, to_ms: int) -> None:
        self._journal.event("recording_lost", from_ms=from_ms, to_ms=to_ms)

    def finish_recording(self) -> Future[None] | None:
        """Hand the rest of the recording, if there is one, to its writer; done once all of it is in the file."""
        return self._recorder.finish() if self._recorder is not None else None

    # What a dialogue may have done ------------------------------------------------------------------------

    def speak(self, said: dialogue.Speak) -> None:
        """Say this after what is being said."""
        self._player.add(said)

    def hush(self) -> None:
        """Stop what is being said."""
        self._player.stop()
        self._overlapping.over()

    def wait(self, silence_s: float, expects: Expects) -> None:
        """Give the person ``silence_s`` to say what is expected."""
        self._listener.expects = expects
        self._waiting = silence.Waiting(round(silence_s * 1000))

    def think(self, asked: Think) -> None:
        """Ask the language model, and nothing that it was asked before."""
        self._thinker.begin(asked)

    def stop_thinking(self) -> None:
        """Want no answer of the language model any more."""
        self._thinker.stop()

    def watch(self, seconds: float) -> None:
        """Tell the dialogue when ``seconds`` have passed."""
        self._time_up_tick = self._ticks + frames(round(seconds * 1000))

    def send(self, wanted: SendMessage) -> None:
        """Send the person a text message, and tell the dialogue what became of it."""
        self._errands.begin(wanted)

    def end(self, reason: str) -> None:
        """End the call once everything has been said."""
        self._ending = reason
        if not self._player.busy:
            self._finish(reason)

    # Every 20 ms ------------------------------------------------------------------------------------------

    def _tick(self, customer: Frame | None, *, speaking: bool) -> Frame | None:
        try:
            self._ticks += 1
            if self._ticks == self._time_up_tick:
                self._post(dialogue.TimeUp())
            ours = None
            self._reception.tick()
            if not self._held:
                self._listen(customer)
                ours = self._speak() if speaking else None
                self._ear.sent(ours)
                self._wait()
            if self._recorder is not None:
                self._recorder.add(customer, ours)
            return ours
        except Exception as error:
            self._broken = True
            self.fail(error)
            return None

    def _listen(self, customer: Frame | None) -> None:
        for action in self._listener.hear(customer, urgent=self._overlapping.waits_for_words):
            if isinstance(action, endpointing.TurnEnded):
                self.turn_ended(action)
        sound, in_turn = self._listener.sound, self._listener.in_turn
        self._overlapping.hear(sound, self._ticks, interruptible=self._ending is None, in_turn=in_turn)

    def _speak(self) -> Frame | None:
        frame, news = self._player.frame()
        for item in news:
            self._take(item)
        return frame

    def _wait(self) -> None:
        self._waiting, stayed = silence.step(self._waiting, self._floor())
        if stayed:
            self._scribe.owe_nothing()
            self._answering.second_thoughts.forget()
            self._journal.event("stayed_silent")
            self._post(dialogue.StayedSilent())

    def _floor(self) -> silence.Floor:
        at_work = self._player.busy or self._thinker.busy or self._errands.busy or self._steps_due
        if at_work or self._ending is not None or self._reception.waiting:
            return silence.Floor.OURS
        return silence.Floor.THEIRS if self._listener.busy else silence.Floor.NOBODYS

    # What the player tells --------------------------------------------------------------------------------

    def _take(self, news: News) -> None:
        if isinstance(news, PromptStarted):
            self._scribe.prompt_started(self._ticks)
            self._answering.second_thoughts.reply_began(self._ticks)
        elif isinstance(news, PromptEnded):
            self._scribe.prompt_ended(news.prompt, self._ticks, interrupted=news.interrupted)
        elif isinstance(news, PromptFailed):
            self.give_up(news.error)
        elif self._ending is not None:
            self._finish(self._ending)
        elif self._reception.waiting:
            self._reception.all_said()
        else:
            self._post(dialogue.Spoken())

    # What the listener tells ------------------------------------------------------------------------------

    def guessed(self, meaning: Understood, *, complete: bool) -> bool:
        """Go on where the person only listened; else have the reply made, though they may not have finished."""
        listener = self._listener
        heard = SaidOver(meaning.part, meaning.confidence, listener.speech_ms)
        if self._overlapping.understood(heard, listener.expects):
            return False
        self._answering.guessed(meaning, complete=complete)
        return True

    def turn_ended(self, ended: endpointing.TurnEnded) -> None:
        """Have the turn understood, and the dialogue told where it is to be told."""
        yielded, listening = self._overlapping.turn_ended()
        delivered = not self._reception.waiting and not listening and (yielded or not self._player.busy)
        now = self._clock.monotonic()
        self._listener.finish(ended, now=now, interrupting=yielded, delivered=delivered, listening=listening)

    def settled(self, turn: SpokenTurn, meaning: Understood | BaseException) -> None:
        """Tell the dialogue, where it is to be told, what was said."""
        if self._open:
            self._answering.understood(turn, meaning)
            self._thinker.anticipate(None)

    def unfinished(self, frame: int) -> str:
        """Return what a person who begins to speak in ``frame`` goes on with, nothing if with nothing."""
        return self._answering.unfinished(frame)

    # What answering and the reception need ----------------------------------------------------------------

    @property
    def replying(self) -> bool:
        """Whether we are saying something that the person may still go on before."""
        return self._player.busy and self._ending is None

    @property
    def gave_up(self) -> bool:
        """Whether speech could not be had before the script had come to its goodbye."""
        return self._ending == _SPEECH_UNAVAILABLE and self._journal.goodbye is None

    @property
    def ending(self) -> bool:
        """Whether the call is being ended."""
        return self._ending is not None

    def begin(self) -> None:
        """Let the dialogue speak first."""
        self._post(dialogue.Answered())

    def turn_away(self, text: str) -> None:
        """End the call with ``text``, said after what is being said."""
        self._conductor.stop()
        self._player.add(dialogue.Speak(text, interruptible=False))
        self.end(_LOST)

    def step(self, event: dialogue.Event) -> None:
        """Step the dialogue; a fault ends the call."""
        try:
            self._conductor.take(event)
        except Exception as error:
            self.fail(error)

    def foresee(self, said: dialogue.Speak) -> None:
        """Have this made, as it will probably be said."""
        self._player.foresee(said)

    def anticipate(self, asked: Think | None) -> None:
        """Ask the language model early for what will probably be asked, and for nothing else.

        Not over what we are saying, which most people only accompany.
        """
        ours = self._player.busy or self._reception.waiting or self.ending
        self._thinker.anticipate(None if ours else asked)

    def give_up(self, error: BaseException) -> None:
        """End the call, as speech can't be had: with an apology, if there is one to be heard."""
        self._journal.speech_failed(error)
        if self._ending == _SPEECH_UNAVAILABLE:
            self._finish(_SPEECH_UNAVAILABLE)
            return
        self._conductor.stop()
        self.hush()
        # Who had come to a goodbye is not called again, nor who asked for that.
        wished = any(is_wish(turn) for turn in self._journal.turns)
        again = self._calls_again and self._journal.goodbye is None and not wished
        apology = self._words.promise if again else self._words.apology
        if all(self._prompts.get(sentence, self._voice) is not None for sentence in sentences(apology)):
            self._player.add(dialogue.Speak(apology, interruptible=False))
        self.end(_SPEECH_UNAVAILABLE)

    # Between frames ---------------------------------------------------------------------------------------

    def _thought(self, event: dialogue.Event) -> None:
        if self._open:
            self.step(event)

    def _post(self, event: dialogue.Event) -> None:
        self._steps_due += 1
        self._loop.call_soon(self._step_posted, event)

    def _step_posted(self, event: dialogue.Event) -> None:
        self._steps_due -= 1
        if self._open:
            self.step(event)

    def _finish(self, reason: str) -> None:
        self._conductor.stop()
        if self._finished.done():
            return
        if self._journal.hang_up_reason is None:
            self._journal.hang_up_reason = reason
        self._finished.set_result(None)
