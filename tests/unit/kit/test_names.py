"""Names: what people can read, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from callwright.kit.names import NAME_CHARACTERS, InvalidNameError, checked_name


@given(st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=NAME_CHARACTERS))
def test_what_can_be_read_is_kept_but_for_the_space_around_it(name: str) -> None:
    if name.strip():
        assert checked_name(f"  {name} ", thing="task") == name.strip()


@given(st.text(max_size=50), st.characters(categories=["Cc", "Cs", "Zl", "Zp"]), st.text(max_size=50))
def test_what_can_not_be_shown_is_refused_wherever_it_stands(before: str, bad: str, after: str) -> None:
    with pytest.raises(InvalidNameError, match="can't be shown"):
        checked_name(f"a{before}{bad}{after}z", thing="line")


@pytest.mark.parametrize(
    ("name", "why"), [("", "is empty"), (" \t\u3000", "is empty"), ("x" * 201, "has 201 characters")]
)
def test_an_empty_and_an_endless_name_are_refused(name: str, why: str) -> None:
    with pytest.raises(InvalidNameError, match=f"name of a company.*{why}.*1 to 200 characters"):
        checked_name(name, thing="company")
