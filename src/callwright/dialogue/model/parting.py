"""Ending a call: the script's own goodbye, whatever the model is doing."""

from dataclasses import replace

from callwright.dialogue.model.script import ModelScript
from callwright.dialogue.model.state import Answer, ModelState
from callwright.dialogue.port import Action, HangUp, Speak
from callwright.dialogue.state import FINISHED, TROUBLE, Phase
from callwright.dialogue.thought import StopThinking
from callwright.dialogue.variables import render, spoken_values

Move = tuple[ModelState, tuple[Action, ...]]


def part(script: ModelScript, state: ModelState, reason: str) -> Move:
    """Say the goodbye for ``reason``, that of a finished call where it has none of its own, and hang up."""
    text = script.goodbyes.get(reason, script.goodbyes[FINISHED])
    stop = (StopThinking(),) if state.thinking else ()
    talk = replace(state.talk, phase=Phase.ENDED, ended=reason)
    state = replace(state, talk=talk, thinking=False, answer=Answer())
    said = Speak(render(text, spoken_values(state.talk)), interruptible=False)
    return state, (*stop, said, HangUp(reason))


def part_in_trouble(script: ModelScript, state: ModelState) -> Move:
    """End a call whose model can't be had, or has cost too much."""
    return part(script, state, TROUBLE)
