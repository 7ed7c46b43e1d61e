"""What sentences mean to a script, as in a call: asked of the speech server, the last answers remembered."""

import asyncio
import hashlib
import json
from collections import OrderedDict
from collections.abc import Collection, Mapping, Sequence

from callwright.speech.port import IntentClassifier

Scores = tuple[tuple[str, float], ...]

MOST = 5000
AT_ONCE = 16


class Meanings:
    """Sorts sentences into intents; the same sentence of the same examples is asked once."""

    def __init__(self, classifier: IntentClassifier) -> None:
        self._classifier = classifier
        self._known: OrderedDict[tuple[bytes, str], Scores] = OrderedDict()

    async def of(
        self, texts: Collection[str], examples: Mapping[str, Sequence[str]], *, deadline_s: float
    ) -> dict[str, Scores]:
        """Return the intents of each text with their scores, best first; none where there are no ``examples``.

        Raises SpeechDeadlineError, SpeechUnavailableError.
        """
        if not examples:
            return dict.fromkeys(texts, ())
        digest = hashlib.sha256(json.dumps(examples).encode()).digest()
        wanted = dict.fromkeys(text for text in texts if (digest, text) not in self._known)
        places = asyncio.Semaphore(AT_ONCE)

        async def ask(text: str) -> None:
            async with places:
                scores = await self._classifier.classify(text, examples, deadline_s=deadline_s)
            self._known[digest, text] = tuple((one.intent, one.score) for one in scores)

        try:
            async with asyncio.TaskGroup() as asking:
                for text in wanted:
                    asking.create_task(ask(text))
        except ExceptionGroup as failed:
            raise failed.exceptions[0] from None
        found = {text: self._known[digest, text] for text in texts}
        while len(self._known) > MOST:
            self._known.popitem(last=False)
        return found
