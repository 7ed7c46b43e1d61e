"""Numbers that are hidden from some roles must not be found out by searching either."""

from callwright.contacts.searching import is_number
from callwright.web.access import Asking


def hides(asking: Asking, text: str | None) -> bool:
    """Tell whether ``text`` would let someone find out a number digit by digit that is masked for them."""
    return asking.masks and text is not None and is_number(text)
