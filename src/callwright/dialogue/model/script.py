"""A script for engine 2.0: what a language model is to reach, what it may say, and what it may do."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from callwright.dialogue.graph import Intent, Question, Recording, Variable, as_intent
from callwright.dialogue.parts import Disclosures, Key, Label, Language, Name, Part, TemplateName, Text, ValueKind
from callwright.dialogue.rules import Grades

Brief = Annotated[str, StringConstraints(min_length=1, max_length=2000)]


class Wanted(Part):
    """A value to find out. ``claims`` are words of accomplishment ("booked") that are true once it is known."""

    label: Label
    what: ValueKind
    claims: tuple[Label, ...] = Field(default=(), max_length=20)


class ModelMessage(Part):
    """A text message that may be sent: what it is about, and the company's approved template of that name."""

    label: Label
    template: TemplateName = ""


class ModelPhrases(Part):
    """What is said without the model: to somebody silent, while it is slow, and instead of what may not be said."""

    silence: Text
    one_moment: Text
    not_mine_to_say: Text


class ModelLimits(Part):
    """When a call is given up.

    ``seconds`` bounds the conversation, ``turns`` what the person says, ``sentences`` one answer, ``rounds`` how
    often the model may use tools before it speaks, ``tokens`` all that is read and written for the call.
    ``first_s`` and ``total_s`` bound one answer; after more than ``failures`` in a row the call ends. ``floor`` and
    ``sure`` are as in a script for engine 1.0.
    """

    seconds: int = Field(default=240, ge=20, le=1800)
    turns: int = Field(default=20, ge=1, le=100)
    silences: int = Field(default=2, ge=0, le=5)
    sentences: int = Field(default=4, ge=1, le=8)
    rounds: int = Field(default=3, ge=0, le=5)
    tokens: int = Field(default=40_000, ge=1_000, le=500_000)
    answer_tokens: int = Field(default=250, ge=30, le=1_000)
    first_s: float = Field(default=2.5, ge=0.3, le=10)
    total_s: float = Field(default=10.0, ge=1, le=30)
    failures: int = Field(default=1, ge=0, le=3)
    silence_s: float = Field(default=5.0, ge=1, le=60)
    floor: float = Field(default=0.33, ge=0, le=1)
    sure: float = Field(default=0.6, ge=0, le=1)


class ModelScript(Part):
    """One version of a script for engine 2.0.

    ``goodbyes`` are the last words by the reason of the ending; ``anywhere`` leads intents, and ``keys`` telephone
    keys, to one of them without asking the model. ``discloses`` is what the opening makes known, where its words
    don't show it.
    """

    engine: Literal["2.0"]
    name: Label
    language: Language = "en"
    voice: Label | None = None
    speed: float = Field(default=1.0, ge=0.7, le=1.4)
    company: Label
    caller: Label
    variables: tuple[Variable, ...] = ()
    opening: Text
    discloses: Disclosures = ()
    persona: Brief
    goal: Brief
    facts: tuple[Text, ...] = Field(default=(), max_length=100)
    guard_rails: tuple[Text, ...] = Field(default=(), max_length=50)
    never_say: tuple[Label, ...] = Field(default=(), max_length=100)
    intents: dict[Name, Annotated[Intent, BeforeValidator(as_intent)]] = Field(default_factory=dict)
    knowledge: dict[Name, Question] = Field(default_factory=dict)
    recordings: dict[Name, Recording] = Field(default_factory=dict)
    collect: dict[Name, Wanted] = Field(default_factory=dict)
    messages: dict[Name, ModelMessage] = Field(default_factory=dict, max_length=20)
    goodbyes: dict[Name, Text]
    anywhere: dict[Name, Name] = Field(default_factory=dict)
    keys: dict[Key, Name] = Field(default_factory=dict)
    phrases: ModelPhrases
    limits: ModelLimits = ModelLimits()
    grades: Grades
