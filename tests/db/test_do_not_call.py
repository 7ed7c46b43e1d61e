"""Whoever asked not to be called is not called, whatever else is under way."""

from dataclasses import replace
from urllib.parse import urlsplit

import psycopg
import pytest
from sqlalchemy import event, select, update

from callwright.callroom.entries import finished_call
from callwright.callroom.opening import Refused
from callwright.callroom.record import CallRecord, Speaker, Turn
from callwright.calls.customers import list_customers
from callwright.calls.dry_run.customers import get_listed
from callwright.calls.progress import get_progress
from callwright.calls.schemas import CustomerFilter
from callwright.contacts.do_not_call import Barred, barred_among, barred_in_tenants, put_on_list
from callwright.contacts.do_not_call_list import list_entries
from callwright.db.embedded import SUPERUSER, EmbeddedPostgres
from callwright.db.session import Database
from callwright.db.tables.contacts import CustomerRow, DoNotCallEverywhereRow, DoNotCallRow
from callwright.dialing.gate import GateRule, Verdict
from callwright.kit.ids import new_id
from callwright.tasks import adding, importing, service
from callwright.tasks.errors import DoNotCallError
from callwright.telephony.port import HangupSide, PhoneState
from tests.factories.calling import NOW, VARIABLES, Caller, make_caller, phone
from tests.factories.calls import answered_call, claim, close_call, dial, make_node, open_call, plan_now


async def _is_asked_not_to_call(database: Database, caller: Caller) -> None:
    """Let the customer with the number ``phone(0)`` say so in a call of another task."""
    task = await caller.running_task(1, name="Earlier")
    node = await make_node(database)
    await plan_now(database)
    (attempt,) = [each for each in await claim(database, node) if each.task_id == task.id]
    await dial(database, attempt, node)
    wish = replace(answered_call(attempt.id, grade="F"), do_not_call=True, do_not_call_words="Never call again.")
    await close_call(database, wish)
    async with database.tenant(caller.tenant_id) as session:
        (entry,) = await list_entries(session, DoNotCallRow)
        assert (entry.source, entry.note) == ("call", "Never call again.")
        assert await barred_among(session, [phone(0), phone(1)]) == {phone(0): Barred.BY_TENANT}


async def test_who_is_on_the_list_is_set_aside_and_the_task_ends(database: Database) -> None:
    caller = await make_caller(database)
    waiting = await caller.make_task(1)
    await _is_asked_not_to_call(database, caller)
    async with database.tenant(caller.tenant_id) as session:
        await service.start_task(session, waiting.id, now=NOW)
    node = await make_node(database)
    assert await plan_now(database) == 1
    (attempt,) = await claim(database, node)
    opened = await open_call(database, attempt, node)
    assert isinstance(opened, Refused)
    assert (opened.decision.verdict, opened.decision.rule) == (Verdict.DENY, GateRule.DO_NOT_CALL)
    async with database.system() as session:
        await service.finish_tasks_with_nobody_left(session, NOW)
    async with database.tenant(caller.tenant_id) as session:
        progress = await get_progress(session, waiting.id, now=NOW)
        (customer,) = await list_customers(session, waiting.id, CustomerFilter())
    assert (progress.state, progress.do_not_call, progress.attempts) == ("finished", 1, 0)
    assert customer.state == "do_not_call"


@pytest.mark.parametrize("merged_first", [True, False])
async def test_who_asked_under_one_number_is_called_under_no_other(database: Database, merged_first: bool) -> None:
    caller = await make_caller(database)
    task = await caller.running_task(3)

    async def merge_first_two() -> None:
        async with database.tenant(caller.tenant_id) as session:
            kept = select(CustomerRow.id).where(CustomerRow.phone == phone(1)).scalar_subquery()
            await session.execute(update(CustomerRow).where(CustomerRow.phone == phone(0)).values(merged_into=kept))

    if merged_first:
        await merge_first_two()
    async with database.tenant(caller.tenant_id) as session:
        await put_on_list(session, caller.tenant_id, phone(0 if merged_first else 1), call_id=None)
    if not merged_first:
        await merge_first_two()
    async with database.tenant(caller.tenant_id) as session:
        barred = await barred_among(session, [phone(0), phone(1), phone(2)])
        listed = await get_listed(session, task.id, most=5)
    assert barred == {phone(0): Barred.BY_TENANT, phone(1): Barred.BY_TENANT}
    assert (listed[Barred.BY_TENANT].count, listed[Barred.EVERYWHERE].count) == (2, 0)
    node = await make_node(database)
    assert await plan_now(database) == 3
    opened = [await open_call(database, attempt, node) for attempt in await claim(database, node)]
    refused = [one.decision.rule for one in opened if isinstance(one, Refused)]
    assert (len(opened), refused) == (3, [GateRule.DO_NOT_CALL] * 2)


async def test_who_is_merged_while_the_list_is_asked_is_barred_all_the_same(
    database: Database, postgres: EmbeddedPostgres, database_url: str
) -> None:
    caller = await make_caller(database)
    await caller.make_task(3)
    async with database.tenant(caller.tenant_id) as session:
        card = select(CustomerRow.id).where(CustomerRow.phone == phone(0)).scalar_subquery()
        await session.execute(update(CustomerRow).where(CustomerRow.phone == phone(1)).values(merged_into=card))
        await put_on_list(session, caller.tenant_id, phone(1), call_id=None)

    def merge(*given: object) -> None:
        if "merged_into = ANY" not in str(given[2]):
            return
        url = postgres.url_of(urlsplit(database_url).path[1:], SUPERUSER)
        with psycopg.connect(url) as other:
            other.execute(
                "UPDATE customers SET merged_into = (SELECT id FROM customers WHERE phone = %s)"
                " WHERE phone = ANY (%s)",
                (phone(2), [phone(0), phone(1)]),
            )

    async with database.tenant(caller.tenant_id) as session:
        connection = (await session.connection()).sync_connection
        event.listen(connection, "before_cursor_execute", merge)
        assert await barred_among(session, [phone(0)]) == {phone(0): Barred.BY_TENANT}


async def test_the_installations_list_holds_for_every_number_of_a_customer(database: Database) -> None:
    caller = await make_caller(database)
    task = await caller.running_task(2)
    async with database.system() as session:
        kept = select(CustomerRow.id).where(CustomerRow.phone == phone(1)).scalar_subquery()
        await session.execute(update(CustomerRow).where(CustomerRow.phone == phone(0)).values(merged_into=kept))
        session.add(DoNotCallEverywhereRow(phone=phone(1), source="person"))
    async with database.tenant(caller.tenant_id) as session:
        assert (await get_listed(session, task.id, most=5))[Barred.EVERYWHERE].count == 2
        assert await barred_among(session, [phone(0)]) == {phone(0): Barred.EVERYWHERE}
    async with database.system() as session:
        number = (caller.tenant_id, phone(0))
        assert await barred_in_tenants(session, [number]) == {number: Barred.EVERYWHERE}


async def test_an_attempt_under_way_is_stopped_before_it_dials(database: Database) -> None:
    caller = await make_caller(database)
    task = await caller.running_task(1)
    node = await make_node(database)
    await plan_now(database)
    (attempt,) = await claim(database, node)
    await _is_asked_not_to_call(database, caller)
    assert isinstance(await open_call(database, attempt, node), Refused)
    assert await plan_now(database) == 0
    async with database.tenant(caller.tenant_id) as session:
        assert (await get_progress(session, task.id, now=NOW)).do_not_call == 1


async def test_imports_leave_them_out_and_say_so(database: Database) -> None:
    caller = await make_caller(database)
    await _is_asked_not_to_call(database, caller)
    task = await caller.make_task()
    rows = "\n".join(f"{phone(number)},Maria,last April" for number in range(2))
    content = f"Phone,Name,Last visit\n{rows}\n".encode()
    async with database.tenant(caller.tenant_id) as session:
        result = await importing.import_customers(
            session, task.id, content, file_name="people.csv", region="US", now=NOW
        )
        assert (result.rows, result.imported, len(result.faults), result.already_in_task) == (2, 1, 1, 0)
        assert (result.faults[0].row, "do-not-call" in result.faults[0].reason) == (2, True)
        with pytest.raises(DoNotCallError):
            await adding.add_customer(
                session, task.id, phone=phone(0), name="Maria", variables=VARIABLES, region="US"
            )


async def test_another_company_is_not_bound_by_the_list(database: Database) -> None:
    caller, other = await make_caller(database), await make_caller(database, name="Blue Door")
    await _is_asked_not_to_call(database, caller)
    await other.running_task(1)
    assert await plan_now(database) == 1


@pytest.mark.parametrize(
    ("goodbye", "intent", "score", "asked"),
    [
        ("do_not_call", None, None, True),
        (None, "do_not_call", 0.6, True),
        (None, "do_not_call", 0.3, False),
        ("booked", "yes", 0.9, False),
    ],
)
def test_the_wish_counts_when_promised_or_clearly_said(
    goodbye: str | None, intent: str | None, score: float | None, asked: bool
) -> None:
    turn = Turn(
        who=Speaker.CUSTOMER, from_ms=0, to_ms=900, text="...", intent=intent, score=score, interrupted=False
    )
    record = CallRecord(
        call_id="id",
        started_at=NOW,
        ringing_at=NOW,
        answered_at=NOW,
        ended_at=NOW,
        phone_state=PhoneState.CONNECTED,
        code=None,
        reason="",
        cause=None,
        hung_up_by=HangupSide.THEM,
        hang_up_reason=None,
        goodbye=goodbye,
        turns=(turn,),
        events=(),
        path=(),
        collected={},
        grade=None,
        talk_s=1.0,
        reply_ms=(),
        answer_to_audio_ms=10,
        barge_in_ms=(),
        recording=None,
        media=None,
        error=None,
    )
    assert finished_call(new_id(), record).do_not_call is asked
