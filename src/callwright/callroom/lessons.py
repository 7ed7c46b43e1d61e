"""What the intent classifier of a node was taught lately, so that not every call teaches it again."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence

from callwright.speech.port import IntentClassifier

GOOD_FOR_S = 5.0
"""How long a lesson is relied upon: a speech server that begins anew remembers nothing."""
MOST = 100
_SAMPLE = "hello"

Examples = Mapping[str, Sequence[str]]


class Lessons:
    """Teaches a classifier the examples of the scripts that are about to be spoken, each once in a while."""

    def __init__(self) -> None:
        self._given: OrderedDict[int, tuple[Examples, float]] = OrderedDict()

    def fresh(self, examples: Examples, now: float) -> bool:
        """Tell whether these very examples were taught lately; ``now`` is monotonic, in seconds."""
        given = self._given.get(id(examples))
        return given is not None and given[0] is examples and now < given[1] + GOOD_FOR_S

    async def give(
        self, classifier: IntentClassifier, examples: Examples, now: float, *, deadline_s: float
    ) -> None:
        """Teach ``examples``: a classifier learns them when first asked. Raises what the classifier raises."""
        await classifier.classify(_SAMPLE, examples, deadline_s=deadline_s)
        self._given[id(examples)] = (examples, now)
        self._given.move_to_end(id(examples))
        while len(self._given) > MOST:
            self._given.popitem(last=False)
