"""The knowledge base: a question asked at any node is answered, and the call returns to where it was."""

from dataclasses import replace

from callwright.dialogue.graph import Script
from callwright.dialogue.port import Speak
from callwright.dialogue.state import State
from callwright.dialogue.variables import render, spoken_values
from callwright.dialogue.walking import Move, ask_again, enter, recorded
from callwright.dialogue.wording import in_turn


def answer(script: Script, state: State, question: str, times: int) -> Move:
    """Say the answer to ``question`` (its name in the knowledge base), then go on where it leads.

    Where it leads nowhere of its own, the present question is asked again. Who has been answered ``times`` times
    in a row hears it in other words, as far as there are any.
    """
    asked = script.knowledge[question]
    values = spoken_values(state)
    if times and asked.again:
        said = Speak(render(in_turn(asked.again, times - 1), values))
    else:
        said = Speak(render(asked.answer, values), recording=recorded(script, asked.audio))
    state = replace(state, silences=0, misses=0)
    state, actions = enter(script, state, asked.next) if asked.next else ask_again(script, state)
    return state, (said, *actions)
