"""Those who call and whom: tenants with priced lines and running tasks of a few hundred customers each."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tests.factories.calling import NOW, Caller, make_caller
from tests.wire.crash.carrier import RINGS_S
from tests.wire.telephony.peers import HOST

from callwright.billing.ledger import top_up
from callwright.db.session import Database
from callwright.db.tables.lines import LineRow
from callwright.dialing.concurrency import ConcurrencyMode
from callwright.dialing.redial import Redialled, RedialRule
from callwright.rating.tariff import MICROS
from callwright.tasks import service

REDIALS = 2
"""Whoever is busy is dialled so often again."""
PRICE = 3 * MICROS // 5
AMPLE = 100_000 * MICROS
# Enough for all calls of its tenant, but at 6 a hold only for some of them at once.
SCARCE = 70 * MICROS


@dataclass(frozen=True, slots=True)
class Wish:
    """A tenant's task: ``mode`` and how many seats and customers it has, and the money there is for it."""

    name: str
    mode: ConcurrencyMode
    seats: int
    money: int


TENANTS: Sequence[tuple[Wish, ...]] = (
    (Wish("Spring", ConcurrencyMode.PLAIN, 12, AMPLE), Wish("Summer", ConcurrencyMode.MULTI, 6, AMPLE)),
    (Wish("Autumn", ConcurrencyMode.ADAPTIVE, 8, AMPLE),),
    (Wish("Winter", ConcurrencyMode.PLAIN, 10, SCARCE),),
)


async def settle(database: Database, *, customers: int, carrier_port: int) -> None:
    """Make the tenants, put ``customers`` into their tasks as their seats go, and start the tasks."""
    seats = sum(wish.seats for wishes in TENANTS for wish in wishes)
    first = 0
    for number, wishes in enumerate(TENANTS):
        caller = await make_caller(database, name=f"Tenant {number}", seats=20, channels=24)
        await _equip(caller, carrier_port, wishes[0].money)
        for wish in wishes:
            share = customers * wish.seats // seats
            await _run(caller, wish, share, first)
            first += share


async def _equip(caller: Caller, carrier_port: int, money: int) -> None:
    async with caller.database.tenant(caller.tenant_id) as session:
        line = await session.get_one(LineRow, caller.line_id)
        line.carrier_host, line.carrier_port, line.ring_timeout_s = HOST, carrier_port, RINGS_S
        line.price_per_minute, line.billed_first_s, line.billed_next_s = PRICE, 1, 1
        await top_up(session, caller.tenant_id, money, user_id=None, note="")


async def _run(caller: Caller, wish: Wish, customers: int, first: int) -> None:
    redial = {Redialled.BUSY: RedialRule(Decimal("0.1"), REDIALS)}
    task = await caller.make_task(
        customers, name=wish.name, concurrency=wish.seats, first=first, mode=wish.mode, redial=redial
    )
    async with caller.database.tenant(caller.tenant_id) as session:
        await service.start_task(session, task.id, now=NOW)
