"""What a crowd showed: who was understood, who left where, what was never reached, and whether that is enough."""

import statistics
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from callwright.dialogue.graph import Script
from callwright.dialogue.intents import examples_of
from callwright.dialogue.paths import exits
from callwright.personas.conversation import Conversation, Exchange
from callwright.personas.crowd import Pair
from callwright.personas.intervals import Share, share_of
from callwright.personas.marks import Marks, Verdict, judge
from callwright.personas.meant import Kind
from callwright.personas.people import Wish
from callwright.personas.sound import SoundFigures
from callwright.personas.wordings import folded

SAID_SHOWN = 8
BINS = 5


@dataclass(frozen=True, slots=True)
class Misheard:
    """A sentence that was taken for something else; ``person`` finds its conversation.

    ``known``: it is an example of the script, which whoever misunderstood it was not taught.
    """

    text: str
    node: str
    score: float
    person: int
    noisy: bool
    known: bool


@dataclass(frozen=True, slots=True)
class Confusion:
    """Sentences that meant one thing and were taken for another, nothing where they were not understood."""

    meant: str
    kind: Kind
    understood: str
    count: int
    said: tuple[Misheard, ...]


@dataclass(frozen=True, slots=True)
class NodeFigures:
    """How many people reached a node, and hung up there."""

    node: str
    reached: int
    left: int


@dataclass(frozen=True, slots=True)
class Way:
    """A way out of a node, as ``dialogue.paths.exits`` calls it."""

    node: str
    way: str


@dataclass(frozen=True, slots=True)
class WishFigures:
    """People of one wish: how they were graded, how many of them as they should have been."""

    wish: Wish
    grades: dict[str, int]
    right: Share
    ended: dict[str, int]


@dataclass(frozen=True, slots=True)
class GradePair:
    """People who should have been graded ``meant`` and were graded ``given``."""

    meant: str
    given: str
    count: int
    person: int


@dataclass(frozen=True, slots=True)
class Confidence:
    """Sentences understood with a score from ``low`` to ``high``: how sure, and how often right."""

    low: float
    high: float
    sure: float
    right: Share


@dataclass(frozen=True, slots=True)
class Lengths:
    """Turns or seconds of a call."""

    mean: float
    median: float
    longest: float


@dataclass(frozen=True, slots=True)
class Report:
    """The whole. Shares are of ``people``; ``accuracy`` is of sentences that the classifier was never taught."""

    people: int
    verdict: Verdict
    accuracy: Share
    accuracy_clear: Share
    by_intent: dict[str, Share]
    untestable: tuple[str, ...]
    confidence: tuple[Confidence, ...]
    calibration_error: float
    confusions: tuple[Confusion, ...]
    nonsense_taken: Share
    values: Share
    missing: dict[str, int]
    """What people meant that the script has no intent for: by meaning, how many."""
    grades_right: Share
    grades: tuple[GradePair, ...]
    wishes: tuple[WishFigures, ...]
    endings: dict[str, int]
    nodes: tuple[NodeFigures, ...]
    nodes_never: tuple[str, ...]
    exits_never: tuple[Way, ...]
    questions_never: tuple[str, ...]
    gave_up: Share
    do_not_call: Share
    unheeded: tuple[int, ...]
    silent: Share
    turns: Lengths
    seconds: Lengths
    sound: SoundFigures | None = None
    """Of a crowd that spoke."""


def report(script: Script, pairs: Sequence[Pair], marks: Marks, untestable: Sequence[str] = ()) -> Report:
    """Return what the conversations of a crowd show, measured against ``marks``."""
    heard = [pair.heard for pair in pairs]
    said = [(one, exchange) for one in heard for exchange in one.exchanges]
    unseen = [exchange for _, exchange in said if exchange.tells]
    accuracy = _rights(unseen)
    grades = share_of(sum(pair.heard.grade == pair.meant.grade for pair in pairs), len(pairs))
    gave_up = share_of(sum(_gave_up(pair) for pair in pairs), len(pairs))
    asked = [one for one in heard if one.heeded is not None]
    do_not_call = share_of(sum(bool(one.heeded) for one in asked), len(asked))
    silent_ones = [one for one in heard if one.persona.wish is Wish.SILENT]
    silent = share_of(sum(_is_bounded(one, marks) for one in silent_ones), len(silent_ones))
    return Report(
        people=len(pairs),
        verdict=judge(marks, len(pairs), accuracy, grades, gave_up, do_not_call, silent),
        accuracy=accuracy,
        accuracy_clear=_rights([exchange for exchange in unseen if not exchange.noisy]),
        by_intent=_by_intent(unseen),
        untestable=tuple(untestable),
        confidence=_confidence(unseen),
        calibration_error=_calibration_error(unseen),
        confusions=_confusions(script, said),
        nonsense_taken=_share(said, Kind.OFF_TOPIC, right=False),
        values=_share(said, Kind.VALUE, right=True),
        missing=dict(Counter(one.meant.name for _, one in said if one.meant.kind is Kind.UNKNOWN_TO_SCRIPT)),
        grades_right=grades,
        grades=_grades(pairs),
        wishes=tuple(_wish(wish, pairs) for wish in Wish if any(one.persona.wish is wish for one in heard)),
        endings=dict(Counter("left" if one.left else one.ended for one in heard).most_common()),
        nodes=_nodes(script, heard),
        nodes_never=tuple(node for node in script.nodes if not any(node in one.path for one in heard)),
        exits_never=_exits_never(script, heard),
        questions_never=tuple(_never_asked(script, said)),
        gave_up=gave_up,
        do_not_call=do_not_call,
        unheeded=tuple(one.persona.number for one in asked if not one.heeded),
        silent=silent,
        turns=_lengths([one.turns for one in heard]),
        seconds=_lengths([one.seconds for one in heard]),
    )


def _rights(exchanges: Sequence[Exchange]) -> Share:
    return share_of(sum(bool(exchange.right) for exchange in exchanges), len(exchanges))


def _share(said: Iterable[tuple[Conversation, Exchange]], kind: Kind, *, right: bool) -> Share:
    found = [one.right for _, one in said if one.meant.kind is kind and one.right is not None and not one.key]
    return share_of(found.count(right), len(found))


def _gave_up(pair: Pair) -> bool:
    """Say whether a person hung up, or was given up, who would have come to an end had we understood them."""
    ours = {"not_understood", "too_long", "script_loop"}
    heard, meant = pair.heard, pair.meant
    return (heard.left or heard.ended in ours) and not (meant.left or meant.ended in ours)


def _is_bounded(one: Conversation, marks: Marks) -> bool:
    return not one.left and one.seconds <= marks.silent_s


def _by_intent(unseen: Sequence[Exchange]) -> dict[str, Share]:
    by_intent: defaultdict[str, list[Exchange]] = defaultdict(list)
    for exchange in unseen:
        by_intent[exchange.meant.name].append(exchange)
    found = {name: _rights(exchanges) for name, exchanges in by_intent.items()}
    return dict(sorted(found.items(), key=lambda pair: pair[1].share))


def _confidence(unseen: Sequence[Exchange]) -> tuple[Confidence, ...]:
    found = []
    for place in range(BINS):
        low, high = place / BINS, (place + 1) / BINS
        ones = [one for one in unseen if low < one.score <= high]
        if ones:
            found.append(Confidence(low, high, statistics.fmean(one.score for one in ones), _rights(ones)))
    return tuple(found)


def _calibration_error(unseen: Sequence[Exchange]) -> float:
    bins = _confidence(unseen)
    counted = sum(one.right.said for one in bins)
    return sum(abs(one.sure - one.right.share) * one.right.said for one in bins) / counted if counted else 0.0


def _confusions(script: Script, said: Sequence[tuple[Conversation, Exchange]]) -> tuple[Confusion, ...]:
    known = {folded(text) for texts in examples_of(script).values() for text in texts}
    groups: defaultdict[tuple[str, Kind, str], list[tuple[Conversation, Exchange]]] = defaultdict(list)
    for one, exchange in said:
        if exchange.right is False:
            groups[exchange.meant.name, exchange.meant.kind, exchange.understood].append((one, exchange))
    found = [
        Confusion(meant, kind, understood, len(ones), _examples(ones, known))
        for (meant, kind, understood), ones in groups.items()
    ]
    return tuple(sorted(found, key=lambda one: (-one.count, one.meant, one.understood)))


def _examples(ones: Sequence[tuple[Conversation, Exchange]], known: Collection[str]) -> tuple[Misheard, ...]:
    by_text = {exchange.text: (one, exchange) for one, exchange in reversed(ones)}
    return tuple(
        Misheard(
            text, exchange.node, round(exchange.score, 3), one.persona.number, exchange.noisy, folded(text) in known
        )
        for text, (one, exchange) in list(by_text.items())[:SAID_SHOWN]
    )


def _grades(pairs: Sequence[Pair]) -> tuple[GradePair, ...]:
    first: dict[tuple[str, str], int] = {}
    counted: Counter[tuple[str, str]] = Counter()
    for pair in pairs:
        key = pair.meant.grade, pair.heard.grade
        counted[key] += 1
        first.setdefault(key, pair.heard.persona.number)
    return tuple(GradePair(*key, count, first[key]) for key, count in counted.most_common())


def _wish(wish: Wish, pairs: Sequence[Pair]) -> WishFigures:
    of_it = [pair for pair in pairs if pair.heard.persona.wish is wish]
    return WishFigures(
        wish,
        dict(Counter(pair.heard.grade for pair in of_it)),
        share_of(sum(pair.heard.grade == pair.meant.grade for pair in of_it), len(of_it)),
        dict(Counter("left" if pair.heard.left else pair.heard.ended for pair in of_it).most_common()),
    )


def _nodes(script: Script, heard: Sequence[Conversation]) -> tuple[NodeFigures, ...]:
    reached = Counter(node for one in heard for node in set(one.path))
    left = Counter(one.node for one in heard if one.left)
    return tuple(NodeFigures(node, reached[node], left[node]) for node in script.nodes if reached[node])


def _exits_never(script: Script, heard: Sequence[Conversation]) -> tuple[Way, ...]:
    """Return the ways out of nodes that people reached which nobody took."""
    taken = {pair for one in heard for pair in one.exits}
    steps = {pair for one in heard for pair in zip(one.path, one.path[1:], strict=False)}
    reached = {node for one in heard for node in one.path}
    never = []
    for node in (name for name in script.nodes if name in reached):
        for way, target in exits(script, script.nodes[node]):
            own = way.startswith(("branches.", "keys."))
            if (node, way) not in taken if own else (node, target) not in steps:
                never.append(Way(node, way))
    return tuple(never)


def _never_asked(script: Script, said: Sequence[tuple[Conversation, Exchange]]) -> Iterable[str]:
    answered = {exchange.understood for _, exchange in said}
    return (name for name in script.knowledge if name not in answered)


def _lengths(figures: Sequence[float]) -> Lengths:
    if not figures:
        return Lengths(0.0, 0.0, 0.0)
    return Lengths(statistics.fmean(figures), statistics.median(figures), max(figures))
