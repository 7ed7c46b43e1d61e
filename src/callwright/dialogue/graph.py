"""A script as a graph: what its author writes, in the designer or as one YAML file.

Texts may hold ``{variables}``. Everything refers to nodes, intents and questions by name; whether the names
exist, and whether everything is connected and worded, is for :mod:`callwright.dialogue.check` to say, so that an
unfinished draft can be opened.
"""

# ruff: noqa: RUF012 - pydantic copies what fields begin with

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, StringConstraints

from callwright.dialogue.parts import (
    Disclosures,
    Keys,
    Label,
    Language,
    Name,
    Names,
    Part,
    Prompt,
    Routes,
    Seconds,
    Sentence,
    Target,
    TemplateName,
    ValueKind,
    Wordings,
)
from callwright.dialogue.rules import Grades, When

Place = Annotated[int, Field(ge=-1_000_000, le=1_000_000)]
"""Where a node is drawn, along one axis."""


def as_intent(value: object) -> object:
    """Return an intent written as nothing but its examples in full."""
    return {"examples": value} if isinstance(value, list) else value


class Variable(Part):
    """A fact about the customer that the import brings; ``default`` is used where an optional one is empty."""

    name: Name
    label: Label
    required: bool = True
    example: str = ""
    default: str = ""


class Intent(Part):
    """Something people mean, taught by example sentences as they come over the phone."""

    examples: tuple[Sentence, ...] = Field(default=(), max_length=200)
    label: Label | None = None


class Question(Part):
    """A question of the knowledge base: how people word it, and the answer.

    After the answer the call returns to where it was, or goes on at ``next``. ``again`` is the answer in other
    words, for whoever asks the same once more. ``audio`` names a recording of the answer.
    """

    wordings: tuple[Sentence, ...] = Field(default=(), max_length=200)
    answer: Prompt = ""
    again: Wordings = ()
    audio: Name | None = None
    next: Name | None = None
    label: Label | None = None


class Recording(Part):
    """Recorded speech that prompts may name: where it is kept (the hash of its bytes) and how long it lasts."""

    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    seconds: float = Field(gt=0, le=120)
    label: Label


# Nodes --------------------------------------------------------------------------------------------------------


class Drawn(Part):
    """What every node has: the flow in whose drawing it stands; none for the main one."""

    flow: Name | None = None


class Speaking(Drawn):
    """What every node that speaks has. ``audio`` names a recording that is played for ``text``.

    ``discloses`` says what the text makes known where its words alone don't show it: that an AI speaks, that the
    call is recorded, how one gets out of it.
    """

    text: Prompt = ""
    audio: Name | None = None
    discloses: Disclosures = ()


class Say(Speaking):
    """Says something and goes on."""

    kind: Literal["say"]
    barge_in: bool = True
    next: Target = ""


class Listening(Drawn):
    """What every node that waits for the person has. ``keys`` are telephone keys and where each leads."""

    silence_s: Seconds = 5.0
    branches: Routes = {}
    keys: Keys = {}


class Ask(Speaking, Listening):
    """Says something, listens, and branches by what was meant.

    ``again`` is the question in other words, for asking it once more. ``otherwise`` takes any answer that has no
    branch; without it such an answer is asked again.
    """

    kind: Literal["ask"]
    again: Wordings = ()
    barge_in: bool = True
    otherwise: Target | None = None


class ListenFor(Listening):
    """Listens without saying anything, and branches by what was meant."""

    kind: Literal["listen"]
    otherwise: Target | None = None


class Branch(Drawn):
    """Branches by what the person meant last, without listening anew."""

    kind: Literal["branch"]
    branches: Routes = {}
    otherwise: Target = ""


class Collect(Speaking, Listening):
    """Asks for a value and takes it from the answer.

    ``read_back`` says the value (``{its_variable}``) and asks whether it is right. ``failed`` is where the
    call goes when no value could be had. Numbers and phone numbers may also be keyed in, ended by ``#``.
    """

    kind: Literal["collect"]
    again: Wordings = ()
    barge_in: bool = True
    variable: Target = ""
    what: ValueKind
    read_back: Prompt | None = None
    next: Target = ""
    failed: Target | None = None


class Case(Part):
    """One way out of a condition."""

    when: When
    next: Target = ""


class Condition(Drawn):
    """Goes on by the first case that holds."""

    kind: Literal["condition"]
    cases: tuple[Case, ...] = ()
    otherwise: Target = ""


class Jump(Drawn):
    """Goes on at the entry of another flow."""

    kind: Literal["jump"]
    to: Target = ""


class Transfer(Speaking):
    """Says something and hands the person over to people; ``failed`` is where a call goes that nobody takes."""

    kind: Literal["transfer"]
    failed: Target = ""


class SendSms(Drawn):
    """Sends the person a message by the company's approved template of that name, once in a call.

    It goes on at ``next`` once the network took it; where it waits for the hours in which it may leave at ``held``,
    or else at ``next``; at ``failed`` where it is not sent.
    """

    kind: Literal["send_sms"]
    template: TemplateName = ""
    next: Target = ""
    held: Target | None = None
    failed: Target = ""


class Goodbye(Speaking):
    """Says a last sentence, if it has one, and hangs up; ``reason`` is kept with the call."""

    kind: Literal["hang_up"]
    reason: Name = "finished"


Node = Annotated[
    Say | Ask | ListenFor | Branch | Collect | Condition | Jump | Transfer | SendSms | Goodbye,
    Field(discriminator="kind"),
]


class Flow(Part):
    """A part of the script with a drawing of its own, entered by ``jump`` at ``entry``."""

    label: Label
    entry: Target = ""


# The whole ----------------------------------------------------------------------------------------------------


class Limits(Part):
    """When a call is given up, and how sure one must be of what was meant.

    ``floor`` is the least score of an intent that is believed, ``answer_floor`` that of a question of the
    knowledge base (none for the same); ``sure`` the least that outweighs a value just asked for. ``repeats`` is how
    often in a row the same question or answer is said again for the person. ``stuck`` is where a call goes, once,
    that turns in circles or whose person isn't understood; ``give_up`` the goodbye for someone silent or talking
    without end, and for a call that stays stuck.
    """

    give_up: Target = ""
    stuck: Target | None = None
    silences: int = Field(default=2, ge=0, le=5)
    not_understood: int = Field(default=2, ge=0, le=5)
    repeats: int = Field(default=2, ge=1, le=5)
    turns: int = Field(default=20, ge=1, le=100)
    floor: float = Field(default=0.33, ge=0, le=1)
    answer_floor: float | None = Field(default=None, ge=0, le=1)
    sure: float = Field(default=0.6, ge=0, le=1)


class Phrases(Part):
    """What is said before a question is asked again; empty for the language's own words."""

    silence: Wordings = ()
    not_understood: Wordings = ()


class Anywhere(Part):
    """What is heeded at every node that has no branch of its own for it.

    At an intent of ``repeat`` the last question is asked again.
    """

    branches: Routes = {}
    keys: Keys = {}
    repeat: Names = ()


class Script(Part):
    """One version of a script for engine 1.0.

    ``voice`` is a synthesiser's name for who speaks, none for the language's own. ``layout`` is where the designer
    draws each node (x, y); it means nothing to a call.
    """

    engine: Literal["1.0"] = "1.0"
    name: Label
    language: Language = "en"
    voice: Label | None = None
    speed: float = Field(default=1.0, ge=0.7, le=1.4)
    company: Label
    caller: Label
    entry: Target = ""
    variables: tuple[Variable, ...] = ()
    intents: dict[Name, Annotated[Intent, BeforeValidator(as_intent)]]
    knowledge: dict[Name, Question] = {}
    nodes: dict[Name, Node] = Field(min_length=1, max_length=500)
    flows: dict[Name, Flow] = {}
    recordings: dict[Name, Recording] = {}
    anywhere: Anywhere = Anywhere()
    phrases: Phrases = Phrases()
    limits: Limits
    grades: Grades
    layout: dict[Name, tuple[Place, Place]] = {}
