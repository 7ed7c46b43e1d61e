"""What a failure means."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callwright.telephony.outcomes import phone_state
from callwright.telephony.port import PhoneState


@pytest.mark.parametrize(
    ("code", "state"),
    [
        (486, PhoneState.BUSY),
        (600, PhoneState.BUSY),
        (603, PhoneState.REFUSED),
        (404, PhoneState.INVALID_NUMBER),
        (484, PhoneState.INVALID_NUMBER),
        (604, PhoneState.INVALID_NUMBER),
        (408, PhoneState.UNREACHABLE),
        (410, PhoneState.UNREACHABLE),
        (480, PhoneState.UNREACHABLE),
        (487, PhoneState.NO_ANSWER),
        (302, PhoneState.LINE_FAULT),
        (403, PhoneState.LINE_FAULT),
        (407, PhoneState.LINE_FAULT),
        (488, PhoneState.LINE_FAULT),
        (500, PhoneState.LINE_FAULT),
        (503, PhoneState.LINE_FAULT),
    ],
)
def test_a_code_alone(code: int, state: PhoneState) -> None:
    assert phone_state(code) is state


@pytest.mark.parametrize(
    ("cause", "state"),
    [
        (1, PhoneState.INVALID_NUMBER),
        (17, PhoneState.BUSY),
        (18, PhoneState.NO_ANSWER),
        (19, PhoneState.NO_ANSWER),
        (20, PhoneState.UNREACHABLE),
        (21, PhoneState.REFUSED),
        (27, PhoneState.UNREACHABLE),
        (28, PhoneState.INVALID_NUMBER),
    ],
)
def test_a_cause_says_more_than_the_code_it_came_with(cause: int, state: PhoneState) -> None:
    assert phone_state(480, cause) is state
    assert phone_state(503, cause) is state


@given(st.integers(300, 699), st.none() | st.sampled_from([16, 31, 34, 38, 41, 102, 127]))
def test_a_cause_of_the_network_leaves_the_code_its_say(code: int, cause: int | None) -> None:
    assert phone_state(code, cause) is phone_state(code)
