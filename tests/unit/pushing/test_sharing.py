"""Who finds no room at a server is told of when there is."""

from callwright.kit.ids import new_id
from callwright.pushing.sharing import Server, Shares

SERVER = Server("mail example.com", most=1)
FIRST, SECOND, THIRD, FOURTH = [(new_id(), new_id()) for _ in range(4)]


def test_the_first_that_waits_is_the_first_that_is_called() -> None:
    shares = Shares()
    assert shares.take(SERVER, FIRST)
    assert not shares.take(SERVER, SECOND)
    assert not shares.take(SERVER, THIRD)
    assert shares.give_back(SERVER) == SECOND


def test_whoever_is_called_and_finds_another_in_its_place_stays_the_first() -> None:
    shares = Shares()
    for one in (FIRST, SECOND, THIRD):
        shares.take(SERVER, one)
    assert shares.give_back(SERVER) == SECOND
    assert shares.take(SERVER, FOURTH)
    assert not shares.take(SERVER, SECOND)
    assert shares.give_back(SERVER) == SECOND
    assert shares.take(SERVER, SECOND)
    assert shares.give_back(SERVER) == THIRD


def test_whoever_found_room_by_itself_is_not_called_again() -> None:
    shares = Shares()
    shares.take(SERVER, FIRST)
    shares.take(SERVER, SECOND)
    shares.take(Server("mail example.org"), THIRD)
    assert shares.give_back(SERVER) == SECOND
    assert shares.take(SERVER, SECOND)
    assert shares.give_back(SERVER) is None
