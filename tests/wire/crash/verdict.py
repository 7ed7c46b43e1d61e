"""What must be true once all is over: the carrier's record against the database."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar
from uuid import UUID

from psycopg import Connection
from psycopg.rows import class_row
from tests.wire.crash.carrier import Invite, is_busy
from tests.wire.crash.town import REDIALS

from callwright.rating.tariff import Tariff, charge

# A result that came after its attempt had been given up was written later than what the call held was given back.
DIALLINGS = """
    SELECT attempts.id, book.phone AS number, attempts.state, attempts.dialled_at, attempts.phone_state,
           coalesce(calls.sip_call_id, '') AS call_id, calls.id IS NOT NULL AS kept,
           calls.ended_at IS NOT NULL AS closed,
           coalesce(held.xmin <> attempts.xmin, false) AS late,
           CASE WHEN attempts.state = 'ended' AND calls.answered_at IS NOT NULL
                THEN greatest(1, calls.talk_ms) ELSE 0 END AS talk_ms,
           lines.price_per_minute AS price, lines.billed_first_s AS first_s, lines.billed_next_s AS next_s
    FROM attempts
    JOIN task_customers AS entry ON entry.id = attempts.task_customer_id
    JOIN customers AS book ON book.id = entry.customer_id
    JOIN lines ON lines.id = attempts.line_id
    LEFT JOIN calls ON calls.attempt_id = attempts.id
    LEFT JOIN ledger_entries AS held ON held.attempt_id = attempts.id AND held.kind = 'release'
    ORDER BY attempts.number
"""
PLACES = """
    SELECT book.phone, entry.state
    FROM task_customers AS entry JOIN customers AS book ON book.id = entry.customer_id
"""
MONEY = "SELECT attempt_id, kind, amount FROM ledger_entries WHERE attempt_id IS NOT NULL"
SUMS = """
    SELECT tenants.name, sum(amount), available, held
    FROM tenants JOIN balances ON balances.tenant_id = tenants.id
    JOIN ledger_entries AS entry ON entry.tenant_id = tenants.id
    GROUP BY tenants.name, available, held
"""
SEATS = "SELECT count(*) FROM reserved_seats"
UNFINISHED = "SELECT name, state FROM tasks WHERE state <> 'finished'"
AT_REST = ("called", "denied", "do_not_call")
OVER = ("ended", "interrupted")


@dataclass(frozen=True, slots=True)
class Dialling:
    """An attempt with its call (``kept``, ``closed``) and the tariff of its line.

    ``late``: its result came after it had been given up.
    """

    id: UUID
    number: str
    state: str
    dialled_at: datetime | None
    phone_state: str | None
    call_id: str
    kept: bool
    closed: bool
    late: bool
    talk_ms: int
    price: int
    first_s: int
    next_s: int

    @property
    def given_up(self) -> bool:
        """Whether it may have been dialled and its node then was no more, or was taken for dead."""
        return self.dialled_at is not None and (self.state == "interrupted" or self.late)

    @property
    def cost(self) -> int:
        """What the tariff asks for it."""
        return charge(Tariff(self.price, self.first_s, self.next_s), self.talk_ms)


@dataclass(frozen=True, slots=True)
class Verdict:
    """``faults`` in words, none where all is right, and what there was to judge."""

    faults: Sequence[str]
    figures: Mapping[str, int]


def judge(invites: Sequence[Invite], connection: Connection[tuple[Any, ...]]) -> Verdict:
    """Compare what the carrier saw with what the database knows."""
    with connection.cursor(row_factory=class_row(Dialling)) as cursor:
        diallings = cursor.execute(DIALLINGS).fetchall()
    places = dict(iter(connection.execute(PLACES)))
    dialled = [one for one in diallings if one.dialled_at is not None]
    money = list(connection.execute(MONEY))
    faults = [
        *_diallings(_by_number(invites), _by_number(dialled), places),
        *_call_ids(invites, dialled),
        *_attempts(diallings),
        *_customers(places, _by_number(dialled)),
        *_money(money, diallings),
        *_sums(connection),
        *_left_over(connection),
    ]
    figures = {
        "customers": len(places),
        "calls the carrier got": len(invites),
        "attempts dialled": len(dialled),
        "of them given up": sum(one.given_up for one in dialled),
        "given up, result came late": sum(one.late for one in dialled),
        "answered": sum(one.talk_ms > 0 for one in dialled),
        "attempts never dialled": len(diallings) - len(dialled),
        "movements of money": len(money),
    }
    return Verdict(faults, figures)


class _Numbered(Protocol):
    @property
    def number(self) -> str: ...


One = TypeVar("One", bound=_Numbered)


def _by_number(things: Iterable[One]) -> Mapping[str, Sequence[One]]:
    found: defaultdict[str, list[One]] = defaultdict(list)
    for thing in things:
        found[thing.number].append(thing)
    return found


def _diallings(
    invites: Mapping[str, Sequence[Invite]], dialled: Mapping[str, Sequence[Dialling]], places: Mapping[str, str]
) -> Iterator[str]:
    """Each call at the carrier has an attempt of its own, which was marked before it and allowed by rule."""
    for number, calls in invites.items():
        marked = sorted(one.dialled_at for one in dialled.get(number, ()) if one.dialled_at is not None)
        if number not in places:
            yield f"{number} was called and is no customer"
        if len(calls) > len(marked):
            yield f"{number} was called {len(calls)} times in {len(marked)} diallings"
        if any(call.at < before for call, before in zip(calls, marked, strict=False)):
            yield f"{number} was called before its attempt was marked"
        failed = sum(one.phone_state == "line_fault" for one in dialled.get(number, ()))
        if len(calls) > 1 + (REDIALS if is_busy(number) else 0) + failed:
            yield f"{number} was called {len(calls)} times, more often than by rule"


def _call_ids(invites: Sequence[Invite], dialled: Sequence[Dialling]) -> Iterator[str]:
    """Each result names a call that the carrier had; every other call is of an attempt without a result."""
    numbers = {invite.call_id: invite.number for invite in invites}
    known = [one for one in dialled if one.call_id]
    for one in known:
        if numbers.get(one.call_id) != one.number:
            yield f"{one.number}: the carrier knows no call {one.call_id}"
    if len({one.call_id for one in known}) < len(known):
        yield "two attempts name the same call"
    without = Counter(one.number for one in dialled if not one.call_id)
    unknown = Counter(numbers.values()) - Counter(one.number for one in known) - without
    for number in unknown:
        yield f"{number} had a call that no attempt accounts for"


def _attempts(diallings: Sequence[Dialling]) -> Iterator[str]:
    for one in diallings:
        if one.state not in OVER:
            yield f"{one.number}: an attempt is left {one.state}"
        if one.kept is not (one.dialled_at is not None):
            yield f"{one.number}: attempt and call disagree on whether it was dialled"
        if one.kept and not one.closed:
            yield f"{one.number}: a call was never closed"


def _customers(places: Mapping[str, str], dialled: Mapping[str, Sequence[Dialling]]) -> Iterator[str]:
    """Each customer was dialled as often as the rules say, or once at least where a node died over it."""
    for number, state in places.items():
        attempts = dialled.get(number, ())
        outcomes = Counter(one.phone_state for one in attempts)
        whole = 1 + (REDIALS if is_busy(number) else 0)
        if state not in AT_REST:
            yield f"{number} is left {state}"
        elif not attempts:
            yield f"{number} is {state} and was never dialled"
        elif any(one.given_up for one in attempts) or outcomes["line_fault"]:
            continue
        elif len(attempts) != whole:
            yield f"{number} was dialled {len(attempts)} times rather than {whole}: {dict(outcomes)}"


def _money(entries: Iterable[tuple[Any, ...]], diallings: Sequence[Dialling]) -> Iterator[str]:
    """Each attempt that was dialled held money once and gave it back once, and cost what its tariff says."""
    moved: defaultdict[UUID, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for attempt_id, kind, amount in entries:
        moved[attempt_id][kind].append(amount)
    for one in diallings:
        mine = moved.pop(one.id, defaultdict(list))
        if len(mine["hold"]) != len(mine["release"]) or len(mine["hold"]) > 1 or len(mine["charge"]) > 1:
            yield f"{one.number}: {dict(mine)}"
        if one.dialled_at is not None and not mine["hold"]:
            yield f"{one.number} was dialled and held nothing"
        if sum(mine["hold"]) + sum(mine["release"]) or -sum(mine["charge"]) != one.cost:
            yield f"{one.number}: {dict(mine)} for {one.talk_ms} ms, which cost {one.cost}"
    if moved:
        yield f"money moved for {len(moved)} attempts that are not there"


def _sums(connection: Connection[tuple[Any, ...]]) -> Iterator[str]:
    for name, total, available, held in connection.execute(SUMS):
        if total != available or held:
            yield f"{name}: the ledger's sum is {total}, the balance {available} with {held} held"


def _left_over(connection: Connection[tuple[Any, ...]]) -> Iterator[str]:
    ((seats,),) = connection.execute(SEATS)
    if seats:
        yield f"{seats} seats are still reserved"
    for name, state in connection.execute(UNFINISHED):
        yield f"task {name} is left {state}"
