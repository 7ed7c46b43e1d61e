"""Customers of the book as their list shows them, with the company's fields as columns."""

from collections.abc import Callable, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.contacts.book import count_book, list_book, place_of
from callwright.contacts.custom_fields import CustomField
from callwright.contacts.hiding import hidden
from callwright.contacts.schemas import BookEntry, BookPlace
from callwright.exports.reading import Column, Reader, chosen
from callwright.exports.schemas import BookShown
from callwright.kit.phone import masked
from callwright.kit.tabular import Cell


class Book:
    """The customers that are shown, in the order in which they are."""

    def __init__(self, shown: BookShown, reader: Reader, fields: Sequence[CustomField]) -> None:
        self._shown = shown
        self._columns = chosen(book_columns(reader, fields, masks=shown.masks), shown.columns)
        self._after: BookPlace | None = None
        self.headings = [column.heading for column in self._columns]

    async def count(self, session: AsyncSession) -> int:
        """Return how many customers are meant."""
        return await count_book(session, self._shown.filter)

    async def further(self, session: AsyncSession, most: int) -> Sequence[Sequence[Cell]]:
        """Return the rows that follow those returned before; none at the end."""
        shown = self._shown
        found = await list_book(session, shown.filter, shown.order, after=self._after, limit=most)
        self._after = place_of(found[-1], shown.order) if found else self._after
        return [[column.cell(one) for column in self._columns] for one in found]


def book_columns(reader: Reader, fields: Sequence[CustomField], *, masks: bool) -> list[Column[BookEntry]]:
    """Return the columns of customers: the list's, then the company's fields; with ``masks`` as the list hides."""

    def value_of(field: CustomField) -> Callable[[BookEntry], Cell]:
        def value(one: BookEntry) -> Cell:
            kept = one.fields.get(field.key, "")
            return hidden(kept, field.kind) if masks else kept

        return value

    def owner_of(one: BookEntry) -> Cell:
        return one.owner.name if one.owner else reader.word("owner", "nobody")

    return [
        Column("name", reader.heading("name"), lambda one: one.name),
        Column("phone", reader.heading("phone"), lambda one: masked(one.phone) if masks else one.phone),
        Column("owner", reader.heading("owner"), owner_of),
        Column("tags", reader.heading("category"), lambda one: one.category),
        Column("tags", reader.heading("tags"), lambda one: ", ".join(one.tags)),
        Column("follow-up", reader.heading("follow_up_at"), lambda one: reader.clock(one.follow_up_at)),
        Column("consent", reader.heading("consent"), lambda one: reader.word("consent", one.consent)),
        Column("attempts", reader.heading("attempts"), lambda one: one.calls),
        Column(
            "called",
            reader.heading("called_at"),
            lambda one: reader.clock(one.last_call.called_at if one.last_call else None),
        ),
        Column(
            "last",
            reader.heading("last_phone_state"),
            lambda one: reader.word("phone_state", one.last_call.phone_state if one.last_call else None),
        ),
        Column("grade", reader.heading("grade"), lambda one: (one.last_call and one.last_call.grade) or ""),
        *(Column(f"field-{field.key}", field.label, value_of(field)) for field in fields),
    ]
