"""Where the links in chats lead."""

from pathlib import Path

import pytest
from tests.factories.pushing import Messenger

from callwright import settings
from callwright.db.session import Database
from callwright.wiring.worker import pusher


def test_links_lead_to_the_address_of_the_house_and_nowhere_without_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CALLWRIGHT_DATA", str(tmp_path))
    database = Database("postgresql+psycopg://nobody@localhost/nothing")
    nowhere = pusher(database, settings.load(), Messenger()).base
    monkeypatch.setenv("CALLWRIGHT_PUBLIC_URL", "https://calls.example")
    assert (nowhere, pusher(database, settings.load(), Messenger()).base) == ("", "https://calls.example")
