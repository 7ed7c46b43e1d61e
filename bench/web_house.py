"""A web process for benchmarks that ask over HTTP, and somebody who may sign in."""

import contextlib
import os
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

from callwright.accounts.roles import Role
from callwright.accounts.service import create_user
from callwright.cli.house import WEB
from callwright.cli.supervisor import Program, Supervisor
from callwright.db.session import Database

EMAIL, PASSWORD = "bench@callwright.example", "a long enough password"


async def sign_up(database: Database, tenant_id: UUID) -> None:
    """Let an owner of the company sign in with ``EMAIL`` and ``PASSWORD``."""
    async with database.system() as session:
        await create_user(
            session, tenant_id=tenant_id, email=EMAIL, name="Bench", role=Role.OWNER, password=PASSWORD
        )


@contextlib.asynccontextmanager
async def running(database_url: str, folder: Path, *others: Program) -> AsyncIterator[str]:
    """Run a web process, and others of the house; yield the address of the first."""
    for name in ("logs", "blobs", "run"):
        (folder / name).mkdir(parents=True)
    own = {"CALLWRIGHT_DATABASE_URL": database_url, "CALLWRIGHT_DATA": str(folder), "CALLWRIGHT_WEB_PORT": "0"}
    supervisor = Supervisor(folder / "logs", {**os.environ, **own})
    try:
        for other in others:
            await supervisor.start(other)
        yield str((await supervisor.start(WEB))["url"])
    finally:
        await supervisor.stop()
