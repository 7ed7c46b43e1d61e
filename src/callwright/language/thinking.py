"""The language model of one call: asked anew whenever the dialogue wants, answering sentence by sentence."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing

import structlog

from callwright.dialogue.port import Event
from callwright.dialogue.spoken.sentences import sentences
from callwright.dialogue.thought import (
    SentenceThought,
    Think,
    ThoughtEnded,
    ThoughtFailed,
    ToolAsked,
    ToolCall,
    Trouble,
)
from callwright.kit.errors import InvalidInputError
from callwright.language.port import Finished, LanguageModel, LanguageModelError, Piece, Words

_LONGEST_SENTENCE = 400
"""What has no end by then is told as it is."""

log = structlog.get_logger(__name__)


class NoLanguageModelError(InvalidInputError):
    """No language model is set up for scripts of engine 2.0. Set CALLWRIGHT_LANGUAGE_MODEL_URL and start again."""

    code = "no-language-model"


class Thinker:
    """Asks at most one thing at a time; ``tell`` is called with what comes of it, in order."""

    def __init__(self, model: LanguageModel | None, tell: Callable[[Event], None]) -> None:
        self._model = model
        self._tell = tell
        self._task: asyncio.Task[None] | None = None
        self._ended: set[asyncio.Task[None]] = set()

    @property
    def busy(self) -> bool:
        """Whether an answer is being waited for."""
        return self._task is not None and not self._task.done()

    def begin(self, asked: Think) -> None:
        """Ask ``asked``, and nothing that was asked before. Raises NoLanguageModelError."""
        if self._model is None:
            raise NoLanguageModelError
        self.stop()
        self._task = asyncio.create_task(self._think(self._model, asked), name="thinking")

    def stop(self) -> None:
        """Want no answer any more."""
        if self._task is not None and self._task.cancel():
            self._ended.add(self._task)
            self._task.add_done_callback(self._ended.discard)
        self._task = None

    async def close(self) -> None:
        """Want no answer any more, and wait until nothing is left of it."""
        self.stop()
        await asyncio.gather(*self._ended, return_exceptions=True)

    async def _think(self, model: LanguageModel, asked: Think) -> None:
        writing = _Writing(asked, self._tell)
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
    """One answer as it comes: words into sentences."""

    def __init__(self, asked: Think, tell: Callable[[Event], None]) -> None:
        self._serial = asked.serial
        self._tell = tell
        self._pending = ""
        self.begun = False

    def take(self, piece: Piece) -> None:
        self.begun = True
        match piece:
            case Words(text):
                self._pending += text
                self._tell_complete()
            case ToolCall():
                self._tell_pending()
                self._tell(ToolAsked(self._serial, piece))
            case Finished(tokens, cut):
                if not cut:
                    self._tell_pending()
                self._tell(ThoughtEnded(self._serial, tokens))

    def fail(self, why: Trouble) -> None:
        self._tell(ThoughtFailed(self._serial, why))

    def _tell_complete(self) -> None:
        *complete, last = sentences(self._pending) or [self._pending]
        if complete:
            # The space behind the last word says that it is complete.
            self._pending = last + self._pending[len(self._pending.rstrip()) :]
            for sentence in complete:
                self._tell(SentenceThought(self._serial, sentence))
        if len(self._pending) > _LONGEST_SENTENCE:
            self._tell_pending()

    def _tell_pending(self) -> None:
        pending, self._pending = self._pending, ""
        if pending.strip():
            self._tell(SentenceThought(self._serial, pending))
