"""A conversation in writing, as the API shows it."""

from callwright.dialogue.any_script import AnyScript
from callwright.dialogue.graph import Script
from callwright.dialogue.messages import SendMessage
from callwright.dialogue.port import Grade, Heard, HungUp, IntentMet, Pressed, Speak, StayedSilent
from callwright.dialogue.state import HUNG_UP
from callwright.scripts.replaying import Replay, Step
from callwright.web.schemas.calls import GradeReason
from callwright.web.schemas.chat import (
    ChatGrade,
    ChatHeard,
    ChatMeaning,
    ChatMessage,
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
    return ChatReply(
        steps=steps,
        node=node,
        collected=played.collected,
        ended=ended(played),
        grade=grade(script, played.grade),
        talk_s=played.talk_s,
    )


def ended(played: Replay) -> str | None:
    """Show why a conversation is over; ``None`` while it goes on."""
    return HUNG_UP if isinstance(played.steps[-1].event, HungUp) else played.ended


def grade(script: AnyScript, given: Grade) -> ChatGrade:
    """Show a grade with its reasons."""
    reasons = [GradeReason.model_validate(reason) for reason in given.reasons]
    return ChatGrade(name=given.name, label=script.grades.names[given.name], reasons=reasons)


def _step(step: Step, node: str) -> ChatStep:
    event = step.event
    return ChatStep(
        heard=heard(event, step.meant) if isinstance(event, Heard) else None,
        key=event.digit if isinstance(event, Pressed) else None,
        silence=isinstance(event, StayedSilent),
        hung_up=isinstance(event, HungUp),
        said=[_speech(speak) for speak in step.said],
        messages=[message(action) for action in step.actions if isinstance(action, SendMessage)],
        entered=step.entered,
        node=node,
        collected=step.collected,
    )


def heard(said: Heard, met: IntentMet | None) -> ChatHeard:
    """Show what the person's words were taken for."""
    likely = [ChatMeaning(intent=intent, score=score) for intent, score in said.intents[:LIKELY]]
    meant = None if met is None else ChatMeaning(intent=met.intent, score=met.score)
    return ChatHeard(text=said.text, meant=meant, likely=likely)


def message(wanted: SendMessage) -> ChatMessage:
    """Show a message that a call would send."""
    return ChatMessage(template=wanted.template, values=dict(wanted.values))


def _speech(speak: Speak) -> ChatSpeech:
    return ChatSpeech(text=speak.text, interruptible=speak.interruptible, recording=speak.recording or None)
