"""Lists as pages show them, row by row: the same queries, the same filters, and a reader's words and clock."""

from collections.abc import Callable, Sequence
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.calls.customers import count_customers, list_customers
from callwright.calls.schemas import CallPlace, CallSummary, TaskCustomerView
from callwright.calls.service import count_calls, list_calls
from callwright.contacts.drafts import NAME_VARIABLES
from callwright.contacts.field_list import list_fields
from callwright.dialing.window import zone_named
from callwright.dialogue.graph import Variable
from callwright.exports.book import Book
from callwright.exports.reading import Column, Reader, chosen
from callwright.exports.schemas import BookShown, CallsShown, CustomersShown, Shown
from callwright.kit.tabular import Cell
from callwright.tasks.service import variables_of


class ShownList(Protocol):
    """A list to be written, from its beginning."""

    @property
    def headings(self) -> Sequence[str]:
        """What stands above the columns."""
        ...

    async def count(self, session: AsyncSession) -> int:
        """Return how many rows it has."""
        ...

    async def further(self, session: AsyncSession, most: int) -> Sequence[Sequence[Cell]]:
        """Return the rows that follow those returned before; none at the end."""
        ...


async def opened(session: AsyncSession, shown: Shown, *, language: str, time_zone: str) -> ShownList:
    """Return a list at its beginning. Raises NotFoundError, ExportColumnsError."""
    reader = Reader(language, zone_named(time_zone))
    if isinstance(shown, CallsShown):
        return _Calls(shown, reader)
    if isinstance(shown, BookShown):
        return Book(shown, reader, await list_fields(session))
    return _Customers(shown, reader, await variables_of(session, shown.task_id))


class _Customers:
    def __init__(self, shown: CustomersShown, reader: Reader, variables: Sequence[Variable]) -> None:
        self._shown, self._columns = shown, chosen(customer_columns(reader, variables), shown.columns)
        self._after: int | None = None
        self.headings = [column.heading for column in self._columns]

    async def count(self, session: AsyncSession) -> int:
        return await count_customers(session, self._shown.task_id, self._shown.filter)

    async def further(self, session: AsyncSession, most: int) -> Sequence[Sequence[Cell]]:
        found = await list_customers(
            session, self._shown.task_id, self._shown.filter, after=self._after, limit=most
        )
        self._after = found[-1].position if found else self._after
        return [[column.cell(one) for column in self._columns] for one in found]


class _Calls:
    def __init__(self, shown: CallsShown, reader: Reader) -> None:
        self._filter, self._columns = shown.filter, chosen(call_columns(reader), shown.columns)
        self._after: CallPlace | None = None
        self.headings = [column.heading for column in self._columns]

    async def count(self, session: AsyncSession) -> int:
        return await count_calls(session, self._filter)

    async def further(self, session: AsyncSession, most: int) -> Sequence[Sequence[Cell]]:
        found = await list_calls(session, self._filter, after=self._after, limit=most)
        self._after = found[-1].place if found else self._after
        return [[column.cell(one) for column in self._columns] for one in found]


def customer_columns(reader: Reader, variables: Sequence[Variable]) -> list[Column[TaskCustomerView]]:
    """Return the columns of a task's customers: those of its page, and the variables of its script."""

    def value_of(name: str) -> Callable[[TaskCustomerView], Cell]:
        return lambda one: one.variables.get(name, "")

    return [
        Column("name", reader.heading("name"), lambda one: one.name),
        Column("phone", reader.heading("phone"), lambda one: one.phone),
        Column("consent", reader.heading("consent"), lambda one: reader.word("consent", one.consent)),
        Column("state", reader.heading("state"), lambda one: reader.word("state", one.state)),
        Column("state", reader.heading("due_at"), lambda one: reader.clock(one.due_at)),
        Column("attempts", reader.heading("attempts"), lambda one: one.attempts),
        Column(
            "last", reader.heading("last_phone_state"), lambda one: reader.word("phone_state", one.last_phone_state)
        ),
        Column("grade", reader.heading("grade"), lambda one: one.last_grade or ""),
        *(
            Column(f"variable-{variable.name}", variable.label or variable.name, value_of(variable.name))
            for variable in variables
            if variable.name not in NAME_VARIABLES
        ),
    ]


def call_columns(reader: Reader) -> list[Column[CallSummary]]:
    """Return the columns of calls."""
    return [
        Column("dialled", reader.heading("at"), lambda call: reader.clock(call.dialled_at)),
        Column("ended", reader.heading("ended_at"), lambda call: reader.clock(call.ended_at)),
        Column("task", reader.heading("task"), lambda call: call.task_name),
        Column("customer", reader.heading("name"), lambda call: call.customer.name),
        Column("customer", reader.heading("phone"), lambda call: call.customer.phone),
        Column("state", reader.heading("phone_state"), lambda call: reader.word("phone_state", call.phone_state)),
        Column("talk", reader.heading("talk_s"), lambda call: round(call.talk_ms / 1000)),
        Column("grade", reader.heading("grade"), lambda call: call.grade or ""),
        Column("turns", reader.heading("turns"), lambda call: call.turns),
        Column("hung-up-by", reader.heading("hung_up_by"), lambda call: reader.word("hung_up_by", call.hung_up_by)),
        Column("script", reader.heading("script"), lambda call: call.script.name),
        Column("arm", reader.heading("version"), lambda call: call.script.version),
    ]
