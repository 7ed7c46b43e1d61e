"""What the demo prints of calls that wait."""

from datetime import UTC, datetime

import pytest

from callwright.cli.progress_view import why_waiting
from callwright.dialing.lifecycle import Waiting
from callwright.dialing.window import ClosedReason
from callwright.tasks.schemas import Trouble, Wait

AT = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize("reason", [*Waiting, *ClosedReason])
def test_every_reason_has_words(reason: str) -> None:
    words = why_waiting(Wait(reason, None, {}), None)
    assert words not in ("", reason)
    assert "{" not in words


def test_the_moment_is_told_where_it_is_known() -> None:
    told = why_waiting(Wait(ClosedReason.NO_DIAL_PERIOD, AT, {}), None)
    assert told == f"it is a no-dial period, until {AT.astimezone():%a %d %b %H:%M}"
    seats = why_waiting(Wait(Waiting.SEATS, None, {"seats": 5, "free": 2}), None)
    assert seats == "the task needs 5 AI seats and 2 are free"


def test_trouble_of_the_nodes_comes_first_and_a_code_of_a_newer_version_as_it_is() -> None:
    trouble = Trouble("no-media-port", "No RTP port is free.")
    assert why_waiting(Wait("", None, {}), None) == ""
    assert why_waiting(Wait(Waiting.LINES, None, {"standing": "off"}), trouble) == "No RTP port is free."
    assert why_waiting(Wait("something_new", None, {}), None) == "something_new"
