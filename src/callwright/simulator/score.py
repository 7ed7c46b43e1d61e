"""Holding what a caller found against the truth: phone states, and the intents of what people said."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pydantic import BaseModel, ConfigDict

from callwright.simulator.truth import Call, Said
from callwright.simulator.words import Intent
from callwright.telephony.port import PhoneState

_LEAST_OVERLAP_S = 0.1

_NOT_JUDGED = frozenset({Intent.GREETING, Intent.HELLO})
"""Said to no question, so that no script need have an intent for it."""


class ObservedTurn(BaseModel):
    """What a caller heard a person say, from ``from_s`` to ``to_s`` after the answer, and took it for."""

    model_config = ConfigDict(extra="ignore")

    from_s: float
    to_s: float
    text: str = ""
    intent: str | None = None


class Observed(BaseModel):
    """What a caller found in one call."""

    model_config = ConfigDict(extra="ignore")

    number: str
    phone_state: PhoneState
    turns: list[ObservedTurn] = []


class Mismatch(BaseModel):
    """One thing that the caller found otherwise than it was."""

    number: str
    what: str
    truth: str
    found: str | None


class Score(BaseModel):
    """How much of the truth a caller found.

    ``unmatched`` counts calls that only one side knows of. Voicemail taken for a person is counted aside, in
    ``voicemail_as_connected``, and is neither right nor wrong. ``intents`` counts what people said to the end and
    the caller's script has an intent for; for ``intents_unheard`` of them the caller has no turn, as where it was
    too slow.
    """

    calls: int = 0
    phone_states_right: int = 0
    voicemail_as_connected: int = 0
    unmatched: int = 0
    intents: int = 0
    intents_unheard: int = 0
    intents_right: int = 0
    mismatches: list[Mismatch] = []


def score(truth: Iterable[Call], found: Iterable[Observed], *, known: Sequence[str] | None = None) -> Score:
    """Compare the calls of both sides, those to one number in their order.

    ``known`` names the intents a caller can find at all; utterances with others are not judged.
    """
    result = Score()
    theirs: dict[str, list[Observed]] = defaultdict(list)
    for observed in found:
        theirs[observed.number].append(observed)
    for call in sorted(truth, key=lambda call: call.came_at):
        result.calls += 1
        if theirs[call.number]:
            _compare(call, theirs[call.number].pop(0), result, known)
        else:
            result.unmatched += 1
    result.unmatched += sum(len(left) for left in theirs.values())
    return result


def _compare(call: Call, observed: Observed, result: Score, known: Sequence[str] | None) -> None:
    if observed.phone_state is call.phone_state:
        result.phone_states_right += 1
    elif call.phone_state is PhoneState.VOICEMAIL and observed.phone_state is PhoneState.CONNECTED:
        result.voicemail_as_connected += 1
    else:
        _miss(result, call.number, "phone state", call.phone_state, observed.phone_state)
    for said in call.said:
        if not said.cut_short and said.intent not in _NOT_JUDGED and (known is None or said.intent in known):
            _judge(call.number, said, observed.turns, result)


def _judge(number: str, said: Said, turns: list[ObservedTurn], result: Score) -> None:
    heard = max(turns, key=lambda turn: _overlap(said, turn), default=None)
    if heard is not None and _overlap(said, heard) <= _LEAST_OVERLAP_S:
        heard = None
    intent = heard.intent if heard is not None else None
    result.intents += 1
    result.intents_unheard += heard is None
    if intent == said.intent:
        result.intents_right += 1
    else:
        _miss(result, number, said.text, said.intent, intent)


def _overlap(said: Said, turn: ObservedTurn) -> float:
    return min(said.until_s, turn.to_s) - max(said.at_s, turn.from_s)


def _miss(result: Score, number: str, what: str, truth: str, found: str | None) -> None:
    result.mismatches.append(Mismatch(number=number, what=what, truth=truth, found=found))
