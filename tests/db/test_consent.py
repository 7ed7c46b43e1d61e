"""Consent as the gate asks for it: noted of somebody who was held for want of it, and taken back."""

from sqlalchemy import select, update

from callwright.callroom.opening import Dialling, Refused
from callwright.contacts.consent import note_by_file, note_by_person
from callwright.contacts.drafts import Consent
from callwright.db.session import Database
from callwright.db.tables.accounts import TenantRow
from callwright.db.tables.contacts import CustomerRow
from callwright.db.tables.tasks import TaskCustomerRow
from callwright.dialing.gate import GateRule, Verdict
from callwright.tasks.consenting import note_consent
from tests.factories.accounts import make_user
from tests.factories.calling import NOW, make_caller
from tests.factories.calls import Leader, claim, make_node, open_call, plan_now


async def test_whoever_was_held_is_called_once_consent_is_noted(database: Database) -> None:
    caller = await make_caller(database)
    async with database.system() as session:
        await session.execute(update(TenantRow).values(consent_policy="always"))
    task, by = await caller.running_task(1), await make_user(database, caller.tenant_id)
    node, leader = await make_node(database), Leader(database)
    assert await leader.settle() == 1
    (attempt,) = await claim(database, node)
    assert isinstance(await open_call(database, attempt, node), Refused)
    assert await leader.settle() == 0, "held until tomorrow"
    async with database.tenant(caller.tenant_id) as session:
        agreed = Consent(given=True, source="A form")
        await note_consent(session, task.id, attempt.task_customer_id, agreed, by=by, now=NOW)
        assert await session.scalar(select(CustomerRow.consent_note)) == "A form"
        assert await session.scalar(select(TaskCustomerRow.due_at)) == NOW
    assert await leader.settle() == 1, "called now, rather than asked about next day"
    (attempt,) = await claim(database, node)
    assert isinstance(await open_call(database, attempt, node), Dialling)


async def test_consent_taken_back_since_the_claim_counts_though_none_is_asked_for(database: Database) -> None:
    caller = await make_caller(database)
    await caller.running_task(1)
    node = await make_node(database)
    assert await plan_now(database) == 1
    (attempt,) = await claim(database, node)
    async with database.system() as session:
        await session.execute(update(CustomerRow).values(consent=False))
    refused = await open_call(database, attempt, node)
    assert isinstance(refused, Refused)
    assert (refused.decision.verdict, refused.decision.rule) == (Verdict.DENY, GateRule.NO_CONSENT)


async def test_consent_taken_back_while_a_file_is_read_stays_taken_back(database: Database) -> None:
    caller = await make_caller(database)
    await caller.running_task(1)
    by = await make_user(database, caller.tenant_id)
    async with database.tenant(caller.tenant_id) as session:
        customer_id = (await session.scalars(select(CustomerRow.id))).one()
        await note_by_person(session, customer_id, Consent(given=False, source="By phone"), by=by)
        told = {customer_id: Consent(given=True, source="A form")}
        assert await note_by_file(session, told, by=by) == []
        assert await session.scalar(select(CustomerRow.consent)) is False
        await note_by_person(session, customer_id, Consent(given=True, source="A letter"), by=by)
        assert await session.scalar(select(CustomerRow.consent)) is True, "a person may note it"
