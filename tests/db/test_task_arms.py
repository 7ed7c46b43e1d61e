"""A task over several versions: who hears which, in every call, and what came of it."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from callwright.accounts.roles import Role
from callwright.accounts.service import create_user
from callwright.calls.comparison import ComparisonView, get_comparison
from callwright.calls.errors import UnknownGradeError
from callwright.comparing.comparison import Measure, Verdict
from callwright.contacts.do_not_call import put_on_list
from callwright.db.session import Database
from callwright.db.tables.calls import CallRow
from callwright.db.tables.tasks import TaskCustomerRow
from callwright.dialing.redial import Redialled, RedialRule
from callwright.kit.errors import NotFoundError
from callwright.scripts import shelving
from callwright.scripts.drafting import create_version
from callwright.scripts.errors import ScriptInUseError
from callwright.scripts.publishing import publish
from callwright.scripts.service import demo_source
from callwright.tasks.arms import get_arms, settle
from callwright.tasks.drafts import ArmDraft
from callwright.tasks.errors import (
    ArmTwiceError,
    ArmVariablesError,
    FirstArmError,
    NothingToSettleError,
    SharesError,
    VersionNotPublishedError,
)
from callwright.tasks.schemas import ArmRef, ClaimedAttempt, TaskView
from callwright.tasks.service import finish_task
from tests.factories.calling import NOW, Caller, make_caller
from tests.factories.calls import answered_call, claim, close_call, dial, failed_call, make_node, plan_now

REDIAL = {Redialled.LOST: RedialRule(Decimal(1), 1)}
LATER = NOW + timedelta(hours=2)


async def add_script(caller: Caller, name: str, *, published: bool = True, source: str | None = None) -> UUID:
    """Make another script of one version; return it."""
    async with caller.database.tenant(caller.tenant_id) as session:
        script = await create_version(session, source or demo_source(), name=name, now=NOW)
        if published:
            await publish(session, script.id, now=NOW)
        return script.id


async def split(caller: Caller, customers: int, shares: tuple[int, int] = (50, 50), **wishes: Any) -> TaskView:
    """Make a task over the caller's script and another."""
    other = await add_script(caller, "Other words")
    arms = (ArmDraft(caller.script_id, 1, shares[0]), ArmDraft(other, 1, shares[1]))
    return await caller.make_task(customers, concurrency=50, arms=arms, **wishes)


async def arms_of(caller: Caller, task_id: UUID) -> list[ArmRef]:
    """Return the task's arms."""
    async with caller.database.tenant(caller.tenant_id) as session:
        return await get_arms(session, task_id)


async def drawn(caller: Caller, task_id: UUID) -> dict[UUID, UUID | None]:
    """Return the arm of each customer in the task."""
    async with caller.database.tenant(caller.tenant_id) as session:
        query = select(TaskCustomerRow.id, TaskCustomerRow.arm_id).where(TaskCustomerRow.task_id == task_id)
        rows = await session.execute(query)
        return {row.id: row.arm_id for row in rows}


async def compared(caller: Caller, task_id: UUID, good: tuple[str, ...] = ()) -> ComparisonView:
    """Return how the task's versions compare."""
    async with caller.database.tenant(caller.tenant_id) as session:
        return await get_comparison(session, task_id, good)


async def called(database: Database, caller: Caller, task_id: UUID) -> list[ClaimedAttempt]:
    """Start a task and dial its customers; return their attempts."""
    node_id = await make_node(database)
    await caller.start(task_id)
    await plan_now(database)
    attempts = await claim(database, node_id)
    for attempt in attempts:
        await dial(database, attempt, node_id)
    return attempts


async def test_shares_hold_and_customers_added_later_move_nobody(database: Database) -> None:
    caller = await make_caller(database)
    task = await split(caller, 400, (70, 30))
    first, second = await arms_of(caller, task.id)
    assert [(arm.script.name, arm.script.version, arm.share) for arm in (first, second)] == [
        ("Check-up reminder", 1, 70),
        ("Other words", 1, 30),
    ]
    before = await drawn(caller, task.id)
    assert Counter(before.values())[second.id] / 400 == pytest.approx(0.3, abs=0.09)
    await caller.add_customers(task.id, 50, first=400)
    after = await drawn(caller, task.id)
    assert {key: after[key] for key in before} == before
    assert None not in after.values()


async def test_a_task_of_one_version_draws_nobody_and_plays_the_version_it_names(database: Database) -> None:
    caller = await make_caller(database)
    task = await caller.make_task(2, arms=(ArmDraft(caller.script_id, 1, 100),))
    assert await arms_of(caller, task.id) == []
    assert set((await drawn(caller, task.id)).values()) == {None}
    assert (await compared(caller, task.id)).arms == []


async def test_a_call_plays_the_version_of_its_customers_arm_and_so_does_the_redial(database: Database) -> None:
    caller = await make_caller(database)
    task = await split(caller, 12, redial=REDIAL)
    versions = {arm.id: arm.script_version_id for arm in await arms_of(caller, task.id)}
    arms = await drawn(caller, task.id)
    attempts = await called(database, caller, task.id)
    played = {one.task_customer_id: one.script_version_id for one in attempts}
    assert played == {key: versions[arm] for key, arm in arms.items() if arm}
    assert len(set(played.values())) == 2
    for attempt in attempts:
        await close_call(database, failed_call(attempt.id, "lost", rang=True))
    async with database.tenant(caller.tenant_id) as session:
        # Whoever has been dialled keeps what they were to hear, also when the rest is given to one.
        assert await settle(session, task.id, next(iter(versions)), NOW) == 0
    assert await plan_now(database, now=LATER) == 12
    again = await claim(database, await make_node(database))
    assert {one.task_customer_id: one.script_version_id for one in again} == played


async def test_the_rest_is_given_to_one_and_what_comes_later_compares_nothing(database: Database) -> None:
    caller = await make_caller(database)
    task = await split(caller, 40)
    first, second = await arms_of(caller, task.id)
    async with database.tenant(caller.tenant_id) as session:
        moved = await settle(session, task.id, second.id, NOW)
    assert 0 < moved < 40
    await caller.add_customers(task.id, 10, first=40)
    assert set((await drawn(caller, task.id)).values()) == {second.id}
    for attempt in await called(database, caller, task.id):
        await close_call(database, answered_call(attempt.id))
    found = await compared(caller, task.id)
    assert [(view.customers, view.tally.called) for view in found.arms] == [(0, 0), (50, 0)]
    assert found.settled_at == NOW
    async with database.tenant(caller.tenant_id) as session:
        await finish_task(session, task.id, now=NOW)
        with pytest.raises(NothingToSettleError):
            await settle(session, task.id, first.id, NOW)


async def test_versions_are_compared_by_what_came_of_their_customers(database: Database) -> None:
    caller = await make_caller(database)
    task = await split(caller, 50)
    arms = await arms_of(caller, task.id)
    versions = [arm.script_version_id for arm in arms]
    attempts = sorted(
        await called(database, caller, task.id), key=lambda one: versions.index(one.script_version_id)
    )
    counts = Counter(one.script_version_id for one in attempts)
    lost, missed, cut, *talked = attempts
    await close_call(database, failed_call(lost.id, "lost", rang=True))
    await close_call(database, failed_call(missed.id, "no_answer", rang=True))
    await close_call(database, answered_call(cut.id))
    for attempt in talked:
        good = attempt.script_version_id == versions[1]
        call = answered_call(attempt.id, grade="B" if good else "E")
        await close_call(database, replace(call, talk_ms=20_000 if good else 10_000))
    async with database.system() as session:
        broken = (await session.scalars(select(CallRow).where(CallRow.attempt_id == cut.id))).one()
        broken.interrupted = True
        opted = (await session.scalars(select(CallRow).where(CallRow.attempt_id == talked[0].id))).one()
        await put_on_list(session, caller.tenant_id, opted.phone, call_id=opted.id)
    found = await compared(caller, task.id)
    first, second = found.arms
    a, b = (counts[version] for version in versions)
    assert (first.customers, second.customers) == (a, b)
    assert (first.tally.called, first.tally.connected, first.tally.lost) == (a - 2, a - 3, 1)
    assert (first.tally.good, first.tally.opted_out, second.tally.opted_out) == (0, 1, 0)
    assert (second.tally.good, second.by_grade, list(second.good)) == (b, {"B": b}, ["A", "B"])
    assert second.tally.measures()[Measure.TALK].value == 20.0
    assert {one.measure for one in found.differences} == set(Measure)
    assert {one.verdict for one in found.differences} == {Verdict.TOO_FEW}, "fewer than 30 in an arm"
    chosen = await compared(caller, task.id, ("E",))
    assert (chosen.arms[0].tally.good, chosen.arms[1].tally.good) == (a - 3, 0)
    with pytest.raises(UnknownGradeError, match="Z"):
        await compared(caller, task.id, ("Z",))


async def test_calls_in_which_our_speech_failed_count_against_no_version(database: Database) -> None:
    caller = await make_caller(database)
    task = await split(caller, 10)
    for attempt in await called(database, caller, task.id):
        heard = answered_call(attempt.id, grade="A")
        await close_call(database, replace(heard, phone_state="technical_fault"))
    found = await compared(caller, task.id)
    assert [(arm.tally.called, arm.tally.connected, arm.tally.lost) for arm in found.arms] == [(0, 0, 0)] * 2


async def test_versions_that_can_not_be_compared_are_refused(database: Database) -> None:
    caller = await make_caller(database)
    ours, draft = caller.script_id, await add_script(caller, "Draft", published=False)
    needy = await add_script(caller, "Needy", source=demo_source().replace("last_visit", "first_visit"))
    wrong = [
        (((ours, 1, 50), (draft, 1, 50)), VersionNotPublishedError),
        (((ours, 1, 50), (needy, 1, 50)), ArmVariablesError),
        (((ours, 1, 50), (ours, 1, 50)), ArmTwiceError),
        (((ours, 1, 50), (needy, 1, 49)), SharesError),
        (((needy, 1, 50), (ours, 1, 50)), FirstArmError),
        (((ours, 1, 50), (ours, 9, 50)), NotFoundError),
    ]
    for arms, error in wrong:
        with pytest.raises(error):
            await caller.make_task(arms=tuple(ArmDraft(*arm) for arm in arms))


async def test_a_script_that_a_task_compares_is_not_forgotten(database: Database) -> None:
    caller = await make_caller(database)
    task = await split(caller, 0)
    other = (await arms_of(caller, task.id))[1].script.id
    async with database.system() as session:
        owner = await create_user(
            session,
            tenant_id=caller.tenant_id,
            email="a@b.example",
            name="A",
            role=Role.OWNER,
            password="long enough for one",
        )
    with pytest.raises(ScriptInUseError):
        async with database.tenant(caller.tenant_id) as session:
            await shelving.delete(session, other, by=owner.id, now=NOW)
    neighbour = await make_caller(database, name="Theirs")
    with pytest.raises(NotFoundError):
        async with database.tenant(neighbour.tenant_id) as session:
            await settle(session, task.id, (await arms_of(caller, task.id))[1].id, NOW)
