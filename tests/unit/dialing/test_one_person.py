"""Which of a person's places in a task stays, so that they are called once."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from callwright.dialing.one_person import PlaceInTask, superfluous
from callwright.dialing.outcome import STILL_TO_CALL, CustomerState

PLACES = st.lists(
    st.builds(
        PlaceInTask,
        id=st.uuids(),
        state=st.sampled_from(CustomerState),
        called_before=st.booleans(),
        first=st.booleans(),
        position=st.integers(0, 5),
    ),
    max_size=6,
    unique_by=lambda place: place.id,
)


@given(PLACES, st.data())
def test_one_alone_is_still_to_be_called(places: list[PlaceInTask], data: st.DataObject) -> None:
    last = data.draw(st.sets(st.sampled_from([one.id for one in places]))) if places else set()
    out = set(superfluous(places, last))
    assert out <= {one.id for one in places if one.state in STILL_TO_CALL}, "whoever is on the phone stays"
    left = [one for one in places if one.state in STILL_TO_CALL and one.id not in out]
    on_the_phone = any(one.state is CustomerState.CALLING for one in places)
    some_waited = any(one.state in STILL_TO_CALL for one in places)
    assert len(left) == int(some_waited and not on_the_phone)
    if left and left[0].id in last:
        assert out <= last, "what was there is not taken out for what came last"
    assert superfluous(left, last) == [] or on_the_phone


def test_the_number_whose_tries_count_stays_else_the_cards_own() -> None:
    def at(number: int, *, called: bool = False, first: bool = False) -> PlaceInTask:
        return PlaceInTask(UUID(int=number), CustomerState.UNCALLED, called, first, number)

    assert superfluous([at(1), at(2, first=True), at(3, called=True)]) == [UUID(int=2), UUID(int=1)]
    assert superfluous([at(1), at(2, first=True)]) == [UUID(int=1)]
    assert superfluous([at(2), at(1)]) == [UUID(int=2)]
