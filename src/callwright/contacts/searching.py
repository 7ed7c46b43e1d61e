"""Customers found by a part of their name or number, however many there are.

PostgreSQL's ``searchable`` makes one text of name and number, with an index of its trigrams. A text that few
customers have is looked up there; one that many have is soon met by whoever walks along a list, or all of them are
looked up after all.
"""

import re
import unicodedata
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    SQLColumnExpression,
    Uuid,
    false,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased
from sqlalchemy.sql.selectable import ScalarSelect

from callwright.contacts.found import MOST, Found, Place, Within, from_function
from callwright.db.tables.contacts import CustomerRow

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


def same_person(customer_id: UUID | ScalarSelect[UUID]) -> Select[UUID]:
    """Return the query of a customer and those who were merged into them."""
    return select(CustomerRow.id).where(or_(CustomerRow.id == customer_id, CustomerRow.merged_into == customer_id))


async def seek(session: AsyncSession, text: str | None, within: Place) -> Found | None:
    """Look for the tenant's customers with ``text`` in name or number, their own or of those who were merged into
    them; ``None`` where it has nothing in it.
    """
    wanted = pattern(text or "")
    if wanted is None:
        return None
    found = (await session.scalars(_sought(wanted, Within.BOOK, MOST + 1))).all()
    ids = found if len(found) <= MOST else None
    return Found(ids, lambda one: _has(wanted, one, within), lambda most: _sought(wanted, within, most))


async def count_cards(session: AsyncSession, wanted: str) -> int:
    """Return how many of the tenant's customers are found in the book by a pattern, whose rows need not be read."""
    merged = select(CustomerRow.id).where(CustomerRow.merged_into.is_not(None))
    # Not by NOT IN, for which all who were merged are gone through at every one found, once they fill the memory.
    cards = _sought(wanted, Within.BOOK, None).except_(merged).subquery()
    return await session.scalar(select(func.count()).select_from(cards)) or 0


def _has(wanted: str, customer_id: SQLColumnExpression[UUID], within: Place) -> ColumnElement[bool]:
    # Asked row by row of a walk: joined, PostgreSQL would look through the whole book first, as it may not ask its
    # statistics how many a LIKE finds where row-level security holds. Of a bare LIKE it expects next to nothing and
    # sorts the whole list; of a truth that it can't see into, every other row. And of an EXISTS, instead of an
    # aggregate, it would first make a table of the whole book's.
    own: ColumnElement[str] = func.searchable(CustomerRow.name, CustomerRow.phone)
    if within is not Within.BOOK:
        customer = aliased(CustomerRow)
        of_one: Select[str] = select(func.searchable(customer.name, customer.phone)).where(
            customer.id == customer_id
        )
        own = of_one.scalar_subquery()
    merged = aliased(CustomerRow)
    under = select(func.bool_or(func.searchable(merged.name, merged.phone).like(wanted)))
    of_merged = under.where(merged.merged_into == customer_id).scalar_subquery()
    return func.coalesce(or_(own.like(wanted), of_merged), false())


def _sought(wanted: str, within: Place, most: int | None) -> Select[UUID]:
    limit = literal(most, Integer)
    if within is Within.BOOK:
        return from_function(func.find_customers(wanted, limit, type_=Uuid()))
    if within is Within.CALLED:
        return from_function(func.find_customers_called(wanted, limit, type_=Uuid()))
    return from_function(func.find_customers_in_task(within, wanted, limit, type_=Uuid()))


def _plain(text: str) -> str:
    # Full-width letters and digits are those that they look like.
    return CONTROL.sub("", unicodedata.normalize("NFKC", text)).strip().lower()


def _escaped(text: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", text)
