"""A house with a real database, a caller in it, and somebody who tries things out."""

from pathlib import Path
from uuid import UUID

import pytest

from callwright.accounts.roles import Role
from callwright.db.session import Database
from tests.factories.accounts import make_user
from tests.factories.calling import Caller, make_caller
from tests.factories.house import House
from tests.factories.trials import show_phone


@pytest.fixture
async def house(database: Database, tmp_path: Path) -> House:
    """Call nodes without a network."""
    return House(database, tmp_path)


@pytest.fixture
async def caller(database: Database) -> Caller:
    """A company that calls."""
    return await make_caller(database)


@pytest.fixture
async def person(caller: Caller) -> UUID:
    """Somebody of the company who makes scripts."""
    return await make_user(caller.database, caller.tenant_id, role=Role.SUPERVISOR)


@pytest.fixture
async def known(caller: Caller, person: UUID) -> None:
    """The phone was shown to be the person's."""
    await show_phone(caller, person)
