"""What may become of customers who are moved together."""

from hypothesis import given
from hypothesis import strategies as st

from callwright.dialing.moving import MoveAct, Refusal, Standing, refusal
from callwright.dialing.outcome import STILL_TO_CALL, CustomerState

STANDINGS = st.builds(
    Standing,
    state=st.sampled_from(CustomerState),
    last_phone_state=st.sampled_from([None, "busy", "lost", "invalid_number"]),
    barred=st.booleans(),
    missing=st.lists(st.just("last_visit"), max_size=1),
)


@given(act=st.sampled_from(MoveAct), who=STANDINGS)
def test_nobody_is_called_by_a_move_who_asked_not_to_be_or_is_on_the_phone(act: MoveAct, who: Standing) -> None:
    why_not = refusal(act, who)
    if who.state is CustomerState.CALLING:
        assert why_not is Refusal.ON_THE_PHONE
    if act is not MoveAct.OUT and (who.barred or who.state is CustomerState.DO_NOT_CALL):
        assert why_not is not None


@given(who=STANDINGS)
def test_each_act_is_for_those_to_whom_it_means_something(who: Standing) -> None:
    waits = who.state in STILL_TO_CALL
    assert (refusal(MoveAct.OUT, who) is None) == waits, "also one who asked not to be called can be taken out"
    if refusal(MoveAct.AGAIN, who) is None:
        assert not waits
    if refusal(MoveAct.INTO, who) is None:
        assert not who.missing
        assert who.last_phone_state != "invalid_number"
