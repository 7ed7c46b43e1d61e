import pytest
from hypothesis import given
from hypothesis import strategies as st

from callwright.dialing.attempt import IN_FLIGHT, AttemptState, AttemptTransitionError, before, move

states = st.sampled_from(AttemptState)


def _reachable(state: AttemptState) -> set[AttemptState]:
    seen: set[AttemptState] = set()
    fringe = [state]
    while fringe:
        here = fringe.pop()
        for to in AttemptState:
            if here in before(to) and to not in seen:
                seen.add(to)
                fringe.append(to)
    return seen


@given(states, states)
def test_move_goes_exactly_where_the_table_leads(state: AttemptState, to: AttemptState) -> None:
    if state in before(to):
        assert move(state, to) is to
    else:
        with pytest.raises(AttemptTransitionError) as refused:
            move(state, to)
        assert state.value in str(refused.value)
        assert to.value in str(refused.value)


@given(states)
def test_no_attempt_comes_back_into_flight(state: AttemptState) -> None:
    if state not in IN_FLIGHT:
        assert not _reachable(state) & IN_FLIGHT


@given(states)
def test_every_attempt_can_end(state: AttemptState) -> None:
    assert state is AttemptState.ENDED or AttemptState.ENDED in _reachable(state)


def test_an_attempt_dials_only_once() -> None:
    assert AttemptState.DIALLING not in _reachable(AttemptState.DIALLING)
    assert before(AttemptState.DIALLING) == {AttemptState.CLAIMED}
