"""Files sent through the API and imported by the job, as a worker would do it."""

from typing import Any
from uuid import UUID

import httpx

from callwright.blobs.disk import DiskBlobs
from callwright.db.session import Database
from callwright.imports.jobs import import_job
from tests.web.conftest import HandSetClock, Town


async def send(
    client: httpx.AsyncClient, town: Town, content: bytes, name: str = "people.csv", **params: bool
) -> httpx.Response:
    """Send a file to the task of ours."""
    task = town.ours.ids["task_id"]
    return await client.post(f"/api/v1/tasks/{task}/imports", files={"file": (name, content)}, params=params)


async def work(town: Town, import_id: str) -> None:
    """Do what a worker does with an import that was started."""
    database = Database(town.url)
    try:
        job = import_job(database, DiskBlobs(town.blobs), HandSetClock())
        await job.run(town.ours.tenant_id, UUID(import_id))
    finally:
        await database.close()


async def imported(
    client: httpx.AsyncClient, town: Town, content: bytes, name: str = "people.csv"
) -> dict[str, Any]:
    """Send a file, have it imported, and return what became of it, with its ``faults``."""
    sent = await send(client, town, content, name, start=True)
    assert sent.status_code == 201, sent.text
    where = f"/api/v1/imports/{sent.json()['import']['id']}"
    await work(town, sent.json()["import"]["id"])
    faults = (await client.get(f"{where}/faults")).json()
    return {**(await client.get(where)).json(), "faults": faults}
