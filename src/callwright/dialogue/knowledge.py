"""The knowledge base: a question asked at any node is answered, and the call returns to where it was."""

from dataclasses import replace

from callwright.dialogue.graph import Script
from callwright.dialogue.port import Speak
from callwright.dialogue.state import State
from callwright.dialogue.variables import render, spoken_values
from callwright.dialogue.walking import Move, ask_again, enter, recorded


def answer(script: Script, state: State, question: str) -> Move:
    """Say the answer to ``question`` (its name in the knowledge base), then go on where it leads.

    Where it leads nowhere of its own, the present question is asked again.
    """
    asked = script.knowledge[question]
    said = Speak(render(asked.answer, spoken_values(state)), recording=recorded(script, asked.audio))
    state = replace(state, silences=0, misses=0)
    state, actions = enter(script, state, asked.next) if asked.next else ask_again(script, state)
    return state, (said, *actions)
