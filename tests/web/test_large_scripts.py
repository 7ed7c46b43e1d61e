"""A script as large as a company's: imported, checked, published, sent out, and brought in again."""

import httpx

from callwright.kit.script_size import MOST_EXAMPLES
from tests.web.test_scripts import made

QUESTIONS = 2_000


def sheet(questions: int, wordings: int = 2) -> bytes:
    rows = (
        f"Thing {n},{'|'.join(f'how much is thing {n} in way {w}' for w in range(wordings))},"
        f"Thing {n} costs nineteen dollars a month with us and the first month is free for whoever joins today."
        for n in range(questions)
    )
    return "\n".join(["question,wordings,answer", *rows]).encode()


async def test_thousands_of_questions_go_all_the_way_round(owner: httpx.AsyncClient) -> None:
    script = await made(owner)
    path = f"/api/v1/scripts/{script['id']}"
    taken = await owner.post(
        f"{path}/knowledge/import",
        files={"file": ("k.csv", sheet(QUESTIONS))},
        params={"revision": script["revision"]},
    )
    assert taken.status_code == 200, taken.text
    draft = taken.json()["script"]
    assert (draft["faults"], len(draft["content"]["knowledge"]) > QUESTIONS) == ([], True)
    assert (await owner.post("/api/v1/scripts/check", json={"content": draft["content"]})).json()["faults"] == []
    saved = await owner.put(f"{path}/draft", json={"content": draft["content"], "revision": draft["revision"]})
    assert saved.status_code == 200, saved.text
    assert (await owner.post(f"{path}/publish")).status_code == 200
    exported = (await owner.get(f"{path}/source")).text
    again = await owner.post("/api/v1/scripts", json={"source": exported, "name": "Brought in again"})
    assert again.status_code == 201, again.text
    brought = (await owner.get(f"/api/v1/scripts/{again.json()['id']}")).json()["content"]
    assert brought["knowledge"] == draft["content"]["knowledge"]


async def test_more_sentences_than_can_be_learned_are_a_fault_from_the_draft_on(owner: httpx.AsyncClient) -> None:
    script = await made(owner)
    path = f"/api/v1/scripts/{script['id']}"
    taken = await owner.post(
        f"{path}/knowledge/import",
        files={"file": ("k.csv", sheet(MOST_EXAMPLES // 100, wordings=100))},
        params={"revision": script["revision"]},
    )
    (fault,) = taken.json()["script"]["faults"]
    assert (fault["rule"], fault["values"]["most"]) == ("too-many-examples", str(MOST_EXAMPLES))
    refused = await owner.post(f"{path}/publish")
    assert (refused.status_code, refused.json()["faults"]) == (422, [fault])
