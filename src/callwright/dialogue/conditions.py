"""Whether a condition holds, and what shows it: the evidence becomes the reasons of a grade."""

from collections.abc import Iterable
from dataclasses import dataclass

from callwright.dialogue.port import Reason
from callwright.dialogue.rules import Test, When
from callwright.dialogue.state import ENGINE_ENDINGS, TROUBLE, State
from callwright.dialogue.variables import kept_values

Evidence = tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What conditions look at: the dialogue, and how long the call was connected (seconds)."""

    state: State
    talk_s: float = 0.0


def weigh(when: When, facts: Facts) -> Evidence | None:
    """Return what shows that ``when`` holds (nothing, where it asks for nothing); ``None`` if it doesn't."""
    if not _nothing_against(when, facts):
        return None
    found: list[Reason] = []
    for wanted, shown in (
        (when.reached, _reached(when.reached, facts.state)),
        (when.met, _met(when.met, facts.state)),
        (when.ended, _ended(when.ended, facts.state)),
        (when.any, _any(when.any, facts)),
    ):
        if wanted and shown is None:
            return None
        found.extend(shown or ())
    return (*found, *_given(when.collected, facts.state), *_measured(when, facts))


def _nothing_against(when: When, facts: Facts) -> bool:
    state = facts.state
    met = {turn.intent for turn in state.turns}
    visited = {visit.node for visit in state.visits}
    given = {value.name for value in state.given}
    return (
        visited.isdisjoint(when.not_reached)
        and met.isdisjoint(when.not_met)
        and given.issuperset(when.collected)
        and len(state.turns) >= (when.turns_at_least or 0)
        and facts.talk_s >= (when.talk_at_least_s or 0)
        and (when.talk_below_s is None or facts.talk_s < when.talk_below_s)
        and all(_passes(test, kept_values(state)) for test in when.where)
    )


def _passes(test: Test, values: dict[str, str]) -> bool:
    value = values.get(test.variable, "")
    folded = value.casefold()
    if test.filled is not None and test.filled is not bool(value):
        return False
    if test.one_of is not None and folded not in _folded(test.one_of):
        return False
    if test.none_of is not None and folded in _folded(test.none_of):
        return False
    return _within(value, test.above, test.below)


def _within(value: str, above: float | None, below: float | None) -> bool:
    if above is None and below is None:
        return True
    try:
        number = float(value.replace(",", ""))
    except ValueError:
        return False
    return (above is None or number > above) and (below is None or number < below)


def _folded(values: Iterable[str]) -> set[str]:
    return {value.casefold() for value in values}


def _reached(nodes: tuple[str, ...], state: State) -> Evidence | None:
    visit = next((visit for visit in state.visits if visit.node in nodes), None)
    if visit is None:
        return None
    quote = state.turns[visit.turns - 1].text if visit.turns else ""
    return (Reason(f"Reached {visit.node}", quote, "reached", {"node": visit.node}),)


def _met(intents: tuple[str, ...], state: State) -> Evidence | None:
    turn = next((turn for turn in reversed(state.turns) if turn.intent in intents), None)
    if turn is None:
        return None
    return (Reason(f"Meant {turn.intent}", turn.text, "met", {"intent": turn.intent}),)


def _ended(endings: tuple[str, ...], state: State) -> Evidence | None:
    if state.ended not in endings:
        return None
    unasked = state.silences or state.ended == TROUBLE or state.ended in ENGINE_ENDINGS
    quote = state.turns[-1].text if state.turns and not unasked else ""
    return (Reason(f"The call ended: {state.ended}", quote, "ended", {"ending": state.ended}),)


def _any(choices: tuple[When, ...], facts: Facts) -> Evidence | None:
    return next((shown for choice in choices if (shown := weigh(choice, facts)) is not None), None)


def _given(names: tuple[str, ...], state: State) -> Evidence:
    return tuple(
        Reason(
            f"Gave {given.name}: {given.value}",
            state.turns[given.turn - 1].text,
            "collected",
            {"variable": given.name, "value": given.value},
        )
        for given in state.given
        if given.name in names
    )


def _measured(when: When, facts: Facts) -> Evidence:
    turns, seconds = f"{len(facts.state.turns)}", f"{facts.talk_s:.0f}"
    spoke = Reason(f"Spoke {turns} times", "", "turns", {"count": turns})
    talked = Reason(f"Talked for {seconds} s", "", "talked", {"seconds": seconds})
    timed = when.talk_at_least_s is not None or when.talk_below_s is not None
    return (*((spoke,) if when.turns_at_least else ()), *((talked,) if timed else ()))
