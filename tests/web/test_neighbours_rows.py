"""Over every table of tenants' rows: another's are not seen, changed, removed or added, not even by raw SQL."""

import pytest
from sqlalchemy import Result, select, text
from sqlalchemy.exc import DBAPIError

from callwright.db.session import Database
from callwright.db.tables import Base
from callwright.db.tables.accounts import UserRow
from callwright.db.tables.calls import LastCallRow
from callwright.db.tables.contacts import BulkChangedRow, ConsentNoteRow, CustomerChangeRow
from callwright.db.tables.corrections import GradeCorrectionRow
from callwright.db.tables.dry_runs import DryRunRow
from callwright.db.tables.lists import ListColumnsRow
from callwright.db.tables.pushing import TaskPusherRow, TaskPushRow
from callwright.db.tables.scripts import ModelAnswerRow, ModelCrowdRow, ScriptVersionRow
from callwright.db.tables.tasks import TaskArmRow, TaskCustomerRow
from callwright.db.tables.unanswered import SettledWordingRow, UnansweredTurnRow
from callwright.db.tables.warnings import WarnedPersonRow, WarningChoiceRow, WarningLimitsRow, WarningRow
from callwright.kit.ids import new_id
from tests.factories.calling import NOW
from tests.factories.messages import rows_of_messages
from tests.web.conftest import Town

OWNED = [table.name for table in Base.metadata.sorted_tables if "tenant_id" in table.c]

# Not even a tenant's own rows.
NEVER_CHANGED = {"do_not_call", "ledger_entries", "balances", "consent_notes", "script_changes", "task_tallies"}
NEVER_CHANGED |= {"customer_changes", "message_opt_outs"}


@pytest.fixture
async def filled(town: Town, database: Database) -> Town:
    """The town with a row in the tables that only people fill."""
    for company in (town.ours, town.theirs):
        async with database.tenant(company.tenant_id) as session:
            (entry,) = await session.scalars(
                select(TaskCustomerRow).where(TaskCustomerRow.id == company.ids["task_customer_id"])
            )
            (version,) = await session.scalars(select(ScriptVersionRow.id))
            await session.flush()
            for row in rows_of_messages(company.ids):
                session.add(row)
                await session.flush()
            person = await session.scalar(select(UserRow.id).limit(1))
            warning = WarningRow(id=new_id(), kind="done", about_id=company.ids["task_id"], raised_at=NOW)
            session.add(warning)
            await session.flush()
            session.add(WarnedPersonRow(warning_id=warning.id, user_id=person))
            of_call = {"call_id": company.ids["call_id"], "script_version_id": version}
            session.add_all(
                (
                    ConsentNoteRow(customer_id=entry.customer_id, given=True, source="Form", origin="person"),
                    CustomerChangeRow(customer_id=entry.customer_id, revision=1, what=["name"], changed_at=NOW),
                    BulkChangedRow(
                        customer_id=entry.customer_id, bulk_change_id=company.ids["bulk_change_id"], before=None
                    ),
                    LastCallRow(
                        customer_id=entry.customer_id,
                        call_id=company.ids["call_id"],
                        called_at=NOW,
                        phone_state="busy",
                        calls=1,
                    ),
                    ListColumnsRow(user_id=person, list="calls", columns={}),
                    WarningLimitsRow(low_balance=0),
                    TaskPushRow(task_id=company.ids["task_id"], how="all", assigns=False),
                    TaskPusherRow(task_id=company.ids["task_id"], grade="A", user_id=person, place=0),
                    WarningChoiceRow(kind="done", user_id=person),
                    ModelCrowdRow(began_at=NOW, ended_at=NOW, tokens=1),
                    ModelAnswerRow(asked_at=NOW, lapses_at=NOW),
                    DryRunRow(task_id=company.ids["task_id"], asked_at=NOW),
                    TaskArmRow(task_id=company.ids["task_id"], place=0, script_version_id=version, share=100),
                    UnansweredTurnRow(**of_call, wording="pardon", text="Pardon?", node="hello", nearest=""),
                    SettledWordingRow(script_id=company.ids["script_id"], wording="pardon", how="dismissed"),
                    GradeCorrectionRow(
                        **of_call, grade="A", grade_before="B", why="", made_at=NOW, variables={}, events=[]
                    ),
                )
            )
    return town


async def as_ours(database: Database, town: Town, statement: str) -> Result[object]:
    async with database.tenant(town.ours.tenant_id) as session:
        return await session.execute(text(statement), {"theirs": town.theirs.tenant_id})


@pytest.mark.parametrize("table", OWNED)
async def test_a_neighbours_rows_are_out_of_reach(table: str, filled: Town, database: Database) -> None:
    town = filled
    theirs = f"FROM {table} WHERE tenant_id = :theirs"
    async with database.system() as session:
        there = await session.scalar(text(f"SELECT count(*) {theirs}"), {"theirs": town.theirs.tenant_id})
    assert there, "the town has rows in every table"
    assert (await as_ours(database, town, f"SELECT count(*) {theirs}")).scalar() == 0
    assert (await as_ours(database, town, f"SELECT count(*) FROM {table}")).scalar() != 0
    for change in (f"UPDATE {table} SET tenant_id = tenant_id WHERE tenant_id = :theirs", f"DELETE {theirs}"):
        if table in NEVER_CHANGED:
            with pytest.raises(DBAPIError, match="permission denied"):
                await as_ours(database, town, change)
        else:
            assert (await as_ours(database, town, f"{change} RETURNING tenant_id")).all() == []
    copied = f"""
        INSERT INTO {table} SELECT (jsonb_populate_record(
            own, jsonb_build_object('id', gen_random_uuid(), 'tenant_id', cast(:theirs AS uuid))
        )).* FROM {table} own LIMIT 1"""
    for adding in (copied, f"UPDATE {table} SET tenant_id = :theirs"):
        with pytest.raises(DBAPIError, match=r"row-level security|permission denied"):
            await as_ours(database, town, adding)
    async with database.system() as session:
        after = await session.scalar(text(f"SELECT count(*) {theirs}"), {"theirs": town.theirs.tenant_id})
    assert after == there


async def test_a_tenant_sees_its_own_company_alone(town: Town, database: Database) -> None:
    found = await as_ours(database, town, "SELECT id FROM tenants")
    assert [row[0] for row in found.all()] == [town.ours.tenant_id]
