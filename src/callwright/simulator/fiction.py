"""Telephone numbers that no one has.

A world of invented people must not be able to ring a real one, should its scenario ever reach a real carrier,
yet its numbers must pass the product's own check (``phonenumbers.is_valid_number``). These ranges do both:

- North America: the numbering plan sets 555-0100 to 555-0199 of every area code aside for fiction.
- United Kingdom: Ofcom's numbers for drama. Of them the geographic ones (020 7946 0xxx, 0121 496 0xxx ...) are
  valid for ``phonenumbers``; the mobile ones (07700 900xxx), 01632 960xxx and 0115 496 0xxx are not.
"""

import random

# fmt: off
AREA_CODES = (
    201, 202, 205, 206, 207, 208, 212, 213, 214, 215, 216, 217, 301, 302, 303, 304, 305, 307, 312, 313,
    314, 315, 316, 317, 401, 402, 404, 405, 406, 410, 412, 414, 415, 416, 501, 502, 503, 504, 505, 508,
    512, 513, 514, 515, 516, 601, 602, 603, 604, 605, 606, 608, 609, 612, 613, 614, 615, 616, 617, 701,
    702, 703, 704, 705, 706, 707, 708, 713, 714, 715, 716, 717, 718, 801, 802, 803, 804, 805, 806, 808,
    812, 813, 814, 816, 817, 818, 901, 902, 903, 904, 906, 907, 908, 910, 912, 913, 914, 915, 916, 918,
    919,
)
# fmt: on

_DRAMA = ("2079460", "1134960", "1144960", "1164960", "1174960", "1184960", "1214960")
_PER_AREA = 100
_PER_DRAMA = 1000
AVAILABLE = _PER_AREA * len(AREA_CODES) + _PER_DRAMA * len(_DRAMA)
"""How many numbers there are: a scenario can't be larger."""

_UK_SHARE = 8


def numbers(rng: random.Random, count: int) -> list[str]:
    """Return ``count`` different numbers as E.164, one in eight from the United Kingdom as far as those reach."""
    british = [f"+44{prefix}{number:03d}" for prefix in _DRAMA for number in range(_PER_DRAMA)]
    american = [f"+1{area}55501{number:02d}" for area in AREA_CODES for number in range(_PER_AREA)]
    from_britain = min(count // _UK_SHARE, len(british))
    from_britain = max(from_britain, count - len(american))
    chosen = rng.sample(british, from_britain) + rng.sample(american, count - from_britain)
    rng.shuffle(chosen)
    return chosen
