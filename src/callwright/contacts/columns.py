"""Which column of a file is what: told by its heading, or by a person who looked at it. Pure."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from callwright.contacts.custom_fields import CustomField
from callwright.contacts.drafts import NAME_VARIABLES
from callwright.dialogue.graph import Variable
from callwright.kit.tabular import Row

PHONE, NAME, CONSENT, CONSENT_SOURCE = "phone", "name", "consent", "consent_source"
VARIABLE = "variables."
"""Before the name of a script's variable, so that one called ``consent`` is another than the consent."""
FIELD = "fields."
"""Before the key of a custom field; one that a script has a variable of stands in the variable's column."""
SHARING = frozenset((NAME, *(VARIABLE + name for name in NAME_VARIABLES)))
"""What may stand in one column with another: the customer's name, and a variable that is it."""
RESERVED = frozenset((PHONE, CONSENT, CONSENT_SOURCE))
"""Headings that are the customer's own, whatever a script calls its variables: a consent that was taken back must
not be mistaken for an answer."""
REASON = {"en": "(reason)", "zh": "(原因)"}
"""The heading over why rows were not taken, by language: one that no variable can have, and no import reads."""

PHONE_HEADINGS = frozenset(
    ("phone", "phone number", "telephone", "telephone number", "tel", "mobile", "mobile number", "mobile phone")
) | {
    "cell",
    "number",
    "msisdn",
    "手机",
    "手机号",
    "手机号码",
    "电话",
    "电话号码",
    "联系电话",
    "号码",
    "客户号码",
    "客户电话",
    "联系方式",
    "手机电话",
}
NAME_HEADINGS = frozenset(
    ("name", "customer", "customer name", "full name", "contact", "姓名", "名字", "客户姓名", "客户名称", "联系人")
)
CONSENT_HEADINGS = frozenset(("consent", "opt in", "客户同意", "是否同意", "同意"))
CONSENT_SOURCE_HEADINGS = frozenset(("consent source", "source of consent", "opt in source", "同意来源"))
FIXED = (
    (PHONE, PHONE_HEADINGS),
    (NAME, NAME_HEADINGS),
    (CONSENT, CONSENT_HEADINGS),
    (CONSENT_SOURCE, CONSENT_SOURCE_HEADINGS),
)
BESIDE_CHINESE = re.compile("(?<=[\u3400-\u9fff]) | (?=[\u3400-\u9fff])")


@dataclass(frozen=True, slots=True)
class Columns:
    """How a file is read: the row of its headings (from 1; 0 where it has none), and what stands in which column.

    ``places`` has a column, counted from 0, for ``phone``, ``name``, ``consent``, ``consent_source``,
    ``variables.<name>`` and ``fields.<key>`` each, as far as the file has them. ``alike`` is :func:`likeness` of
    its headings, "" where they are not known. ``corrected`` is what a person chose otherwise than the headings say:
    a column, or None for what stands in none.
    """

    heading_row: int
    places: Mapping[str, int] = field(default_factory=dict)
    alike: str = ""
    corrected: Mapping[str, int | None] = field(default_factory=dict)


def columns_of(headings: Row, variables: Sequence[Variable], fields: Sequence[CustomField] = ()) -> Columns:
    """Return what the headings say."""
    plain = [_plain(cell) for cell in headings.cells]
    plain = ["" if heading in REASON.values() else heading for heading in plain]
    places = _places_of_variables(plain, variables)
    for key, wording in FIXED:
        for place, heading in enumerate(plain):
            # A variable that is the customer's name is the customer's name as well.
            if heading in wording and (key == NAME or place not in places.values()):
                places.setdefault(key, place)
    for one in other_fields(variables, fields):
        wordings = (_plain(FIELD + one.key), _plain(one.key), _plain(one.label))
        free = (at for at, heading in enumerate(plain) if heading in wordings and at not in places.values())
        if (found := next(free, None)) is not None:
            places[FIELD + one.key] = found
    return Columns(headings.number, places, likeness(headings.cells))


def likeness(headings: Sequence[str]) -> str:
    """Return what is the same for files with the same headings, reasons of rows that were not taken aside.

    A digest: where a file has no headings, they are somebody's name and number.
    """
    plain = ["" if heading in REASON.values() else _plain(heading) for heading in headings]
    while plain and not plain[-1]:
        plain.pop()
    return hashlib.sha256("\n".join(plain).encode("utf-8", "surrogatepass")).hexdigest()


def choose(columns: Columns, heading_row: int, places: Mapping[str, int]) -> Columns:
    """Return columns as a person chose them, with what they corrected as long as the headings are the same."""
    if heading_row != columns.heading_row:
        return Columns(heading_row, places)
    keys = columns.places.keys() | places.keys()
    corrected = {key: places.get(key) for key in keys if places.get(key) != columns.places.get(key)}
    return Columns(heading_row, places, columns.alike, {**columns.corrected, **corrected})


def correct(columns: Columns, corrected: Mapping[str, int | None], possible: Set[str]) -> Columns:
    """Return what the headings say but for what a person corrected before, as far as it is still ``possible``.

    What could not be chosen then is read by its heading, unless a person chose its column for something else.
    """
    corrected = {key: place for key, place in corrected.items() if key in possible}
    chosen = {key: place for key, place in corrected.items() if place is not None}
    said = {
        key: place
        for key, place in columns.places.items()
        if key not in corrected and _may_stand_beside(key, {other for other, at in chosen.items() if at == place})
    }
    return replace(columns, places=said | chosen, corrected=corrected)


def _may_stand_beside(key: str, others: Set[str]) -> bool:
    return not others or {key, *others} <= SHARING


def other_fields(variables: Sequence[Variable], fields: Sequence[CustomField]) -> list[CustomField]:
    """Return the fields that stand in columns of their own."""
    names = {variable.name for variable in variables}
    return [field for field in fields if field.key not in names]


def _places_of_variables(plain: Sequence[str], variables: Sequence[Variable]) -> dict[str, int]:
    """Return where variables stand: one's name, as it was made here or else, counts before another's label."""
    wordings = [
        *((variable, _plain(VARIABLE + variable.name)) for variable in variables),
        *((variable, _plain(heading_of(variable))) for variable in variables),
        *((one, _plain(one.label)) for one in variables if _plain(one.label) not in _kept_from(one)),
    ]
    places: dict[str, int] = {}
    for variable, wanted in wordings:
        if wanted in plain and plain.index(wanted) not in places.values():
            places.setdefault(VARIABLE + variable.name, plain.index(wanted))
    return places


def heading_of(variable: Variable) -> str:
    """Return under which heading a variable stands in files that are made here."""
    return VARIABLE + variable.name if variable.name in RESERVED else variable.name


def heading_at(key: str) -> str:
    """Return the heading that :func:`columns_of` reads as ``key`` of ``Columns.places``."""
    name = key.removeprefix(VARIABLE).removeprefix(FIELD)
    return key if name in RESERVED else name


def possible_keys(variables: Sequence[Variable], fields: Sequence[CustomField]) -> set[str]:
    """Return what can stand in a column."""
    named = {VARIABLE + variable.name for variable in variables}
    return {PHONE, NAME, *RESERVED} | named | {FIELD + field.key for field in other_fields(variables, fields)}


def missing_columns(columns: Columns, variables: Sequence[Variable]) -> list[str]:
    """Return what a file has to have and ``columns`` doesn't name: ``phone`` and headings of variables.

    Not those of required fields: of customers whom the book knows, a file need not say them again.
    """
    missing = [
        heading_of(variable)
        for variable in variables
        if variable.required
        and VARIABLE + variable.name not in columns.places
        and not (variable.name in NAME_VARIABLES and NAME in columns.places)
    ]
    return [PHONE] * (PHONE not in columns.places) + missing


def find_phone_column(cells: Sequence[str]) -> int | None:
    """Return the place of the heading under which phone numbers stand."""
    return next((place for place, cell in enumerate(cells) if _plain(cell) in PHONE_HEADINGS), None)


def _kept_from(variable: Variable) -> frozenset[str]:
    """Return which headings a variable's label can't claim."""
    own = frozenset(_plain(key) for key in RESERVED)
    return own if variable.name in NAME_VARIABLES else own | {NAME}


def _plain(heading: str) -> str:
    """Return a heading without what people write differently: width, case, stars, and spaces beside Chinese."""
    narrow = unicodedata.normalize("NFKC", heading).replace("*", " ").replace("_", " ").lower()
    return BESIDE_CHINESE.sub("", " ".join(narrow.split()))
