"""A conversation with a language model, as the API shows it: line by line, while it is being written."""

from collections.abc import Iterator

from callwright.dialogue.model.script import ModelScript
from callwright.dialogue.port import Action, Heard, HeldBack, Speak, ToolUsed
from callwright.dialogue.thought import SentenceThought, ThoughtFailed
from callwright.scripts.model_chat import Standing
from callwright.scripts.replaying import Step
from callwright.web import present_chat
from callwright.web.schemas.base import Response
from callwright.web.schemas.model_chat import (
    ModelHeard,
    ModelHeldBack,
    ModelSaid,
    ModelStanding,
    ModelTool,
    ModelTrouble,
)


def lines(step: Step) -> Iterator[Response]:
    """Yield what followed from one event."""
    event = step.event
    if isinstance(event, Heard):
        heard = present_chat.heard(event, step.meant)
        yield ModelHeard(text=heard.text, meant=heard.meant, likely=heard.likely)
    elif isinstance(event, ThoughtFailed):
        yield ModelTrouble(why=event.why)
    own = " ".join(event.text.split()) if isinstance(event, SentenceThought) else None
    for action in step.actions:
        yield from _line(action, own)


def standing(script: ModelScript, found: Standing) -> ModelStanding:
    """Show where a conversation stands."""
    replay = found.replay
    return ModelStanding(
        record=found.record,
        collected=replay.collected,
        ended=present_chat.ended(replay),
        grade=present_chat.grade(script, replay.grade),
        tokens=found.tokens,
        most_tokens=script.limits.tokens,
        turns=found.turns,
        most_turns=script.limits.turns,
        talk_s=replay.talk_s,
        most_s=script.limits.seconds,
    )


def _line(action: Action, own: str | None) -> Iterator[Response]:
    match action:
        case Speak():
            yield ModelSaid(text=action.text, by_model=action.text == own)
        case HeldBack():
            yield ModelHeldBack(text=action.text, why=action.why)
        case ToolUsed():
            yield ModelTool(
                name=action.name, arguments=action.arguments, result=action.result, refused=action.refused
            )
