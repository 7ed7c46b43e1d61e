"""What the crowd services hand out, and how results are kept as JSON."""

from dataclasses import dataclass
from enum import StrEnum

from pydantic import TypeAdapter

from callwright.db.tables.crowds import CrowdRunRow
from callwright.personas.comparing import Outcome
from callwright.personas.conversation import Conversation
from callwright.personas.crowd import Pair
from callwright.personas.marks import Marks
from callwright.personas.report import Report

REPORTS = TypeAdapter(Report)
OUTCOMES = TypeAdapter(tuple[Outcome, ...])
MARKS = TypeAdapter(Marks)


class Mode(StrEnum):
    """How a crowd talks: in writing, or on real calls, in sound."""

    TEXT = "text"
    SPEECH = "speech"


@dataclass(frozen=True, slots=True)
class CrowdWanted:
    """What kind of crowd is asked for; the same seed and number make the same people."""

    people: int
    seed: int
    mode: Mode = Mode.TEXT


@dataclass(frozen=True, slots=True)
class Ranked:
    """An intent, and how sure the classifier was of it."""

    intent: str
    score: float


@dataclass(frozen=True, slots=True)
class CrowdLine:
    """One turn of a kept conversation: what we said, then what the person said, meant and was taken for.

    ``they_said`` is as it was heard; in a crowd that speaks, ``said`` is as it was spoken.
    """

    node: str
    we_said: tuple[str, ...]
    they_said: str
    kind: str
    meant: str
    understood: str
    score: float
    ranked: tuple[Ranked, ...]
    right: bool | None
    noisy: bool
    interrupting: bool
    key: bool
    said: str = ""


@dataclass(frozen=True, slots=True)
class CrowdConversation:
    """A conversation that can be read in full."""

    number: int
    wish: str
    leans: str
    lines: tuple[CrowdLine, ...]
    last_words: tuple[str, ...]
    path: tuple[str, ...]
    ended: str
    left: bool
    heeded: bool | None
    grade: str
    because: str
    meant_grade: str
    turns: int
    seconds: float


KEPT = TypeAdapter(CrowdConversation)


@dataclass(frozen=True, slots=True)
class CrowdView:
    """A crowd: of which script and version, and who asked for it."""

    row: CrowdRunRow
    script: str
    version: int
    asked_by: str | None
    changed_since: bool
    """Whether the version, a draft then, says something else now."""


def kept(pair: Pair) -> CrowdConversation:
    """Return a conversation as it is kept."""
    heard: Conversation = pair.heard
    lines = tuple(
        CrowdLine(
            one.node,
            one.heard_before,
            one.text,
            one.meant.kind.value,
            one.meant.name,
            one.understood,
            round(one.score, 3),
            tuple(Ranked(name, round(score, 3)) for name, score in one.ranked),
            one.right,
            one.noisy,
            one.interrupting,
            one.key,
            one.said,
        )
        for one in heard.exchanges
    )
    return CrowdConversation(
        heard.persona.number,
        heard.persona.wish.value,
        heard.persona.leans.value,
        lines,
        heard.last_words,
        heard.path,
        heard.ended,
        heard.left,
        heard.heeded,
        heard.grade,
        heard.because,
        pair.meant.grade,
        heard.turns,
        round(heard.seconds, 1),
    )


def went_wrong(pair: Pair) -> bool:
    """Say whether a conversation is worth reading first."""
    misheard = any(one.right is False for one in pair.heard.exchanges)
    return misheard or pair.heard.grade != pair.meant.grade or pair.heard.heeded is False
