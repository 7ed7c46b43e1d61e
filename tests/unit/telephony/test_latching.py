"""Whose packets count."""

from callwright.telephony.latching import Latch

SIGNALLED, NAT, STRANGER = ("10.0.0.5", 4000), ("203.0.113.9", 31000), ("198.51.100.1", 5)


def test_sends_where_the_sdp_says_until_something_is_heard() -> None:
    assert Latch(SIGNALLED).target == SIGNALLED


def test_follows_the_first_source_heard() -> None:
    latch = Latch(SIGNALLED)
    assert latch.accepts(NAT, 0)
    assert latch.target == NAT


def test_a_stranger_is_refused_while_the_source_speaks() -> None:
    latch = Latch(SIGNALLED)
    latch.accepts(NAT, 0)
    assert not latch.accepts(STRANGER, 0.02)
    assert latch.target == NAT
    assert latch.refused == 1


def test_a_source_that_fell_silent_may_be_replaced() -> None:
    latch = Latch(SIGNALLED)
    latch.accepts(NAT, 0)
    assert latch.accepts(SIGNALLED, 2.1)
    assert latch.target == SIGNALLED


def test_a_new_address_in_a_later_sdp_counts_at_once_and_the_same_one_changes_nothing() -> None:
    latch = Latch(SIGNALLED)
    latch.accepts(NAT, 0)
    latch.signalled(SIGNALLED)
    assert latch.target == NAT
    latch.signalled(STRANGER)
    assert latch.target == STRANGER
