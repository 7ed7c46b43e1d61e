"""Texts from outside, as UTF-8 and PostgreSQL can hold them."""


def storable(text: str) -> str:
    """Return ``text`` with U+FFFD for U+0000 and for each half of a surrogate pair, as JSON may bring them."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return whole.replace("\0", "\N{REPLACEMENT CHARACTER}")
