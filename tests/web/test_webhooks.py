"""Webhooks through the API: the secret told once, addresses inside refused, payloads described."""

import httpx

from callwright.db.events import KINDS
from callwright.web.app import create_app

DRAFT = {"name": "CRM", "url": "https://crm.example/calls", "kinds": ["call.ended"]}


async def test_a_secret_is_told_once_and_an_address_inside_is_refused(owner: httpx.AsyncClient) -> None:
    made = (await owner.post("/api/v1/webhooks", json=DRAFT)).json()
    assert made["secret"].startswith("whsec_")
    where = f"/api/v1/webhooks/{made['id']}"
    assert "secret" not in (await owner.get(where)).json()
    assert made["secret"] not in (await owner.get("/api/v1/webhooks")).text
    assert (await owner.post(f"{where}/secret")).json()["secret"] != made["secret"]
    for url in ("https://10.0.0.1/", "https://[::ffff:10.0.0.1]/", "https://127.0.0.1/", "http://crm.example/"):
        for refused in (
            await owner.post("/api/v1/webhooks", json={**DRAFT, "url": url}),
            await owner.put(where, json={**DRAFT, "url": url}),
        ):
            assert (refused.status_code, refused.json()["code"]) == (422, "outside-address")
    wrong = await owner.post("/api/v1/webhooks", json={**DRAFT, "kinds": ["call.begun"]})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "unknown-event-kind")
    assert (await owner.delete(where)).status_code == 204


async def test_the_log_tells_of_a_test_and_waits_for_no_second(owner: httpx.AsyncClient) -> None:
    where = f"/api/v1/webhooks/{(await owner.post('/api/v1/webhooks', json=DRAFT)).json()['id']}"
    sent = (await owner.post(f"{where}/test")).json()
    assert (sent["kind"], sent["state"]) == ("webhook.test", "waiting")
    waiting = await owner.get(f"{where}/deliveries", params={"state": "waiting"})
    assert [one["id"] for one in waiting.json()["items"]] == [sent["id"]]
    again = await owner.post(f"{where}/deliveries/{sent['id']}/replay")
    assert (again.status_code, again.json()["code"]) == (409, "delivery-waits")


def test_every_kind_of_event_is_described_with_its_payload() -> None:
    described = create_app(None).openapi()
    assert set(described["webhooks"]) == set(KINDS)
    body = described["webhooks"]["call.ended"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    schemas = described["components"]["schemas"]
    data = schemas[body["$ref"].rpartition("/")[2]]["properties"]["data"]["$ref"].rpartition("/")[2]
    assert {"call_id", "phone_state", "grade"} <= set(schemas[data]["properties"])
