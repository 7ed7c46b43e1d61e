"""Numbers that are hidden from some roles must not be found out by searching either."""

import re

from callwright.web.access import Asking

NUMBER_PART = re.compile(r"[+\d\s().-]+")


def hides(asking: Asking, text: str | None) -> bool:
    """Tell whether ``text`` would let someone find out a number digit by digit that is masked for them."""
    return asking.masks and text is not None and NUMBER_PART.fullmatch(text) is not None
