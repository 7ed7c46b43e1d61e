"""Numbers hidden in the middle, passwords sealed."""

import pytest

from callwright.kit.phone import masked
from callwright.kit.secrets import InvalidKeyError, SecretBox, UndecipherableError, new_key


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+447700900123", "+44 7700 ***123"),
        ("+12125550100", "+1 2125 ***100"),
        ("+8613812345678", "+86 1381 ***678"),
        ("+4512345678", "+45 12 ***678"),
        ("+290123", "+290 ***123"),
        ("nonsense", "***"),
    ],
)
def test_a_masked_number_shows_where_it_belongs_and_how_it_ends(number: str, shown: str) -> None:
    assert masked(number) == shown


def test_a_secret_is_opened_by_its_key_alone() -> None:
    box = SecretBox(new_key())
    sealed = box.seal("hush")
    assert b"hush" not in sealed
    assert box.seal("hush") != sealed
    assert box.open(sealed) == "hush"
    with pytest.raises(UndecipherableError):
        SecretBox(new_key()).open(sealed)
    with pytest.raises(UndecipherableError):
        box.open(sealed[:-1])


def test_a_key_that_is_none_is_refused_and_a_box_shows_nothing() -> None:
    with pytest.raises(InvalidKeyError):
        SecretBox("short")
    key = new_key()
    assert key not in repr(SecretBox(key))
