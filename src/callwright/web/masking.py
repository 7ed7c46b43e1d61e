"""Numbers that are hidden from some roles must not be found out by searching either."""

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.contacts.custom_fields import FieldKind
from callwright.contacts.field_list import list_fields
from callwright.contacts.hiding import DATE, hidden
from callwright.contacts.schemas import BookFilter
from callwright.contacts.searching import is_number
from callwright.web.access import Asking

_NUMBER = re.compile(r"\+?\d(?:[ ().\-/]{0,2}\d){6,}")
"""As people write phone numbers: seven digits or more, with little between them."""


def without_numbers(text: str) -> str:
    """Return ``text`` with all that may be a phone number hidden but for its last three digits; a date is none."""
    return _NUMBER.sub(_hidden, text)


def _hidden(found: re.Match[str]) -> str:
    return found[0] if DATE.fullmatch(found[0]) else f"***{''.join(filter(str.isdigit, found[0]))[-3:]}"


def hides(asking: Asking, text: str | None) -> bool:
    """Tell whether ``text`` would let someone find out a number digit by digit that is masked for them."""
    return asking.masks and text is not None and is_number(text)


async def hides_of_book(session: AsyncSession, asking: Asking, wanted: BookFilter) -> bool:
    """Tell whether a list of the book would let someone find out what is masked for them, in a field too."""
    if hides(asking, wanted.text):
        return True
    if wanted.field is None or not asking.masks:
        return False
    key, value = wanted.field
    kinds = await kinds_hidden_by(session, asking)
    return hidden(value, kinds.get(key, FieldKind.TEXT)) != value


async def kinds_hidden_by(session: AsyncSession, asking: Asking) -> Mapping[str, FieldKind]:
    """Return of which kind each field is, where values are hidden by it."""
    return await kinds_of_fields(session) if asking.masks else {}


async def kinds_of_fields(session: AsyncSession) -> Mapping[str, FieldKind]:
    """Return of which kind each field of the company's is, of retired ones too."""
    return {one.key: one.kind for one in await list_fields(session, retired=True)}


def without_people(search: str, kinds: Mapping[str, FieldKind]) -> str:
    """Return a list's part of the address without whom somebody searched: their name, number or hidden value."""
    return "&".join(pair for pair in search.split("&") if not _searches(pair, kinds))


def _searches(pair: str, kinds: Mapping[str, FieldKind]) -> bool:
    for name, asked in parse_qsl(pair):
        key, _, value = asked.partition(":")
        if name == "text" or (name == "field" and hidden(value, kinds.get(key, FieldKind.TEXT)) != value):
            return True
    return False
