"""How several call nodes on one machine share its ports."""

import itertools
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callwright import settings
from callwright.telephony.errors import EngineUnavailableError
from callwright.wiring.shares import PORTS_A_NODE, shares, split


@given(st.integers(1024, 65000), st.integers(1, 40_000), st.integers(1, 8))
def test_ranges_follow_each_other_and_none_is_too_small(first: int, length: int, parts: int) -> None:
    last = first + length
    ranges = split(first, last, parts)
    if ranges is None:
        assert (length + 1) // parts < PORTS_A_NODE
        return
    assert (ranges[0][0], ranges[-1][1], len(ranges)) == (first, last, parts)
    assert all(end + 1 == begin for (_, end), (begin, _) in itertools.pairwise(ranges))
    assert all(begin % 2 == first % 2 and end - begin + 1 >= PORTS_A_NODE for begin, end in ranges)


def test_too_few_ports_are_said() -> None:
    with pytest.raises(settings.InvalidSettingError, match=r"CALLWRIGHT_RTP_PORTS.*3 call nodes need 12 ports"):
        shares(settings.load(rtp_ports="20000-20010"), 3)


def test_a_port_in_use_is_passed_over_but_not_the_one_that_was_set() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        given = shares(settings.load(sip_port=_free_below(port)), 3)
        ports = [int(each["CALLWRIGHT_SIP_PORT"]) for each in given]
        assert len({*ports, port}) == 4
        assert [each["CALLWRIGHT_NODE"] for each in given] == ["1", "2", "3"]
        with pytest.raises(EngineUnavailableError, match=f"{port}"):
            shares(settings.load(sip_port=port), 1)


def _free_below(port: int) -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for below in range(port - 1, 1024, -1):
            try:
                probe.bind(("127.0.0.1", below))
            except OSError:
                continue
            return below
    raise AssertionError


def test_any_port_stays_any_port() -> None:
    given = shares(settings.load(sip_port=0), 2)
    assert [each["CALLWRIGHT_SIP_PORT"] for each in given] == ["0", "0"]
