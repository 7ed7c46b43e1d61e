"""A scenario: which handsets there are and who is behind them; the same seed draws the same world."""

import random
from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import Field, ValidationError

from callwright.kit.errors import InvalidInputError, NotFoundError
from callwright.simulator.fiction import AVAILABLE, numbers
from callwright.simulator.people import Fixed, Line, Person, Voice, Wish
from callwright.simulator.population import line, person, voice, wishes

_ALL_KINDS_FROM = 12

RingSeconds = Annotated[float, Field(ge=0.0, le=60.0)]


class ScenarioError(InvalidInputError):
    """The scenario {path} can't be read: {why}. Correct it, or have a new one drawn from a seed."""

    code = "scenario-invalid"


class ScenarioSizeError(InvalidInputError):
    """A scenario of {calls} handsets can't be made. Ask for 1 to {most}: so many numbers exist for fiction."""

    code = "scenario-size"


class Answers(Fixed):
    """A handset that rings and is answered by a person."""

    kind: Literal["person"] = "person"
    ring_s: RingSeconds = 2.0
    person: Person
    line: Line = Line()


class _Owned(Fixed):
    """A handset that its owner never answers; ``owner`` is whom a caller expects."""

    owner: str = ""


class Busy(_Owned):
    """A handset in use: 486, Q.850 cause 17."""

    kind: Literal["busy"] = "busy"


class Refuses(_Owned):
    """A handset whose owner presses the red key: it rings, then 603, cause 21."""

    kind: Literal["refuses"] = "refuses"
    ring_s: RingSeconds = 2.0


class NoAnswer(_Owned):
    """A handset that rings until the caller gives up."""

    kind: Literal["no_answer"] = "no_answer"


class WrongNumber(_Owned):
    """A number nobody has: an announcement in early media, then 404, cause 1."""

    kind: Literal["wrong_number"] = "wrong_number"
    voice: Voice = Voice()
    text: str = "The number you have dialled is not in service. Please check the number and dial again."


class Unreachable(_Owned):
    """A handset switched off: an announcement in early media, then 480, cause 20."""

    kind: Literal["unreachable"] = "unreachable"
    voice: Voice = Voice()
    text: str = "The person you are calling can't be reached at the moment. Please try again later."


class Voicemail(_Owned):
    """A handset that nobody picks up and whose mailbox does: greeting, beep, and it records for ``records_s``."""

    kind: Literal["voicemail"] = "voicemail"
    ring_s: RingSeconds = 3.0
    voice: Voice = Voice()
    line: Line = Line()
    text: str
    records_s: Annotated[float, Field(ge=1.0, le=120.0)] = 20.0


Handset = Annotated[
    Answers | Busy | Refuses | NoAnswer | WrongNumber | Unreachable | Voicemail, Field(discriminator="kind")
]


class Mix(Fixed):
    """How many of each kind of handset there are, in proportion."""

    person: Annotated[int, Field(ge=0)] = 12
    busy: Annotated[int, Field(ge=0)] = 2
    refuses: Annotated[int, Field(ge=0)] = 1
    no_answer: Annotated[int, Field(ge=0)] = 2
    wrong_number: Annotated[int, Field(ge=0)] = 1
    unreachable: Annotated[int, Field(ge=0)] = 1
    voicemail: Annotated[int, Field(ge=0)] = 1


class Scenario(Fixed):
    """A population of handsets by their numbers (E.164)."""

    seed: int
    handsets: dict[Annotated[str, Field(pattern=r"^\+[1-9]\d{6,14}$")], Handset]

    def name_of(self, number: str) -> str:
        """Return whom a caller expects at ``number``. Raises NotFoundError."""
        if number not in self.handsets:
            raise NotFoundError(thing="handset", key=number)
        handset = self.handsets[number]
        return handset.person.name if isinstance(handset, Answers) else handset.owner


def generate(seed: int, calls: int, mix: Mix = Mix()) -> Scenario:  # noqa: B008
    """Draw a world of ``calls`` handsets; from 12 on it has at least one of every kind that ``mix`` has at all.

    Raises ScenarioSizeError.
    """
    if not 1 <= calls <= AVAILABLE or not any(mix.model_dump().values()):
        raise ScenarioSizeError(calls=calls, most=AVAILABLE)
    rng = random.Random(seed)  # noqa: S311 - a seeded world, no secret
    shares = _shares(mix, calls)
    kinds = [kind for kind, count in shares.items() for _ in range(count)]
    rng.shuffle(kinds)
    left = wishes(rng, shares["person"])
    handsets = {number: _draw(rng, kind, left) for number, kind in zip(numbers(rng, calls), kinds, strict=True)}
    return Scenario(seed=seed, handsets=handsets)


def read(path: Path) -> Scenario:
    """Read a scenario from YAML. Raises ScenarioError, naming what is wrong."""
    try:
        return Scenario.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise ScenarioError(path=path, why=f"{place}: {first['msg']}") from None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ScenarioError(path=path, why=str(error)) from None


def write(scenario: Scenario, path: Path) -> None:
    """Write a scenario as YAML, with every value, so that it can be edited."""
    content = yaml.safe_dump(scenario.model_dump(mode="json"), sort_keys=False, allow_unicode=True, width=110)
    path.write_text(content, encoding="utf-8")


def _shares(mix: Mix, calls: int) -> dict[str, int]:
    """Divide ``calls`` by the proportions of ``mix``: whole parts first, then the largest remainders."""
    weights = {kind: weight for kind, weight in mix.model_dump().items() if weight}
    exact = {kind: calls * weight / sum(weights.values()) for kind, weight in weights.items()}
    shares = {kind: int(share) for kind, share in exact.items()}
    for kind in sorted(exact, key=lambda kind: shares[kind] - exact[kind])[: calls - sum(shares.values())]:
        shares[kind] += 1
    while calls >= _ALL_KINDS_FROM and not all(shares.values()):
        missing = next(kind for kind, count in shares.items() if not count)
        shares[max(shares, key=lambda kind: shares[kind])] -= 1
        shares[missing] = 1
    return {"person": 0} | shares


def _draw(rng: random.Random, kind: str, left: list[Wish]) -> Handset:
    ring_s = round(rng.uniform(1.0, 4.0), 2)
    if kind == "person":
        return Answers(ring_s=ring_s, person=person(rng, left.pop()), line=line(rng))
    owner = person(rng, Wish.SILENT)
    match kind:
        case "busy":
            return Busy(owner=owner.name)
        case "refuses":
            return Refuses(owner=owner.name, ring_s=ring_s)
        case "no_answer":
            return NoAnswer(owner=owner.name)
        case "wrong_number":
            return WrongNumber(owner=owner.name, voice=voice(rng, woman=True))
        case "unreachable":
            return Unreachable(owner=owner.name, voice=voice(rng, woman=True))
    greeting = rng.choice(_GREETINGS).format(name=owner.name)
    return Voicemail(owner=owner.name, ring_s=ring_s, voice=owner.voice, line=line(rng), text=greeting)


_GREETINGS = (
    "Hi, you've reached {name}. I can't come to the phone right now. Please leave a message after the tone.",
    "This is the mailbox of {name}. Nobody can take your call at the moment. Record your message after the beep.",
    "Hello, this is {name}. I'm out just now, so leave your name and number and I will get back to you.",
)
