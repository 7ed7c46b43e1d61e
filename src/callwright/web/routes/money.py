"""Money."""

import csv
import io
from collections.abc import AsyncIterator, Callable
from datetime import date, datetime, time, timedelta
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Query
from fastapi.responses import StreamingResponse

from callwright.billing import spending, statement
from callwright.billing.amounts import written
from callwright.billing.spending import By, Days
from callwright.billing.statement import EntryFilter
from callwright.web import present_money
from callwright.web.access import Asking, BalanceReader, MoneyReader
from callwright.web.company import shown_balance
from callwright.web.paging import After, Limit, after_id, page
from callwright.web.schemas.base import FIRST_YEAR, LAST_YEAR, Page
from callwright.web.schemas.money import Balance, LedgerEntry, MovementKind, Spent

router = APIRouter(tags=["money"])
Kind = Annotated[MovementKind | None, Query(description="Only movements of this kind.")]
Day = Annotated[
    date | None,
    Query(
        ge=date(FIRST_YEAR, 1, 1),
        le=date(LAST_YEAR, 12, 31),
        description="By the company's clock; the last 30 days where not given.",
    ),
]
LedgerDay = Annotated[
    date | None,
    Query(ge=date(FIRST_YEAR, 1, 1), le=date(LAST_YEAR, 12, 31), description="By the company's clock."),
]
SHOWN = timedelta(days=29)


def _wanted(
    kind: Kind = None,
    task_id: Annotated[UUID | None, Query(description="Only movements of this task.")] = None,
    first: LedgerDay = None,
    last: LedgerDay = None,
) -> Callable[[Asking], EntryFilter]:
    def of(asking: Asking) -> EntryFilter:
        zone = ZoneInfo(asking.who.time_zone)
        began = None if first is None else datetime.combine(first, time(), zone)
        ended = None if last is None else datetime.combine(last + timedelta(days=1), time(), zone)
        return EntryFilter(kind, task_id, began, ended)

    return of


Wanted = Annotated[Callable[[Asking], EntryFilter], Depends(_wanted)]


@router.get("/balance")
async def get_balance(asking: BalanceReader) -> Balance:
    """What new calls may use, and what calls under way hold."""
    async with asking.transaction() as session:
        return await shown_balance(session, asking.who.tenant_id, asking.who.currency)


@router.get("/ledger")
async def list_ledger(
    asking: MoneyReader, wanted: Wanted, limit: Limit = 50, after: After = None
) -> Page[LedgerEntry]:
    """Movements of money, the newest first."""
    async with asking.transaction() as session:
        found = await statement.list_entries(session, wanted(asking), after=after_id(after), limit=limit + 1)
    shown, cursor = page(found, limit, lambda entry: entry.id)
    return Page(items=[present_money.entry(one) for one in shown], next=cursor)


@router.get("/ledger/export", response_class=StreamingResponse)
async def export_ledger(asking: MoneyReader, wanted: Wanted) -> StreamingResponse:
    """The same movements, all of them, as CSV, the newest first."""
    headers = {"Content-Disposition": 'attachment; filename="ledger.csv"'}
    return StreamingResponse(_csv(asking, wanted(asking)), media_type="text/csv; charset=utf-8", headers=headers)


@router.get("/spending")
async def get_spending(asking: MoneyReader, by: By = By.DAY, first: Day = None, last: Day = None) -> list[Spent]:
    """What calls and messages cost, added up by task, line or day: the dearest first, days in their order."""
    today = asking.now.astimezone(ZoneInfo(asking.who.time_zone)).date()
    until = last or today
    days = Days(first or until - SHOWN, until, asking.who.time_zone)
    async with asking.transaction() as session:
        found = await spending.spent(session, by, days)
    return [Spent.model_validate(one) for one in found]


async def _csv(asking: Asking, wanted: EntryFilter) -> AsyncIterator[str]:
    yield "\ufeff" + _line("at", "kind", "amount", "currency", "task", "line", "call", "entered_by", "note")
    async with asking.transaction() as session:
        async for entry in statement.every_entry(session, wanted):
            at = entry.at.astimezone(ZoneInfo(asking.who.time_zone)).isoformat(timespec="seconds")
            texts = (entry.task, entry.line, entry.call_id, entry.entered_by, entry.note)
            amount = written(entry.amount)
            yield _line(at, entry.kind, amount, asking.who.currency, *(_harmless(text) for text in texts))


def _line(*cells: str) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _harmless(text: object) -> str:
    """Return text that no spreadsheet takes for a formula."""
    shown = "" if text is None else str(text)
    return f"'{shown}" if shown.startswith(("=", "+", "-", "@", "\t", "\r")) else shown
