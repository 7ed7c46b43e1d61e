"""A conversation in writing, as the API shows it."""

from callwright.dialogue.graph import Script
from callwright.dialogue.port import Heard, HungUp, IntentMet, Pressed, Speak, StayedSilent
from callwright.dialogue.state import HUNG_UP
from callwright.scripts.replaying import Replay, Step
from callwright.web.schemas.chat import (
    ChatGrade,
    ChatHeard,
    ChatMeaning,
    ChatReason,
    ChatReply,
    ChatSpeech,
    ChatStep,
)

LIKELY = 3


def reply(script: Script, played: Replay) -> ChatReply:
    """Show a conversation as it went."""
    steps: list[ChatStep] = []
    node = script.entry
    for step in played.steps:
        node = step.entered[-1] if step.entered else node
        steps.append(_step(step, node))
    grade = played.grade
    reasons = [ChatReason(rule=reason.rule, quote=reason.quote) for reason in grade.reasons]
    return ChatReply(
        steps=steps,
        node=node,
        collected=played.collected,
        ended=HUNG_UP if isinstance(played.steps[-1].event, HungUp) else played.ended,
        grade=ChatGrade(name=grade.name, label=script.grades.names[grade.name], reasons=reasons),
        talk_s=played.talk_s,
    )


def _step(step: Step, node: str) -> ChatStep:
    event = step.event
    return ChatStep(
        heard=_heard(event, step.meant) if isinstance(event, Heard) else None,
        key=event.digit if isinstance(event, Pressed) else None,
        silence=isinstance(event, StayedSilent),
        hung_up=isinstance(event, HungUp),
        said=[_speech(speak) for speak in step.said],
        entered=step.entered,
        node=node,
        collected=step.collected,
    )


def _heard(heard: Heard, met: IntentMet | None) -> ChatHeard:
    likely = [ChatMeaning(intent=intent, score=score) for intent, score in heard.intents[:LIKELY]]
    meant = None if met is None else ChatMeaning(intent=met.intent, score=met.score)
    return ChatHeard(text=heard.text, meant=meant, likely=likely)


def _speech(speak: Speak) -> ChatSpeech:
    return ChatSpeech(text=speak.text, interruptible=speak.interruptible, recording=speak.recording or None)
