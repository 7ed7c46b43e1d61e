"""The language model of one call: asked anew whenever the dialogue wants, answering sentence by sentence."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, replace

import structlog

from callwright.dialogue.port import Event
from callwright.dialogue.spoken.sentences import sentences
from callwright.dialogue.thought import (
    SentenceThought,
    Think,
    ThoughtDropped,
    ThoughtEnded,
    ThoughtFailed,
    ToolAsked,
    ToolCall,
    Trouble,
)
from callwright.kit.errors import InvalidInputError
from callwright.language.port import Finished, LanguageModel, LanguageModelError, Piece, Words, estimated_tokens

_LONGEST_SENTENCE = 400
"""What has no end by then is told as it is."""

_NOT_READ: tuple[Trouble, ...] = ("refused", "gone")
"""Who fails like this has read nothing."""

log = structlog.get_logger(__name__)


class NoLanguageModelError(InvalidInputError):
    """No language model is set up for scripts of engine 2.0. Set CALLWRIGHT_LANGUAGE_MODEL_URL and start again."""

    code = "no-language-model"


class Thinker:
    """Wants one answer at a time; ``tell`` is called with what comes of it, in order.

    What will probably be asked can be asked early. Nothing is told of it until it is asked in earnest; asked
    anything else, or nothing, it was in vain. One vain asking is all that there is between two askings in earnest.
    What was read and written in vain is told, so that it counts.
    """

    def __init__(
        self, model: LanguageModel | None, tell: Callable[[Event], None], *, asks_early: bool = True
    ) -> None:
        self._model = model
        self._tell = tell
        self._asks_early = asks_early
        self._wanted: _Asking | None = None
        self._early: _Asking | None = None
        self._was_early = False
        self._ended: set[asyncio.Task[None]] = set()

    @property
    def busy(self) -> bool:
        """Whether an answer is being waited for."""
        return self._wanted is not None and not self._wanted.task.done()

    def begin(self, asked: Think) -> None:
        """Ask ``asked``, and nothing that was asked before. Raises NoLanguageModelError."""
        if self._model is None:
            raise NoLanguageModelError
        self.stop()
        self._was_early = False
        early = self._early
        if early is not None and early.answers(asked):
            self._early, self._wanted = None, early
            early.release()
        else:
            self.anticipate(None)
            self._wanted = self._ask(self._model, asked)
            self._wanted.release()

    def anticipate(self, asked: Think | None) -> None:
        """Ask ``asked`` early, unless that would be the second time in vain; with ``None`` ask nothing early."""
        if self._early is not None and (asked is None or not self._early.answers(asked)):
            self._drop(self._early)
            self._early = None
        if asked is not None and self._model is not None and self._asks_early and not self._was_early:
            self._was_early = True
            self._early = self._ask(self._model, asked)

    def stop(self) -> None:
        """Want no answer any more."""
        if self._wanted is not None:
            self._drop(self._wanted)
        self._wanted = None

    async def close(self) -> None:
        """Want no answer any more, and wait until nothing is left of it."""
        self.stop()
        self.anticipate(None)
        await asyncio.gather(*self._ended, return_exceptions=True)

    def _ask(self, model: LanguageModel, asked: Think) -> "_Asking":
        writing = _Writing(asked, self._tell)
        return _Asking(asked, writing, asyncio.create_task(_think(model, asked, writing), name="thinking"))

    def _drop(self, asking: "_Asking") -> None:
        if asking.task.cancel():
            self._ended.add(asking.task)
            asking.task.add_done_callback(self._ended.discard)
        asking.writing.drop()


@dataclass(frozen=True, slots=True)
class _Asking:
    """One thing asked, and the answer as it is written."""

    asked: Think
    writing: "_Writing"
    task: asyncio.Task[None]

    def answers(self, asked: Think) -> bool:
        """Say whether what is written here answers ``asked``, too."""
        return not self.writing.failed and _folded(self.asked) == _folded(asked)

    def release(self) -> None:
        """Tell what was written, and from now on what is."""
        self.writing.release()


def _folded(asked: Think) -> Think:
    """Return ``asked`` without what makes no difference to who is meant: how the last words are written."""
    *before, last = asked.messages
    text = " ".join(last.text.casefold().split()).rstrip(" .,!…。，！")
    return replace(asked, messages=(*before, replace(last, text=text)))


async def _think(model: LanguageModel, asked: Think, writing: "_Writing") -> None:
    try:
        async with asyncio.timeout(asked.total_s), aclosing(_kept(model.write(asked), asked.first_s)) as pieces:
            async for piece in pieces:
                writing.take(piece)
    except TimeoutError:
        writing.fail("silent" if writing.begun else "slow")
    except LanguageModelError as error:
        log.warning("language model failed", why=str(error), trouble=error.trouble)
        writing.fail(error.trouble)


async def _kept(pieces: AsyncGenerator[Piece], most_s: float) -> AsyncGenerator[Piece]:
    """Yield ``pieces``, none of which may take longer than ``most_s``. Raises TimeoutError."""
    try:
        while True:
            async with asyncio.timeout(most_s):
                piece = await anext(pieces)
            yield piece
    except StopAsyncIteration:
        return
    finally:
        await pieces.aclose()


class _Writing:
    """One answer as it comes: words into sentences, held back until it is wanted."""

    def __init__(self, asked: Think, tell: Callable[[Event], None]) -> None:
        self._asked = asked
        self._told = tell
        self._held: list[Event] | None = []
        self._pending = ""
        self._characters = 0
        self._tokens: int | None = None
        self._paid = False
        self.begun = False
        self.failed = False

    def release(self) -> None:
        """Tell what was held back, and hold nothing back any more."""
        held, self._held = self._held or [], None
        for event in held:
            self._tell(event)

    def drop(self) -> None:
        """Nobody wants it: tell what it has cost, unless that was told, and nothing more."""
        self._held = []
        if not self._paid:
            self._paid = True
            self._told(ThoughtDropped(self._cost()))

    def take(self, piece: Piece) -> None:
        self.begun = True
        match piece:
            case Words(text):
                self._characters += len(text)
                self._pending += text
                self._tell_complete()
            case ToolCall():
                self._characters += len(piece.arguments)
                self._tell_pending()
                self._tell(ToolAsked(self._asked.serial, piece))
            case Finished(tokens, cut):
                self._tokens = tokens
                if not cut:
                    self._tell_pending()
                self._tell(ThoughtEnded(self._asked.serial, tokens))

    def fail(self, why: Trouble) -> None:
        self.failed = True
        self._tokens = 0 if why in _NOT_READ else self._cost()
        self._tell(ThoughtFailed(self._asked.serial, why, self._tokens))

    def _cost(self) -> int:
        return estimated_tokens(self._asked, self._characters) if self._tokens is None else self._tokens

    def _tell(self, event: Event) -> None:
        if self._held is None:
            self._paid = self._paid or isinstance(event, ThoughtEnded | ThoughtFailed)
            self._told(event)
        else:
            self._held.append(event)

    def _tell_complete(self) -> None:
        *complete, last = sentences(self._pending) or [self._pending]
        if complete:
            # The space behind the last word says that it is complete.
            self._pending = last + self._pending[len(self._pending.rstrip()) :]
            for sentence in complete:
                self._tell(SentenceThought(self._asked.serial, sentence))
        if len(self._pending) > _LONGEST_SENTENCE:
            self._tell_pending()

    def _tell_pending(self) -> None:
        pending, self._pending = self._pending, ""
        if pending.strip():
            self._tell(SentenceThought(self._asked.serial, pending))
