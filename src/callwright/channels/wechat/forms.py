"""Template messages: what stands in which of a template's places, cut to what it takes. Pure.

WeChat names a place by the type of what stands in it and a number, such as ``thing1``, and refuses the whole
message where a value is empty, too long, or of another type.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from callwright.channels.errors import TemplatePlaceError, TemplateTitleError

EMPTY = "-"
CUT = "…"
MOST_PLACES = 12
PLACE = re.compile(r"(?P<type>[a-z_]+?)(?P<number>[0-9]{1,3})")
NO_CHARACTER_STRING = re.compile(r"[^ -~]+")
NO_PHONE = re.compile(r"[^0-9+() *-]+")


class Part(StrEnum):
    """A part of what is told."""

    TITLE = "title"
    DETAILS = "details"
    TIME = "time"
    NAME = "name"
    PHONE = "phone"
    GRADE = "grade"
    TASK = "task"
    WHY = "why"
    CONCERNS = "concerns"


OF_NOTICES = frozenset({Part.TITLE, Part.DETAILS, Part.TIME})
"""Of warnings and tests, which tell of no customer."""


class Place(StrEnum):
    """The type of a place."""

    THING = "thing"
    CHARACTER_STRING = "character_string"
    PHONE_NUMBER = "phone_number"
    TIME = "time"
    CONST = "const"


MOST = {Place.THING: 20, Place.CONST: 20, Place.CHARACTER_STRING: 32, Place.PHONE_NUMBER: 17, Place.TIME: 32}
"""Characters that WeChat takes."""
TAKES: Mapping[Place, frozenset[Part]] = {
    Place.THING: frozenset(Part),
    Place.CONST: frozenset({Part.GRADE}),
    Place.CHARACTER_STRING: frozenset(Part) - {Part.TIME},
    Place.PHONE_NUMBER: frozenset({Part.PHONE}),
    Place.TIME: frozenset({Part.TIME}),
}


@dataclass(frozen=True, slots=True)
class Template:
    """A template of an account's: ``places`` tell which part stands in each."""

    id: str
    places: Mapping[str, Part]


def checked(template: Template, where: str, *, of_notices: bool) -> Template:
    """Return ``template``, which stands at ``where``.

    Raises TemplatePlaceError: a place can't be filled so. Raises TemplateTitleError where what tells of customers
    could not tell that they must not be called.
    """
    for place, part in template.places.items():
        kind = type_of(place)
        if kind is None:
            types = ", ".join(f"{one.value}1" for one in Place)
            raise TemplatePlaceError(place=place, rule=f"is none of: {types}", where=where)
        takes = TAKES[kind] & OF_NOTICES if of_notices else TAKES[kind]
        if part not in takes:
            rule = f"takes {', '.join(sorted(takes))}" if takes else "can't be filled where no customer is told of"
            raise TemplatePlaceError(place=place, rule=rule, where=where)
    if not of_notices and not is_titled(template):
        raise TemplateTitleError(where=where)
    return template


def is_titled(template: Template) -> bool:
    """Tell whether the title stands where it stays whole, in every language; it tells who must not be called."""
    return any(part == Part.TITLE and type_of(place) is Place.THING for place, part in template.places.items())


def type_of(place: str) -> Place | None:
    """Return the type of a place; nothing where there is none such."""
    found = PLACE.fullmatch(place)
    return Place(found["type"]) if found and found["type"] in set(Place) else None


def number_of(place: str) -> int:
    """Return by which number places stand in their order."""
    found = PLACE.fullmatch(place)
    return int(found["number"]) if found else 0


def filled(template: Template, parts: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Return what stands in each place of a message, as WeChat takes it."""
    return {place: {"value": _fitted(place, parts.get(part, ""))} for place, part in template.places.items()}


def _fitted(place: str, value: str) -> str:
    kind = type_of(place) or Place.THING
    if kind is Place.CHARACTER_STRING:
        value = NO_CHARACTER_STRING.sub(" ", value)
    if kind is Place.PHONE_NUMBER:
        value = NO_PHONE.sub("", value)
    plain, most = " ".join(value.split()), MOST[kind]
    if len(plain) > most:
        plain = plain[: most - 1] + CUT if kind is Place.THING else plain[:most]
    return plain or EMPTY
