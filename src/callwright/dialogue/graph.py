"""A script as a graph: what its author writes, in the designer or as one YAML file.

Texts may hold ``{variables}``. Everything refers to nodes, intents and questions by name; whether the names
exist is for :mod:`callwright.dialogue.check` to say, so that an unfinished draft can be opened.
"""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints


class Part(BaseModel):
    """Every part of a script: immutable, and nothing in it that has no meaning."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", coerce_numbers_to_str=True, str_strip_whitespace=True, allow_inf_nan=False
    )


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _as_intent(value: object) -> object:
    return {"examples": value} if isinstance(value, list) else value


Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=600)]
Label = Annotated[str, StringConstraints(min_length=1, max_length=120)]
Key = Annotated[str, StringConstraints(pattern=r"^[0-9*#A-D]$")]
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Names = Annotated[tuple[Name, ...], BeforeValidator(_as_list)]
Values = Annotated[tuple[str, ...], BeforeValidator(_as_list)]
Seconds = Annotated[float, Field(ge=1, le=60)]
Routes = dict[Name, Name]
ValueKind = Literal["number", "phone", "date", "time", "moment", "name", "text"]


class Variable(Part):
    """A fact about the customer that the import brings; ``default`` is used where an optional one is empty."""

    name: Name
    label: Label
    required: bool = True
    example: str = ""
    default: str = ""


class Intent(Part):
    """Something people mean, taught by example sentences as they come over the phone."""

    examples: tuple[Sentence, ...] = Field(min_length=1, max_length=200)
    label: Label | None = None


class Question(Part):
    """A question of the knowledge base: how people word it, and the answer.

    After the answer the call returns to where it was, or goes on at ``next``. ``audio`` names a recording of it.
    """

    wordings: tuple[Sentence, ...] = Field(min_length=1, max_length=200)
    answer: Text
    audio: Name | None = None
    next: Name | None = None
    label: Label | None = None


class Recording(Part):
    """Recorded speech that prompts may name: where it is kept (the hash of its bytes) and how long it lasts."""

    sha256: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    seconds: float = Field(gt=0, le=120)
    label: Label


# Conditions ---------------------------------------------------------------------------------------------------


class Test(Part):
    """A test of one variable's value; numbers are compared as numbers. All that is given must hold."""

    variable: Name
    filled: bool | None = None
    one_of: Values | None = Field(default=None, alias="is")
    none_of: Values | None = Field(default=None, alias="is_not")
    above: float | None = None
    below: float | None = None


class When(Part):
    """A condition. Everything given must hold; of a list of nodes, intents or endings any one is enough."""

    reached: Names = ()
    not_reached: Names = ()
    met: Names = ()
    not_met: Names = ()
    collected: Names = ()
    ended: Names = ()
    where: tuple[Test, ...] = ()
    turns_at_least: int | None = Field(default=None, ge=0)
    talk_at_least_s: float | None = Field(default=None, ge=0)
    talk_below_s: float | None = Field(default=None, ge=0)
    any: tuple["When", ...] = ()


# Nodes --------------------------------------------------------------------------------------------------------


class Drawn(Part):
    """What every node has: the flow in whose drawing it stands; none for the main one."""

    flow: Name | None = None


class Say(Drawn):
    """Says something and goes on. Here and elsewhere ``audio`` names a recording that is played for ``text``."""

    kind: Literal["say"]
    text: Text
    audio: Name | None = None
    barge_in: bool = True
    next: Name


class Listening(Drawn):
    """What every node that waits for the person has. ``keys`` are telephone keys and where each leads."""

    silence_s: Seconds = 5.0
    branches: Routes = {}
    keys: dict[Key, Name] = {}


class Ask(Listening):
    """Says something, listens, and branches by what was meant.

    ``again`` is the question in other words, for asking it once more. ``otherwise`` takes any answer that has no
    branch; without it such an answer is asked again.
    """

    kind: Literal["ask"]
    text: Text
    audio: Name | None = None
    again: Text | None = None
    barge_in: bool = True
    otherwise: Name | None = None


class ListenFor(Listening):
    """Listens without saying anything, and branches by what was meant."""

    kind: Literal["listen"]
    otherwise: Name | None = None


class Branch(Drawn):
    """Branches by what the person meant last, without listening anew."""

    kind: Literal["branch"]
    branches: Routes = Field(min_length=1)
    otherwise: Name


class Collect(Listening):
    """Asks for a value and takes it from the answer.

    ``read_back`` says the value (``{its_variable}``) and asks whether it is right. ``failed`` is where the
    call goes when no value could be had. Numbers and phone numbers may also be keyed in, ended by ``#``.
    """

    kind: Literal["collect"]
    text: Text
    audio: Name | None = None
    again: Text | None = None
    barge_in: bool = True
    variable: Name
    what: ValueKind
    read_back: Text | None = None
    next: Name
    failed: Name | None = None


class Case(Part):
    """One way out of a condition."""

    when: When
    next: Name


class Condition(Drawn):
    """Goes on by the first case that holds."""

    kind: Literal["condition"]
    cases: tuple[Case, ...] = Field(min_length=1)
    otherwise: Name


class Jump(Drawn):
    """Goes on at the entry of another flow."""

    kind: Literal["jump"]
    to: Name


class Transfer(Drawn):
    """Says something and hands the person over to people; ``failed`` is where a call goes that nobody takes."""

    kind: Literal["transfer"]
    text: Text
    audio: Name | None = None
    failed: Name


class SendSms(Drawn):
    """Sends the person a message by an approved template, and goes on."""

    kind: Literal["send_sms"]
    template: Label
    next: Name


class Goodbye(Drawn):
    """Says a last sentence and hangs up; ``reason`` is kept with the call."""

    kind: Literal["hang_up"]
    text: Text | None = None
    audio: Name | None = None
    reason: Name = "finished"


Node = Annotated[
    Say | Ask | ListenFor | Branch | Collect | Condition | Jump | Transfer | SendSms | Goodbye,
    Field(discriminator="kind"),
]


Spoken = Say | Ask | Collect | Transfer | Goodbye
"""The nodes that say something, from a recording where ``audio`` names one."""


class Flow(Part):
    """A part of the script with a drawing of its own, entered by ``jump`` at ``entry``."""

    label: Label
    entry: Name


# The whole ----------------------------------------------------------------------------------------------------


class Limits(Part):
    """When a call is given up, and how sure one must be of what was meant.

    ``floor`` is the least score of an intent that is believed; ``sure`` the least that outweighs a value just asked
    for. ``give_up`` is the goodbye for someone silent, not understood, or talking without end.
    """

    give_up: Name
    silences: int = Field(default=2, ge=0, le=5)
    not_understood: int = Field(default=2, ge=0, le=5)
    turns: int = Field(default=20, ge=1, le=100)
    floor: float = Field(default=0.33, ge=0, le=1)
    sure: float = Field(default=0.6, ge=0, le=1)


class Phrases(Part):
    """What is said before a question is asked again."""

    silence: Text = "Are you still there?"
    not_understood: Text = "Sorry, I didn't catch that."


class Anywhere(Part):
    """What is heeded at every node that has no branch of its own for it.

    At an intent of ``repeat`` the last question is asked again.
    """

    branches: Routes = {}
    keys: dict[Key, Name] = {}
    repeat: Names = ()


class GradeRule(Part):
    """Gives ``grade`` where ``when`` holds; ``because`` is the reason shown to people."""

    grade: str
    because: Label
    when: When


class GradeDefault(Part):
    """The grade of a call that no rule fits."""

    grade: str
    because: Label


class Grades(Part):
    """The intention grades, best first, with what each is called; the first rule that holds decides."""

    names: dict[Annotated[str, StringConstraints(min_length=1, max_length=20)], Label] = Field(min_length=1)
    rules: tuple[GradeRule, ...] = ()
    default: GradeDefault


class Script(Part):
    """One version of a script for engine 1.0.

    ``voice`` is a synthesiser's name for who speaks, none for the language's own. ``layout`` is where the designer
    draws each node (x, y); it means nothing to a call.
    """

    engine: Literal["1.0"] = "1.0"
    name: Label
    language: Literal["en", "zh"] = "en"
    voice: Label | None = None
    speed: float = Field(default=1.0, ge=0.7, le=1.4)
    company: Label
    caller: Label
    entry: Name
    variables: tuple[Variable, ...] = ()
    intents: dict[Name, Annotated[Intent, BeforeValidator(_as_intent)]]
    knowledge: dict[Name, Question] = {}
    nodes: dict[Name, Node] = Field(min_length=1, max_length=500)
    flows: dict[Name, Flow] = {}
    recordings: dict[Name, Recording] = {}
    anywhere: Anywhere = Anywhere()
    phrases: Phrases = Phrases()
    limits: Limits
    grades: Grades
    layout: dict[Name, tuple[int, int]] = {}
