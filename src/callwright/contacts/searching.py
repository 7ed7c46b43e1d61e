"""Customers found by a part of their name or number, however many there are.

PostgreSQL's ``searchable`` makes one text of name and number, with an index of its trigrams. A text that few
customers have is looked up there; one that many have is met soon enough by whoever walks along a list.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ARRAY, ColumnElement, Select, Uuid, any_, false, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased
from sqlalchemy.sql.selectable import ScalarSelect

from callwright.db.tables.contacts import CustomerRow

MOST = 2_000
"""Of more customers than these, one in some hundred rows of a list is met."""
IDEOGRAPH = re.compile(r"[⺀-鿿가-힣豈-﫿]")  # as in the database's function
NUMBER = re.compile(r"\+?[\d\s().-]*\d[\d\s().-]*")
BETWEEN_DIGITS = re.compile(r"[\s().-]")
CONTROL = re.compile(r"[\x00-\x1f\x7f]")
TRIGRAM = 3


def is_number(text: str) -> bool:
    """Tell whether a text is a part of a number, in whatever digits and groups, rather than of a name."""
    return NUMBER.fullmatch(_plain(text)) is not None


def pattern(text: str) -> str | None:
    """Return what ``searchable`` is LIKE where it has ``text`` in it; ``None`` where there is nothing to look for.

    One or two letters, which make no trigram, stand at the beginning of a word.
    """
    plain = _plain(text)
    if not plain:
        return None
    if is_number(text):
        return f"%{BETWEEN_DIGITS.sub('', plain)}%"
    wanted = IDEOGRAPH.sub(lambda found: found[0] * TRIGRAM, plain)
    begins = " " if len(wanted) < TRIGRAM else ""
    return f"%{begins}{_escaped(wanted)}%"


@dataclass(frozen=True, slots=True)
class Sought:
    """Who has a text in name or number: ``ids`` of them all, or nothing there where they are more than ``MOST``."""

    pattern: str
    ids: Sequence[UUID] | None

    def among(self, customer_id: InstrumentedAttribute[UUID]) -> ColumnElement[bool]:
        """Return the condition that ``customer_id``'s is one of them."""
        if self.ids is None:
            # Asked row by row of a walk: joined, PostgreSQL would look through the whole book first, as it may not
            # ask its statistics how many a LIKE finds where row-level security holds. Of a bare LIKE it expects
            # next to nothing and sorts the whole list; of a truth that it can't see into, every other row.
            customer = aliased(CustomerRow)  # the walk may be along the customers themselves
            searchable: Select[str] = select(func.searchable(customer.name, customer.phone))
            fits = searchable.where(customer.id == customer_id).scalar_subquery().like(self.pattern)
            return func.coalesce(fits, false())
        return customer_id == any_(literal(list(self.ids), ARRAY(Uuid)))


def same_person(customer_id: UUID | ScalarSelect[UUID]) -> Select[UUID]:
    """Return the query of a customer and those who were merged into them."""
    return select(CustomerRow.id).where(or_(CustomerRow.id == customer_id, CustomerRow.merged_into == customer_id))


async def seek(session: AsyncSession, text: str | None) -> Sought | None:
    """Look for the tenant's customers with ``text`` in name or number; ``None`` where it has nothing in it."""
    wanted = pattern(text or "")
    if wanted is None:
        return None
    found = (await session.scalars(select(func.find_customers(wanted, MOST + 1)))).all()
    if len(found) > MOST:
        return Sought(wanted, None)
    return Sought(wanted, [*found, *await _whose_cards(session, found)])


async def _whose_cards(session: AsyncSession, found: Sequence[UUID]) -> Sequence[UUID]:
    """Return who has the cards of those among ``found`` that were merged."""
    cards = select(func.coalesce(CustomerRow.merged_into, CustomerRow.id)).where(
        CustomerRow.merged_into.is_not(None)
    )
    return (await session.scalars(cards.where(CustomerRow.id == any_(literal(list(found), ARRAY(Uuid)))))).all()


def _plain(text: str) -> str:
    # Full-width letters and digits are those that they look like.
    return CONTROL.sub("", unicodedata.normalize("NFKC", text)).strip().lower()


def _escaped(text: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", text)
