"""Scripts written in place: drafts that nobody overwrites unseen, versions that come back, what is put away."""

import copy
import json
from typing import Any

import httpx
import pytest

from callwright.accounts.roles import Role
from callwright.scripts.service import demo_source
from tests.unit.dialogue.small import small
from tests.web.conftest import Town, client_of, wanted

JSON = {"content-type": "application/json"}
A_COMMENT = "# Only people read this.\n"


async def made(owner: httpx.AsyncClient, name: str = "Small") -> dict[str, Any]:
    """Return a script with one draft: the demo's words with a comment."""
    source = A_COMMENT + demo_source()
    response = await owner.post("/api/v1/scripts", json={"name": name, "source": source})
    assert response.status_code == 201, response.text
    return await detail(owner, response.json()["id"])


async def detail(owner: httpx.AsyncClient, script_id: str) -> dict[str, Any]:
    """Return a script with everything."""
    found: dict[str, Any] = (await owner.get(f"/api/v1/scripts/{script_id}")).json()
    return found


async def saved(owner: httpx.AsyncClient, script: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """Save the draft with other words for some node; return the script."""
    content = copy.deepcopy(script["content"])
    for node, text in changes.items():
        content["nodes"][node]["text"] = text
    body = {"content": content, "revision": script["revision"]}
    response = await owner.put(f"/api/v1/scripts/{script['id']}/draft", json=body)
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


async def published(owner: httpx.AsyncClient, script: dict[str, Any], **body: Any) -> dict[str, Any]:
    """Publish, and return the script."""
    response = await owner.post(f"/api/v1/scripts/{script['id']}/publish", json=body)
    assert response.status_code == 200, response.text
    return await detail(owner, script["id"])


async def test_a_draft_is_kept_in_place_until_it_is_published(owner: httpx.AsyncClient) -> None:
    first = await made(owner)
    assert (first["draft"]["number"], first["published"], first["faults"]) == (1, None, [])
    second = await saved(owner, first, offer="The cleaning is on us.")
    assert (second["draft"]["number"], second["versions"]) == (1, 1)
    assert second["revision"] > first["revision"]
    assert second["content"]["nodes"]["offer"]["text"] == "The cleaning is on us."
    after = await published(owner, second, note="As Ann wished", revision=second["revision"])
    assert (after["draft"], after["published"]["number"]) == (None, 1)
    third = await saved(owner, after, offer="Or not.")
    assert (third["draft"]["number"], third["published"]["number"], third["changed_by"]) == (2, 1, "owner")


async def test_nobody_overwrites_what_they_have_not_seen(owner: httpx.AsyncClient, town: Town) -> None:
    seen = await made(owner)
    await saved(owner, seen, offer="Mine.")
    body = {"content": seen["content"], "revision": seen["revision"]}
    async with client_of(owner._transport.app, town.ours.tokens[Role.SUPERVISOR]) as supervisor:  # type: ignore[attr-defined]
        late = await supervisor.put(f"/api/v1/scripts/{seen['id']}/draft", json=body)
    assert (late.status_code, late.json()["code"], late.json()["who"]) == (409, "stale-revision", "owner")
    assert (await detail(owner, seen["id"]))["content"]["nodes"]["offer"]["text"] == "Mine."
    for method, path, sent in (
        ("POST", "publish", {"revision": seen["revision"]}),
        ("POST", "versions/1/restore", {"revision": seen["revision"]}),
        ("DELETE", f"draft?revision={seen['revision']}", None),
    ):
        response = await owner.request(method, f"/api/v1/scripts/{seen['id']}/{path}", json=sent)
        assert (response.status_code, response.json()["code"]) == (409, "stale-revision"), path


async def test_a_mistake_is_taken_back_and_running_tasks_never_notice(owner: httpx.AsyncClient, town: Town) -> None:
    script = await detail(owner, str(town.ours.ids["script_id"]))
    task_before = (await owner.get(f"/api/v1/tasks/{town.ours.ids['task_id']}")).json()["script"]
    broken = await published(owner, await saved(owner, script, offer="A mistake."), note="Oops")
    assert broken["published"]["number"] == 2
    back = await published(owner, broken, number=1, note="Back again")
    assert (back["published"]["number"], back["draft"]) == (1, None)
    assert back["content"] == script["content"]
    versions = (await owner.get(f"/api/v1/scripts/{script['id']}/versions")).json()
    assert [(one["number"], one["current"], one["published_by"], one["note"]) for one in versions] == [
        (2, False, "owner", "Oops"),
        (1, True, None, ""),
    ]
    old = (await owner.get(f"/api/v1/scripts/{script['id']}/versions/2")).json()
    assert old["content"]["nodes"]["offer"]["text"] == "A mistake."
    restored = (
        await owner.post(f"/api/v1/scripts/{script['id']}/versions/2/restore", json={"revision": back["revision"]})
    ).json()
    assert (restored["draft"]["number"], restored["content"]) == (3, old["content"])
    assert (await owner.get(f"/api/v1/tasks/{town.ours.ids['task_id']}")).json()["script"] == task_before
    changes = (await owner.get(f"/api/v1/scripts/{script['id']}/changes")).json()["items"]
    assert [one["kind"] for one in changes] == [
        "restored",
        "rolled_back",
        "published",
        "saved",
        "published",
        "created",
    ]
    assert changes[0]["made_by"] == "owner"


async def test_a_draft_is_thrown_away_unless_nothing_would_be_left(owner: httpx.AsyncClient) -> None:
    script = await made(owner)
    path = f"/api/v1/scripts/{script['id']}/draft"
    refused = await owner.delete(path, params={"revision": script["revision"]})
    assert (refused.status_code, refused.json()["code"]) == (409, "only-version")
    drawn = await saved(owner, await published(owner, script), offer="Not this.")
    left = (await owner.delete(path, params={"revision": drawn["revision"]})).json()
    assert (left["draft"], left["versions"], left["content"]) == (None, 1, script["content"])
    again = await owner.delete(path, params={"revision": left["revision"]})
    assert (again.status_code, again.json()["code"]) == (404, "no-draft")


async def test_an_upload_leaves_the_draft_among_the_versions(owner: httpx.AsyncClient) -> None:
    drawn = await saved(owner, await made(owner), offer="Drawn.")
    again = await made(owner)
    assert (again["id"], again["draft"]["number"]) == (drawn["id"], 2)
    kept = (await owner.get(f"/api/v1/scripts/{drawn['id']}/versions/1")).json()
    assert kept["content"]["nodes"]["offer"]["text"] == "Drawn."


async def test_a_script_is_a_file_both_ways(owner: httpx.AsyncClient) -> None:
    script = await made(owner)
    as_written = await owner.get(f"/api/v1/scripts/{script['id']}/source")
    assert as_written.text == A_COMMENT + demo_source()
    drawn = await saved(owner, script, offer="Two\nlines: here.")
    exported = await owner.get(f"/api/v1/scripts/{script['id']}/source")
    assert exported.headers["content-type"].startswith("application/yaml")
    assert "|-\n" in exported.text
    back = (await owner.post("/api/v1/scripts", json={"name": "Again", "source": exported.text})).json()
    imported = await detail(owner, back["id"])
    assert imported["content"] == {**drawn["content"], "name": "Again"}
    assert (await owner.get(f"/api/v1/scripts/{script['id']}/source", params={"version": 9})).status_code == 404


async def test_a_script_is_renamed_copied_and_put_away(owner: httpx.AsyncClient, town: Town) -> None:
    script = await published(owner, await made(owner))
    path = f"/api/v1/scripts/{script['id']}"
    copied = (await owner.post(f"{path}/copies", json={"name": "Twin"})).json()
    taken = await owner.post(f"{path}/copies", json={"name": "Twin"})
    assert (taken.status_code, taken.json()["code"]) == (409, "script-name-taken")
    assert (await owner.patch(path, json={"name": "Twin"})).json()["code"] == "script-name-taken"
    renamed = (await owner.patch(path, json={"name": "Other", "archived": True})).json()
    assert (renamed["name"], renamed["archived"]) == ("Other", True)
    assert (await detail(owner, script["id"]))["source"].startswith("name: Other\n")
    listed = [one["name"] for one in (await owner.get("/api/v1/scripts")).json()["items"]]
    assert "Twin" in listed
    assert "Other" not in listed
    put_away = (await owner.get("/api/v1/scripts", params={"archived": True})).json()["items"]
    assert [one["name"] for one in put_away] == ["Other"]
    task = {"name": "Autumn", "seats": 1, **wanted(town), "script_id": script["id"]}
    refused = await owner.post("/api/v1/tasks", json=task)
    assert (refused.status_code, refused.json()["code"]) == (409, "script-archived")
    assert (await owner.delete(f"/api/v1/scripts/{copied['id']}")).status_code == 204
    assert (await owner.get(f"/api/v1/scripts/{copied['id']}")).status_code == 404


async def test_a_script_that_was_used_is_not_deleted(owner: httpx.AsyncClient, town: Town) -> None:
    response = await owner.delete(f"/api/v1/scripts/{town.ours.ids['script_id']}")
    assert (response.status_code, response.json()["code"]) == (409, "script-in-use")
    assert (await detail(owner, str(town.ours.ids["script_id"])))["archived"] is False


# A change to the small script | where it is at fault | what is said
AT_FAULT: list[tuple[dict[str, Any], tuple[str | None, str | None], str]] = [
    ({"nodes__hello__text": "a" * 601}, ("hello", "text"), "form-long"),
    ({"nodes__hello__branches__yes": 7.5, "nodes__hello__zebra": 1}, ("hello", "zebra"), "form-unknown"),
    ({"limits__turns": 0}, (None, "limits.turns"), "form"),
    ({"nodes__hello__\ud800": 1}, ("hello", None), "form"),
    ({"intents__yes": ["\ud800"]}, (None, "intents.yes.examples.0"), "form"),
]


@pytest.mark.parametrize(("changes", "where", "rule"), AT_FAULT)
async def test_what_no_script_can_hold_is_told_by_node_and_field(
    owner: httpx.AsyncClient, town: Town, changes: dict[str, Any], where: tuple[str | None, str | None], rule: str
) -> None:
    content = small(**changes)
    script = town.ours.ids["script_id"]
    for response in (
        await owner.post("/api/v1/scripts/check", content=json.dumps({"content": content}), headers=JSON),
        await owner.put(
            f"/api/v1/scripts/{script}/draft", content=json.dumps({"content": content, "revision": 1}), headers=JSON
        ),
    ):
        assert (response.status_code, response.json()["code"]) == (422, "script-invalid"), response.text
        told = [(one["node"], one["field"], one["rule"]) for one in response.json()["faults"]]
        assert (*where, rule) in told


async def test_a_script_is_checked_and_nothing_of_it_kept(owner: httpx.AsyncClient) -> None:
    before = (await owner.get("/api/v1/scripts")).json()
    content = small(nodes__hello__branches={"yes": "nowhere"})
    checked = await owner.post("/api/v1/scripts/check", json={"content": content})
    assert checked.status_code == 200
    assert ("hello", "missing-target") in [(one["node"], one["rule"]) for one in checked.json()["faults"]]
    assert (await owner.get("/api/v1/scripts")).json() == before


async def test_a_draft_may_be_faulty_but_not_longer_than_a_file(owner: httpx.AsyncClient) -> None:
    script = await made(owner)
    content = copy.deepcopy(script["content"])
    content["nodes"]["offer"]["next"] = "nowhere"
    path = f"/api/v1/scripts/{script['id']}/draft"
    faulty = await owner.put(path, json={"content": content, "revision": script["revision"]})
    assert faulty.status_code == 200
    assert faulty.json()["faults"][0]["node"] == "offer"
    refused = await owner.post(f"/api/v1/scripts/{script['id']}/publish")
    assert (refused.status_code, refused.json()["code"]) == (422, "script-invalid")
    long = {f"q{n}": {"wordings": [f"{'w' * 190}{n}"], "answer": "a" * 590} for n in range(1_500)}
    content["knowledge"] = long
    refused = await owner.put(path, json={"content": content, "revision": faulty.json()["revision"]})
    assert (refused.status_code, refused.json()["faults"][0]["rule"]) == (422, "too-long")


async def test_the_order_of_grades_and_branches_is_the_authors(owner: httpx.AsyncClient) -> None:
    script = await made(owner)
    content = copy.deepcopy(script["content"])
    content["grades"]["names"] = dict(reversed(content["grades"]["names"].items()))
    await owner.put(
        f"/api/v1/scripts/{script['id']}/draft", json={"content": content, "revision": script["revision"]}
    )
    after = await detail(owner, script["id"])
    assert list(after["content"]["grades"]["names"]) == list(content["grades"]["names"])
    assert after["grades"] == list(content["grades"]["names"])
