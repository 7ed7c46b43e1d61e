"""Many customers of a task at once: into another task, called again, taken out and put back."""

from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import text, update

from callwright.contacts.do_not_call import put_on_list
from callwright.db.session import Database
from callwright.db.tables.tasks import TaskCustomerRow
from callwright.dialing.lifecycle import TaskStateError
from callwright.moving import jobs, repository, service
from callwright.moving.jobs import move_job
from callwright.scripts.service import demo_source
from tests.factories.calling import phone
from tests.factories.calls import make_node, plan_now
from tests.web.conftest import HandSetClock, Town, wanted

VALUES = {"customer_name": "Ann", "last_visit": "May"}


@pytest.fixture
def path(town: Town) -> str:
    """Where the task of ours is."""
    return f"/api/v1/tasks/{town.ours.ids['task_id']}"


@pytest.fixture(autouse=True)
def _two_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "AT_A_TIME", 2)


async def fill(owner: httpx.AsyncClient, path: str, *numbers: int) -> None:
    for number in numbers:
        body = {"phone": phone(number), "name": f"Person {number}", "variables": VALUES}
        assert (await owner.post(f"{path}/customers", json=body)).status_code == 201


async def make_task(owner: httpx.AsyncClient, town: Town, name: str = "Autumn", **change: Any) -> str:
    made = await owner.post("/api/v1/tasks", json=wanted(town) | {"name": name, "seats": 1} | change)
    assert made.status_code == 201, made.text
    return f"/api/v1/tasks/{made.json()['id']}"


def id_of(path: str) -> str:
    return path.rsplit("/", 1)[1]


async def people(owner: httpx.AsyncClient, path: str, **params: str) -> dict[str, str]:
    found = (await owner.get(f"{path}/customers", params=params)).json()["items"]
    return {one["phone"]: one["state"] for one in found}


async def work(database: Database, town: Town, move_id: str, clock: HandSetClock) -> None:
    await move_job(database, clock).run(town.ours.tenant_id, UUID(move_id))


@pytest.fixture
def move(owner: httpx.AsyncClient, database: Database, town: Town, path: str, clock: HandSetClock) -> Any:
    """Ask for a move, have it done, and return what became of it."""

    async def moved(act: str, chosen: dict[str, Any], **more: Any) -> dict[str, Any]:
        asked = await owner.post(f"{path}/moves", json={"act": act, "chosen": chosen} | more)
        assert asked.status_code == 202, asked.text
        await work(database, town, asked.json()["id"], clock)
        told: dict[str, Any] = (await owner.get(f"{path}/moves/{asked.json()['id']}")).json()
        return told

    return moved


def counts(told: dict[str, Any]) -> tuple[str, int, int, dict[str, int]]:
    return told["state"], told["moved"], told["already"], told["refused"]


async def test_who_was_not_called_goes_into_another_task_and_is_not_called_here(
    owner: httpx.AsyncClient, town: Town, path: str, move: Any, database: Database
) -> None:
    await fill(owner, path, 2, 3, 4)
    other = await make_task(owner, town)
    await fill(owner, other, 2)
    async with database.tenant(town.ours.tenant_id) as session:
        await put_on_list(session, town.ours.tenant_id, phone(3), call_id=None)
    told = await move("into", {"state": "uncalled"}, to_task_id=id_of(other))
    assert counts(told) == ("done", 2, 1, {"do-not-call": 1})
    assert (told["total"], told["looked_at"], told["undo_until"]) == (4, 4, None)
    assert await people(owner, other) == dict.fromkeys([phone(2), phone(1), phone(4)], "uncalled")
    assert await people(owner, path) == {phone(0): "called", phone(2): "uncalled", phone(3): "uncalled"}
    assert await people(owner, path, state="withdrawn") == dict.fromkeys([phone(1), phone(4)], "withdrawn")
    task = (await owner.get(path)).json()
    progress = task["progress"]
    assert (task["customers"], progress["customers"], progress["uncalled"], progress["withdrawn"]) == (3, 3, 2, 2)
    (entry,) = (await owner.get(f"{other}/customers", params={"text": "Person 4"})).json()["items"]
    assert entry["variables"]["last_visit"] == "May"


async def test_who_was_called_goes_into_another_task_as_somebody_new_and_stays_called_here(
    owner: httpx.AsyncClient, town: Town, path: str, move: Any
) -> None:
    other = await make_task(owner, town, scramble=True)
    for done in ((1, 0), (0, 1)):
        assert counts(await move("into", {"state": "called"}, to_task_id=id_of(other))) == ("done", *done, {})
    assert await people(owner, other) == {phone(0): "uncalled"}
    assert (await people(owner, path))[phone(0)] == "called"


async def test_nobody_is_called_sooner_by_being_moved(
    owner: httpx.AsyncClient, town: Town, path: str, move: Any, database: Database, clock: HandSetClock
) -> None:
    other = await make_task(owner, town)
    in_a_day = clock.now().replace(day=clock.now().day + 1)
    async with database.tenant(town.ours.tenant_id) as session:
        held = {"state": "waiting", "due_at": in_a_day, "last_phone_state": "busy", "last_called_at": clock.now()}
        await session.execute(update(TaskCustomerRow).where(TaskCustomerRow.state == "uncalled").values(held))
    assert counts(await move("into", {"phone_state": "busy"}, to_task_id=id_of(other))) == ("done", 1, 0, {})
    (entry,) = (await owner.get(f"{other}/customers")).json()["items"]
    assert (entry["state"], entry["due_at"][:10]) == ("waiting", in_a_day.date().isoformat())
    assert set((await people(owner, path)).values()) == {"called"}, "here they were called, and stay so"


async def test_who_waited_for_a_redial_and_was_moved_is_moved_back_or_imported_again(
    owner: httpx.AsyncClient, town: Town, path: str, move: Any, database: Database, clock: HandSetClock
) -> None:
    other = await make_task(owner, town)
    async with database.tenant(town.ours.tenant_id) as session:
        held = {"state": "waiting", "due_at": clock.now(), "last_called_at": clock.now()}
        await session.execute(update(TaskCustomerRow).where(TaskCustomerRow.state == "called").values(held))
    assert counts(await move("into", {}, to_task_id=id_of(other))) == ("done", 2, 0, {})
    assert await people(owner, path) == {phone(0): "called"}
    back = await owner.post(f"{other}/moves", json={"act": "into", "chosen": {}, "to_task_id": id_of(path)})
    await work(database, town, back.json()["id"], clock)
    told = (await owner.get(f"{other}/moves/{back.json()['id']}")).json()
    assert counts(told) == ("done", 2, 0, {})
    assert await people(owner, path) == dict.fromkeys([phone(0), phone(1)], "uncalled")
    assert await people(owner, other) == {}
    await move("out", {})
    assert await people(owner, path) == {phone(0): "called"}
    await fill(owner, path, 0)
    assert await people(owner, path) == {phone(0): "uncalled"}


async def test_a_task_whose_script_lacks_something_is_told_with_what(
    owner: httpx.AsyncClient, town: Town, path: str, move: Any
) -> None:
    visit = "  - {name: last_visit"
    source = demo_source().replace(visit, "  - {name: pet, label: Pet, example: a cat}\n" + visit, 1)
    script = source.replace("name: Check-up reminder", "name: Pets", 1)
    made = (await owner.post("/api/v1/scripts", json={"source": script})).json()
    assert (await owner.post(f"/api/v1/scripts/{made['id']}/publish")).status_code == 200
    pets = await make_task(owner, town, "Pets", script_id=made["id"])
    over, other = await make_task(owner, town, "Over"), await make_task(owner, town)
    await fill(owner, over, 9)
    await owner.post(f"{over}/start")
    await owner.post(f"{over}/finish")
    sought = await owner.post(f"{path}/destinations", json={"chosen": {}})
    found = {one["name"]: (one["why_not"], one["lacks"]) for one in sought.json()}
    lack = {"name": "pet", "label": "Pet", "customers": 2}
    assert found == {
        "Pets": ("variables-missing", [lack]),
        "Over": ("finished", []),
        "Autumn": (None, []),
    }
    named = await owner.post(f"{path}/destinations", json={"chosen": {"text": "nobody"}, "name": "pet"})
    assert [(one["name"], one["why_not"]) for one in named.json()] == [("Pets", None)], "nobody lacks anything"
    for task, code in ((pets, "variables-missing"), (over, "task-state"), (path, "same-task")):
        body = {"act": "into", "chosen": {}, "to_task_id": id_of(task)}
        assert (await owner.post(f"{path}/moves", json=body)).json()["code"] == code
    assert counts(await move("into", {}, to_task_id=id_of(other)))[:2] == ("done", 2)


async def test_one_who_lacks_something_by_then_stays(
    owner: httpx.AsyncClient, town: Town, path: str, database: Database, clock: HandSetClock
) -> None:
    other = await make_task(owner, town)
    body = {"act": "into", "chosen": {}, "to_task_id": id_of(other)}
    asked = (await owner.post(f"{path}/moves", json=body)).json()
    async with database.tenant(town.ours.tenant_id) as session:
        await session.execute(
            text("UPDATE customers SET fields = '{}', name = ' ' WHERE phone = :p"), {"p": phone(1)}
        )
        await session.execute(text("UPDATE task_customers SET variables = '{}' WHERE state = 'uncalled'"))
    await work(database, town, asked["id"], clock)
    told = (await owner.get(f"{path}/moves/{asked['id']}")).json()
    assert counts(told) == ("done", 1, 0, {"variables-missing": 1})
    lacking = (await owner.post(f"{path}/destinations", json={"chosen": {"state": "uncalled"}})).json()
    assert {lack["name"] for one in lacking if one["name"] == "Autumn" for lack in one["lacks"]} == {
        "customer_name",
        "last_visit",
    }


async def test_who_was_called_is_called_again_once_however_often_it_is_asked(
    owner: httpx.AsyncClient, path: str, move: Any, town: Town, database: Database
) -> None:
    assert counts(await move("again", {})) == ("done", 1, 0, {"still-to-call": 1})
    assert counts(await move("again", {})) == ("done", 0, 0, {"still-to-call": 2})
    assert await people(owner, path) == dict.fromkeys([phone(0), phone(1)], "uncalled")


async def test_who_was_taken_out_is_put_back_as_they_stood(
    owner: httpx.AsyncClient, path: str, move: Any, database: Database, town: Town, clock: HandSetClock
) -> None:
    await fill(owner, path, 2, 3, 4)
    told = await move("out", {})
    assert counts(told) == ("done", 4, 0, {"not-to-be-called": 1})
    assert await people(owner, path) == {phone(0): "called"}
    await fill(owner, path, 2)  # somebody else brings one back meanwhile
    for _ in range(2):
        undone = await owner.post(f"{path}/moves/{told['id']}/undo")
        assert (undone.status_code, undone.json()["state"] in ("undoing", "undone")) == (202, True)
        await work(database, town, told["id"], clock)
    told = (await owner.get(f"{path}/moves/{told['id']}")).json()
    assert (told["state"], told["put_back"]) == ("undone", 3)
    assert sorted((await people(owner, path)).values()) == ["called", *["uncalled"] * 4]


async def test_it_is_undone_only_for_some_minutes(
    owner: httpx.AsyncClient, path: str, move: Any, clock: HandSetClock
) -> None:
    again, out = await move("again", {}), await move("out", {})
    clock.pass_(minutes=11)
    for told, code in ((again, "move-state"), (out, "undo-too-late")):
        assert (await owner.post(f"{path}/moves/{told['id']}/undo")).json()["code"] == code


async def test_nobody_is_put_back_into_a_task_that_has_finished(
    owner: httpx.AsyncClient, path: str, move: Any, database: Database, town: Town, clock: HandSetClock
) -> None:
    assert (await owner.post(f"{path}/start")).status_code == 200
    out = await move("out", {})
    assert out["moved"] == 1
    assert (await owner.post(f"{path}/moves/{out['id']}/undo")).json()["state"] == "undoing"
    assert (await owner.post(f"{path}/finish")).status_code == 200
    job = move_job(database, clock)
    with pytest.raises(TaskStateError) as refused:  # it finished between the wish and the work
        await job.run(town.ours.tenant_id, UUID(out["id"]))
    await job.fail(town.ours.tenant_id, UUID(out["id"]), refused.value.code)
    told = (await owner.get(f"{path}/moves/{out['id']}")).json()
    assert (told["state"], told["failure"], told["put_back"]) == ("failed", "task-state", 0)
    again = await owner.post(f"{path}/moves/{out['id']}/undo")
    assert (again.status_code, again.json()["code"]) == (409, "task-state")
    assert "uncalled" not in (await people(owner, path)).values()


async def test_who_was_taken_out_and_went_into_another_task_is_not_put_back_here_as_well(
    owner: httpx.AsyncClient, town: Town, path: str, move: Any, database: Database, clock: HandSetClock
) -> None:
    await fill(owner, path, 2, 3)
    other = await make_task(owner, town)
    await fill(owner, other, 3)
    out = await move("out", {})
    assert counts(await move("into", {"state": "withdrawn"}, to_task_id=id_of(other))) == ("done", 2, 1, {})
    await owner.post(f"{path}/moves/{out['id']}/undo")
    await work(database, town, out["id"], clock)
    told = (await owner.get(f"{path}/moves/{out['id']}")).json()
    assert (told["state"], told["put_back"]) == ("undone", 1)
    assert await people(owner, path) == {phone(0): "called", phone(3): "uncalled"}, "who did not go comes back"
    assert set(await people(owner, other)) == {phone(1), phone(2), phone(3)}


async def test_who_was_taken_out_is_called_again_only_where_they_themselves_are_meant(
    owner: httpx.AsyncClient, path: str, move: Any
) -> None:
    (called,) = (await owner.get(f"{path}/customers", params={"state": "called"})).json()["items"]
    await move("again", {"state": "called"})
    assert counts(await move("out", {"ids": [called["id"]]})) == ("done", 1, 0, {})
    redial = f"{path}/customers/redial"
    assert (await owner.post(redial, json={"phone_state": "connected"})).json() == {"put_back": 0, "left_out": 0}
    assert (await owner.post(redial, json={"ids": [called["id"]]})).json() == {"put_back": 1, "left_out": 0}


async def test_who_is_just_being_called_stays(
    owner: httpx.AsyncClient, path: str, move: Any, database: Database
) -> None:
    await fill(owner, path, 2)
    await owner.post(f"{path}/start")
    await make_node(database)
    assert await plan_now(database) == 2
    told = await move("out", {})
    assert counts(told) == ("done", 0, 0, {"on-the-phone": 2, "not-to-be-called": 1})


async def test_a_double_click_moves_once(
    owner: httpx.AsyncClient, path: str, database: Database, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = {"Idempotency-Key": str(uuid4())}
    body = {"act": "out", "chosen": {}}
    first, second = [(await owner.post(f"{path}/moves", json=body, headers=key)).json()["id"] for _ in range(2)]
    assert first == second
    other = await owner.post(f"{path}/moves", json=body | {"act": "again"}, headers=key)
    assert (other.status_code, other.json()["code"]) == (409, "move-key")
    monkeypatch.setattr(service, "MOST_UNDER_WAY", 1)
    assert (await owner.post(f"{path}/moves", json=body)).json()["code"] == "too-many-moves"


async def test_one_that_is_called_off_moves_nobody_further(
    owner: httpx.AsyncClient, path: str, database: Database, town: Town, clock: HandSetClock
) -> None:
    asked = (await owner.post(f"{path}/moves", json={"act": "out", "chosen": {}})).json()
    assert (await owner.post(f"{path}/moves/{asked['id']}/cancel")).json()["state"] == "cancelled"
    await work(database, town, asked["id"], clock)
    told = (await owner.get(f"{path}/moves")).json()[0]
    assert counts(told) == ("cancelled", 0, 0, {})
    assert (await owner.post(f"{path}/moves/{asked['id']}/cancel")).json()["code"] == "move-state"


async def test_a_count_tells_before_how_many_are_meant(owner: httpx.AsyncClient, path: str, town: Town) -> None:
    await fill(owner, path, 2)
    count = f"{path}/customers/count"
    asked = [{}, {"state": "uncalled"}, {"text": "Person 2"}, {"ids": [str(town.theirs.ids["task_customer_id"])]}]
    told = [(await owner.post(count, json=body)).json() for body in asked]
    assert [tuple(one.values()) for one in told] == [(3, 2, 1), (2, 2, 0), (1, 1, 0), (0, 0, 0)]
    both = {"ids": [str(uuid4())], "state": "called"}
    assert (await owner.post(count, json=both)).status_code == 422
    nobody = {"act": "out", "chosen": {"ids": [str(uuid4())]}}
    assert (await owner.post(f"{path}/moves", json=nobody)).json()["code"] == "nobody-chosen"


async def test_a_neighbours_task_takes_nobody(owner: httpx.AsyncClient, path: str, town: Town) -> None:
    body = {"act": "into", "chosen": {}, "to_task_id": str(town.theirs.ids["task_id"])}
    assert (await owner.post(f"{path}/moves", json=body)).status_code == 404


async def test_a_worker_that_died_goes_on_behind_those_it_moved(
    owner: httpx.AsyncClient,
    path: str,
    database: Database,
    town: Town,
    clock: HandSetClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await fill(owner, path, 2, 3, 4)
    asked = (await owner.post(f"{path}/moves", json={"act": "out", "chosen": {}})).json()
    job = move_job(database, clock)
    hold, begun = repository.hold, 0

    async def die_the_second_time(*args: Any) -> Any:
        nonlocal begun
        begun += 1
        if begun == 2:
            raise ConnectionError
        return await hold(*args)

    monkeypatch.setattr(repository, "hold", die_the_second_time)
    with pytest.raises(ConnectionError):
        await job.run(town.ours.tenant_id, UUID(asked["id"]))
    told = (await owner.get(f"{path}/moves/{asked['id']}")).json()
    assert (told["state"], told["looked_at"], told["moved"]) == ("running", 2, 1)
    await job.run(town.ours.tenant_id, UUID(asked["id"]))
    told = (await owner.get(f"{path}/moves/{asked['id']}")).json()
    assert counts(told) == ("done", 4, 0, {"not-to-be-called": 1})
