"""Calls written as short lines: what the person does in, what is said out.

A line of events reads ``yes <yes> | ... | #9 | (noise) | BYE``: words with their intent, silence, a key, noise
without words, hanging up. An intent's score may follow it: ``<yes .2>``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from callwright.dialogue.graph import Script
from callwright.dialogue.graph_engine import GraphDialogue
from callwright.dialogue.loading import load_script
from callwright.dialogue.port import (
    Action,
    Answered,
    Collected,
    Event,
    Grade,
    HangUp,
    Heard,
    HungUp,
    Pressed,
    Speak,
    StayedSilent,
)
from callwright.dialogue.state import State
from callwright.scripts.service import demo_source

MARIA = {"customer_name": "Maria", "last_visit": "last April"}
WANG_FANG = {"customer_name": "王芳", "last_visit": "今年四月"}

_WORDS = re.compile(r"(?P<text>[^<]*?)\s*(?:<(?P<intent>\w+)(?: (?P<score>[.\d]+))?>)?$")


@cache
def demo_script() -> Script:
    """Return the script of the demo."""
    return load_script(demo_text())


@cache
def chinese_script() -> Script:
    """Return the script of the demo in Chinese."""
    return load_script(demo_source("zh"))


def demo_text() -> str:
    """Return the demo's script as it is written."""
    return demo_source()


@dataclass(frozen=True)
class Played:
    """A call that was played: every action by step, and the state at the end."""

    dialogue: GraphDialogue
    state: State
    steps: Sequence[Sequence[Action]]

    @property
    def said(self) -> list[str]:
        """What was said, one string for each step."""
        spoken = (" ".join(action.text for action in step if isinstance(action, Speak)) for step in self.steps)
        return [text for text in spoken if text]

    @property
    def reason(self) -> str | None:
        """Why we hung up, if we did."""
        return next((action.reason for action in self.actions if isinstance(action, HangUp)), None)

    @property
    def collected(self) -> dict[str, str]:
        """The values collected."""
        return {action.name: action.value for action in self.actions if isinstance(action, Collected)}

    @property
    def actions(self) -> list[Action]:
        """Every action, in order."""
        return [action for step in self.steps for action in step]

    def grade(self, talk_s: float = 30.0) -> Grade:
        """The grade of the call."""
        return self.dialogue.grade(self.state, talk_s=talk_s)


def play(dialogue: GraphDialogue, line: str, variables: Mapping[str, str] = MARIA) -> Played:
    """Answer the call and let the person do what ``line`` says."""
    state, steps = dialogue.begin(variables), []
    for event in (Answered(), *events(line)):
        state, actions = dialogue.step(state, event)
        steps.append(actions)
    return Played(dialogue, state, steps)


def events(line: str) -> list[Event]:
    """Return the events that ``line`` tells."""
    return [_event(part.strip()) for part in line.split("|") if part.strip()]


def _event(part: str) -> Event:
    if part == "...":
        return StayedSilent()
    if part == "BYE":
        return HungUp()
    if part == "(noise)":
        return Heard("", ())
    if part.startswith("#"):
        return Pressed(part[1])
    match = _WORDS.match(part)
    assert match
    met = match["intent"]
    return Heard(match["text"], ((met, float(match["score"] or 0.8)),) if met else ())
