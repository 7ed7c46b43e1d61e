"""What a person did in a call, as plain values from which the conversation can be played again. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from callwright.calls.schemas import NumberedEvent, NumberedTurn
from callwright.dialogue.port import Event, Heard, HungUp, Pressed, StayedSilent

Said = dict[str, Any]
Scores = Mapping[str, Sequence[tuple[str, float]]]


def conversation_of(
    turns: Sequence[NumberedTurn], events: Sequence[NumberedEvent], *, they_hung_up: bool
) -> list[Said]:
    """Return what the person did, in order: ``said``, ``key``, ``silence``, ``hung_up``."""
    ours = [turn for turn in turns if turn.who == "ai"]
    done: list[tuple[int, Said]] = [
        (turn.to_ms, {"said": turn.text, **_while_we_spoke(turn, ours)}) for turn in turns if turn.who == "customer"
    ]
    for event in events:
        if event.kind == "dtmf":
            done.append((event.at_ms, {"key": str(event.data.get("digit", ""))}))
        elif event.kind == "stayed_silent":
            done.append((event.at_ms, {"silence": True}))
    done.sort(key=lambda one: one[0])
    return [said for _, said in done] + [{"hung_up": True}] * they_hung_up


def sentences_of(conversation: Sequence[Said]) -> set[str]:
    """Return the sentences of which the meaning must be known before it can be played."""
    return {said["said"] for said in conversation if "said" in said}


def events_of(conversation: Sequence[Said], meanings: Scores) -> list[Event]:
    """Return the conversation as events of a dialogue."""
    return [_event(said, meanings) for said in conversation]


def _event(said: Said, meanings: Scores) -> Event:
    if "said" in said:
        text = said["said"]
        interrupting, overheard = said.get("interrupting", False), said.get("overheard", False)
        return Heard(text, tuple(meanings[text]), interrupting=interrupting, overheard=overheard)
    if "key" in said:
        return Pressed(said["key"])
    return HungUp() if said.get("hung_up") else StayedSilent()


def _while_we_spoke(turn: NumberedTurn, ours: Sequence[NumberedTurn]) -> Said:
    """Return whether the turn stopped us, or was all said into a prompt that went on."""
    for prompt in ours:
        if prompt.interrupted and prompt.from_ms <= turn.from_ms <= prompt.to_ms:
            return {"interrupting": True}
        if not prompt.interrupted and prompt.from_ms <= turn.from_ms and turn.to_ms < prompt.to_ms:
            return {"overheard": True}
    return {}
