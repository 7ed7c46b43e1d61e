"""How a text is cut into the short messages that carry it, each of which is paid for.

A text within the GSM alphabet has 160 septets in one message, or 153 in each of several, as a header of six octets
joins them; any other is UCS-2, 70 units of 16 bits or 67 (3GPP TS 23.040 clauses 9.2.3.24.1 and 9.2.3.16). A
character that takes two of them is never cut apart.
"""

from dataclasses import dataclass
from enum import StrEnum

from callwright.kit.storable import storable
from callwright.texting.alphabet import encode_gsm, is_gsm, septets

MOST_SEGMENTS = 10
"""Longer texts are nobody's idea of a message; the network's own limit is 255."""


class Alphabet(StrEnum):
    """What a text is written in."""

    GSM7 = "gsm7"
    UCS2 = "ucs2"


_ALONE = {Alphabet.GSM7: 160, Alphabet.UCS2: 70}
_JOINED = {Alphabet.GSM7: 153, Alphabet.UCS2: 67}


@dataclass(frozen=True, slots=True)
class Segments:
    """A text cut up: ``parts`` in their order, at least one; ``units`` are septets, or 16 bits each in UCS-2."""

    alphabet: Alphabet
    parts: tuple[str, ...]
    units: int

    @property
    def count(self) -> int:
        """How many short messages carry it."""
        return len(self.parts)

    def encoded(self) -> list[bytes]:
        """Return the user data of each part, without the header that joins them."""
        if self.alphabet is Alphabet.GSM7:
            return [encode_gsm(part) for part in self.parts]
        return [part.encode("utf-16-be") for part in self.parts]


def segments(text: str) -> Segments:
    """Cut ``text`` up, of which nobody can send U+0000 or half a surrogate pair: each is written as U+FFFD."""
    clean = storable(text)
    alphabet = Alphabet.GSM7 if is_gsm(clean) else Alphabet.UCS2
    sizes = [_size(character, alphabet) for character in clean]
    units = sum(sizes)
    if units <= _ALONE[alphabet]:
        return Segments(alphabet, (clean,), units)
    return Segments(alphabet, tuple(_cut(clean, sizes, _JOINED[alphabet])), units)


def _size(character: str, alphabet: Alphabet) -> int:
    if alphabet is Alphabet.GSM7:
        return septets(character)
    return 2 if ord(character) > 0xFFFF else 1


def _cut(text: str, sizes: list[int], most: int) -> list[str]:
    parts, begin, used = [], 0, 0
    for index, size in enumerate(sizes):
        if used + size > most:
            parts.append(text[begin:index])
            begin, used = index, 0
        used += size
    return [*parts, text[begin:]]
