"""The lists of the console, who sees them, and which of their columns somebody chose to see."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.accounts.roles import Act
from callwright.db.tables.lists import ListColumnsRow


class ListName(StrEnum):
    """A list of the console."""

    TASKS = "tasks"
    TASK_CUSTOMERS = "task_customers"
    TASK_CALLS = "task_calls"
    CALLS = "calls"
    CUSTOMERS = "customers"
    DO_NOT_CALL = "do_not_call"
    IMPORTS = "imports"
    EXPORTS = "exports"
    SCRIPTS = "scripts"
    CROWDS = "crowds"
    LINES = "lines"
    LEDGER = "ledger"
    DELIVERIES = "deliveries"
    MESSAGES = "messages"


SEEN_BY: Mapping[ListName, Act] = {
    ListName.TASKS: Act.READ_TASKS,
    ListName.TASK_CUSTOMERS: Act.READ_TASKS,
    ListName.TASK_CALLS: Act.READ_CALLS,
    ListName.CALLS: Act.READ_CALLS,
    ListName.CUSTOMERS: Act.READ_CUSTOMERS,
    ListName.DO_NOT_CALL: Act.READ_DO_NOT_CALL,
    ListName.IMPORTS: Act.READ_TASKS,
    ListName.EXPORTS: Act.EXPORT,
    ListName.SCRIPTS: Act.READ_SCRIPTS,
    ListName.CROWDS: Act.READ_SCRIPTS,
    ListName.LINES: Act.READ_LINES,
    ListName.LEDGER: Act.READ_MONEY,
    ListName.DELIVERIES: Act.KEEP_WEBHOOKS,
    ListName.MESSAGES: Act.READ_MESSAGES,
}
"""What one has to be allowed in order to see a list."""


@dataclass(frozen=True, slots=True)
class ListColumnChoice:
    """Columns that are to be seen or not, whatever the list shows by itself; of others it decides.

    So a column that a list gains later is seen, and one that is gone is of no consequence.
    """

    shown: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()


AS_BEFORE = ListColumnChoice()


async def list_columns(session: AsyncSession, user_id: UUID) -> dict[ListName, ListColumnChoice]:
    """Return what somebody chose, for every list where they chose something."""
    rows = await session.scalars(select(ListColumnsRow).where(ListColumnsRow.user_id == user_id))
    known = {name.value: name for name in ListName}
    return {known[row.list]: column_choice(row.columns) for row in rows if row.list in known}


async def choose_columns(session: AsyncSession, user_id: UUID, which: ListName, choice: ListColumnChoice) -> None:
    """Keep what somebody chose for a list; with ``AS_BEFORE`` nothing."""
    if choice == AS_BEFORE:
        theirs = ListColumnsRow.user_id == user_id, ListColumnsRow.list == which.value
        await session.execute(delete(ListColumnsRow).where(*theirs))
        return
    row = {"user_id": user_id, "list": which.value, "columns": asdict(choice)}
    put = insert(ListColumnsRow).values(row)
    await session.execute(
        put.on_conflict_do_update(index_elements=["user_id", "list"], set_={"columns": row["columns"]})
    )


def column_choice(kept: Mapping[str, list[str]]) -> ListColumnChoice:
    """Return a choice as it was kept."""
    return ListColumnChoice(tuple(kept.get("shown", ())), tuple(kept.get("hidden", ())))
