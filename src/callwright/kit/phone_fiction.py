"""Phone numbers that nobody has: set aside for fiction, so that calling one can disturb no one.

North America: the numbering plan sets 555-0100 to 555-0199 of every area code aside. United Kingdom: Ofcom's
numbers for drama, of which the ranges here are those that ``phonenumbers`` takes for valid.
"""

import re

DRAMA = ("2079460", "1134960", "1144960", "1164960", "1174960", "1184960", "1214960")
_FICTION = re.compile(rf"\+(?:1\d{{3}}55501\d{{2}}|44(?:{'|'.join(DRAMA)})\d{{3}})")


def is_fictional(number: str) -> bool:
    """Tell whether an E.164 ``number`` is set aside for fiction."""
    return _FICTION.fullmatch(number) is not None
