"""The knowledge base: a question asked at any node is answered, and the call returns to where it was."""

from dataclasses import replace

from callwright.dialogue.graph import Script
from callwright.dialogue.state import State
from callwright.dialogue.walking import Move, ask_again


def answer(script: Script, state: State, question: str) -> Move:
    """Say the answer to ``question`` (its name in the knowledge base), then ask the present question again."""
    return ask_again(script, replace(state, silences=0, misses=0), script.knowledge[question].answer)
