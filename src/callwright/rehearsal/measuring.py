"""What one call showed in sound: what the person said beside what was written down of it."""

from collections.abc import Sequence

from callwright.callroom.record import CallRecord, Speaker, Turn
from callwright.personas.sound import CallSound, word_errors
from callwright.rehearsal.person import SaidAloud

_MARGIN_MS = 250
"""Both ends count from their own answer, and a line takes a moment: so much is never held against anybody."""
_STOPS_MS = 1500
"""Who is stopped by a sound has fallen silent by then."""


def measured(record: CallRecord, said: Sequence[SaidAloud], reply_ms: Sequence[int], *, spaced: bool) -> CallSound:
    """Return the figures of one call. ``said`` and ``reply_ms`` are as the person noted them."""
    ours = [turn for turn in record.turns if turn.who is Speaker.AI]
    theirs = [turn for turn in record.turns if turn.who is Speaker.CUSTOMER]
    words = [one for one in said if not one.listening]
    heard = [_heard(one, theirs) for one in words]
    errors = [word_errors(one.text, text, spaced=spaced) for one, text in zip(words, heard, strict=True)]
    barge_ins = [one for one in words if one.interrupting]
    interjections = [one for one in said if one.listening]
    return CallSound(
        words=sum(count for _, count in errors),
        errors=sum(wrong for wrong, _ in errors),
        said=len(words),
        unheard=sum(not text for text in heard),
        reply_ms=tuple(reply_ms),
        spoke_over=sum(_spoken_over(one, ours) for one in words if not one.interrupting),
        barge_ins=len(barge_ins),
        obeyed=sum(_stopped(one, ours) for one in barge_ins),
        interjections=len(interjections),
        stopped=sum(_stopped(one, ours) for one in interjections),
    )


def _heard(said: SaidAloud, turns: Sequence[Turn]) -> str:
    met = [turn.text for turn in turns if turn.from_ms < said.to_ms and turn.to_ms > said.from_ms]
    return " ".join(met).strip()


def _spoken_over(said: SaidAloud, ours: Sequence[Turn]) -> bool:
    return any(said.from_ms + _MARGIN_MS < turn.from_ms < said.to_ms - _MARGIN_MS for turn in ours)


def _stopped(said: SaidAloud, ours: Sequence[Turn]) -> bool:
    until = max(said.to_ms, said.from_ms + _STOPS_MS)
    return any(
        turn.interrupted
        and turn.from_ms < said.from_ms + _MARGIN_MS
        and said.from_ms < turn.to_ms + _MARGIN_MS
        and turn.to_ms < until + _MARGIN_MS
        for turn in ours
    )
