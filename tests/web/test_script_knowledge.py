"""The knowledge base through the door: a preview that keeps nothing, and then the draft."""

import httpx

from tests.web.test_scripts import made

A_FILE = "question,wordings,answer\nWhistling,may I whistle,Behind the house.\nBad,,\n"


async def test_a_file_is_previewed_and_then_taken_into_the_draft(owner: httpx.AsyncClient) -> None:
    script = await made(owner)
    path = f"/api/v1/scripts/{script['id']}/knowledge"
    files = {"file": ("knowledge.csv", A_FILE.encode())}
    preview = (await owner.post(f"{path}/import", files=files)).json()
    assert [(one["question"], one["is_new"]) for one in preview["changes"]] == [("Whistling", True)]
    assert [(one["row"], one["code"]) for one in preview["errors"]] == [
        (3, "answer-missing"),
        (3, "wordings-missing"),
    ]
    assert (preview["rows"], preview["failed"], preview["failed_rows"], preview["script"]) == (2, 2, 1, None)
    unchanged = (await owner.get(f"/api/v1/scripts/{script['id']}")).json()
    assert unchanged["content"] == script["content"]
    taken = await owner.post(f"{path}/import", files=files, params={"revision": script["revision"]})
    assert taken.json()["script"]["content"]["knowledge"]["whistling"]["answer"] == "Behind the house."
    late = await owner.post(f"{path}/import", files=files, params={"revision": script["revision"]})
    assert (late.status_code, late.json()["code"]) == (409, "stale-revision")
    template = await owner.get(f"{path}/template")
    again = await owner.post(f"{path}/import", files={"file": ("t.xlsx", template.content)})
    assert (again.json()["changes"], again.json()["errors"]) == ([], [])
