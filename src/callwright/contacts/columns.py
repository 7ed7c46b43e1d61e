"""Which column of a file is what: told by its heading, or by a person who looked at it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from callwright.contacts.drafts import NAME_VARIABLES
from callwright.dialogue.graph import Variable
from callwright.kit.tabular import Row

PHONE, NAME, CONSENT, CONSENT_SOURCE = "phone", "name", "consent", "consent_source"
VARIABLE = "variables."
"""Before the name of a script's variable, so that one called ``consent`` is another than the consent."""

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


@dataclass(frozen=True, slots=True)
class Columns:
    """How a file is read: the row of its headings (from 1; 0 where it has none), and what stands in which column.

    ``places`` has a column, counted from 0, for ``phone``, ``name``, ``consent``, ``consent_source`` and
    ``variables.<name>`` each, as far as the file has them.
    """

    heading_row: int
    places: Mapping[str, int] = field(default_factory=dict)


def columns_of(headings: Row, variables: Sequence[Variable]) -> Columns:
    """Return what the headings say."""
    plain = [_plain(cell) for cell in headings.cells]
    places: dict[str, int] = {}
    for variable in variables:
        for wanted in (_plain(variable.name), _plain(variable.label)):
            if wanted in plain:
                places.setdefault(VARIABLE + variable.name, plain.index(wanted))
    for key, wording in FIXED:
        for place, heading in enumerate(plain):
            # A variable that is the customer's name is the customer's name as well.
            if heading in wording and (key == NAME or place not in places.values()):
                places.setdefault(key, place)
    return Columns(headings.number, places)


def missing_columns(columns: Columns, variables: Sequence[Variable]) -> list[str]:
    """Return what a file has to have and ``columns`` doesn't name: ``phone``, or names of variables."""
    return [PHONE] * (PHONE not in columns.places) + [
        variable.name
        for variable in variables
        if variable.required
        and VARIABLE + variable.name not in columns.places
        and not (variable.name in NAME_VARIABLES and NAME in columns.places)
    ]


def find_phone_column(cells: Sequence[str]) -> int | None:
    """Return the place of the heading under which phone numbers stand."""
    return next((place for place, cell in enumerate(cells) if _plain(cell) in PHONE_HEADINGS), None)


def _plain(heading: str) -> str:
    return " ".join(heading.replace("*", " ").replace("_", " ").lower().split())
