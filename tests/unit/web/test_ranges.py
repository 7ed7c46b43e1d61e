"""Byte ranges (RFC 9110 clause 14)."""

from hypothesis import given
from hypothesis import strategies as st

from callwright.web.ranges import Part, UnsatisfiableRangeError, wanted


@given(st.integers(0, 50), st.one_of(st.none(), st.integers(0, 60)), st.one_of(st.none(), st.integers(0, 60)))
def test_a_part_lies_within_and_is_what_was_asked_for(size: int, first: int | None, last: int | None) -> None:
    content = bytes(range(size))
    header = f"bytes={'' if first is None else first}-{'' if last is None else last}"
    try:
        part = wanted(header, size)
    except UnsatisfiableRangeError:
        assert first is None or first >= size
        return
    if part is None:
        assert (first is None and last is None) or (first is not None and last is not None and last < first)
        return
    expected = content[-last:] if first is None and last else content[first : None if last is None else last + 1]
    assert content[part.first : part.last + 1] == expected
    assert part.length == len(expected)


@given(st.text(max_size=30))
def test_nonsense_asks_for_the_whole(header: str) -> None:
    assert header.startswith("bytes=") or wanted(header, 10) is None


def test_units_are_read_in_any_case() -> None:
    assert wanted("Bytes=0-0", 10) == Part(0, 0)
    assert wanted(None, 10) is None
