"""A conversation with a language model, as the API shows it: line by line, while it is being written."""

from collections.abc import Iterator

from callwright.dialogue.messages import SendMessage
from callwright.dialogue.model.script import ModelScript
from callwright.dialogue.port import Action, Heard, HeldBack, Speak, ToolUsed
from callwright.dialogue.state import HUNG_UP
from callwright.dialogue.thought import SentenceThought, ThoughtFailed
from callwright.scripts.model_chat import Standing
from callwright.scripts.model_crowd import Crowd, Talked
from callwright.scripts.replaying import Step
from callwright.web import present_chat
from callwright.web.schemas.base import Response
from callwright.web.schemas.model_chat import (
    ModelCrowdHeldBack,
    ModelHeard,
    ModelHeldBack,
    ModelLacking,
    ModelReport,
    ModelSaid,
    ModelStanding,
    ModelSupposed,
    ModelTalk,
    ModelTool,
    ModelToolCount,
    ModelTrouble,
)

NAMED = 60
"""A tool that isn't there can have any name."""


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
        case SendMessage():
            yield ModelSupposed(template=action.template, values=dict(action.values))
        case ToolUsed():
            yield ModelTool(
                name=action.name, arguments=action.arguments, result=action.result, refused=action.refused
            )


def talk(found: Talked) -> ModelTalk:
    """Show one conversation of a crowd."""
    shown = [line for step in found.steps for line in lines(step)]
    return ModelTalk.model_validate(
        {
            "number": found.persona.number,
            "wish": found.persona.wish.value,
            "ended": HUNG_UP if found.left else found.ended,
            "grade": found.grade,
            "tokens": found.tokens,
            "seconds": found.seconds,
            "lines": [line.model_dump() for line in shown],
        }
    )


def report(crowd: Crowd) -> ModelReport:
    """Show what a crowd came to."""
    return ModelReport(
        people=len(crowd.talked),
        wanted=crowd.wanted,
        endings=dict(crowd.endings.most_common()),
        grades=dict(crowd.grades.most_common()),
        held_back=[
            ModelCrowdHeldBack(number=one.persona.number, text=held.text, why=held.why)
            for one, held in crowd.held_back
        ],
        tools=[
            ModelToolCount(name=name[:NAMED], refused=refused, times=times)
            for (name, refused), times in crowd.tools.most_common()
        ],
        lacking=[ModelLacking(text=text, times=times) for text, times in crowd.lacking.most_common()],
        unheeded=crowd.unheeded,
        failed=crowd.failed,
        tokens=crowd.tokens,
    )
