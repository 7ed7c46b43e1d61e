"""What only sound shows of a crowd: words heard and said, how soon we reply, who speaks over whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from callwright.personas.intervals import Share, share_of
from callwright.personas.wordings import folded


@dataclass(frozen=True, slots=True)
class CallSound:
    """What was measured in one call. ``errors`` of ``words`` were heard otherwise than said, or not at all.

    ``reply_ms`` are from the end of the person's speech to our first sound, as it reached their ear.
    ``barge_ins`` are interruptions of prompts that may be interrupted, of which ``obeyed`` stopped us;
    ``interjections`` are sounds of who only follows, of which ``stopped`` stopped us all the same.
    """

    words: int = 0
    errors: int = 0
    said: int = 0
    unheard: int = 0
    reply_ms: tuple[int, ...] = ()
    spoke_over: int = 0
    barge_ins: int = 0
    obeyed: int = 0
    interjections: int = 0
    stopped: int = 0


@dataclass(frozen=True, slots=True)
class SoundFigures:
    """The same over all calls. ``failed`` calls came to no conversation and are in no other figure.

    ``word_errors`` is the word error rate (of characters in Chinese): substitutions, insertions and deletions to a
    word said, which may exceed 1.
    """

    word_errors: float
    words: int
    unheard: Share
    replies: int
    reply_p50_ms: int
    reply_p95_ms: int
    spoke_over: int
    barge_ins: Share
    interjections_stopped: Share
    failed: int


def figures_of(calls: Sequence[CallSound], *, failed: int) -> SoundFigures:
    """Return the figures of a crowd."""
    replies = sorted(ms for call in calls for ms in call.reply_ms)
    words = sum(call.words for call in calls)
    return SoundFigures(
        word_errors=sum(call.errors for call in calls) / words if words else 0.0,
        words=words,
        unheard=share_of(sum(call.unheard for call in calls), sum(call.said for call in calls)),
        replies=len(replies),
        reply_p50_ms=_part(replies, 0.5),
        reply_p95_ms=_part(replies, 0.95),
        spoke_over=sum(call.spoke_over for call in calls),
        barge_ins=share_of(sum(call.obeyed for call in calls), sum(call.barge_ins for call in calls)),
        interjections_stopped=share_of(
            sum(call.stopped for call in calls), sum(call.interjections for call in calls)
        ),
        failed=failed,
    )


def word_errors(said: str, heard: str, *, spaced: bool) -> tuple[int, int]:
    """Return how many words are wrong, and how many were said; without spaces between words, of characters."""
    one, other = _words(said, spaced=spaced), _words(heard, spaced=spaced)
    row = list(range(len(other) + 1))
    for place, word in enumerate(one, 1):
        before, row[0] = row[0], place
        for at, found in enumerate(other, 1):
            before, row[at] = row[at], min(row[at] + 1, row[at - 1] + 1, before + (word != found))
    return row[-1], len(one)


def _words(text: str, *, spaced: bool) -> list[str]:
    if not spaced:
        return list(folded(text))
    return [word for word in map(folded, text.split()) if word]


def _part(ordered: Sequence[int], share: float) -> int:
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))] if ordered else 0
