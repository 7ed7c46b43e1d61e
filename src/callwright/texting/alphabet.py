"""The GSM 7 bit default alphabet with its extension table (3GPP TS 23.038 clauses 6.2.1 and 6.2.1.1)."""

ESCAPE = 0x1B
_DEFAULT = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = {
    0x0A: "\f",
    0x14: "^",
    0x28: "{",
    0x29: "}",
    0x2F: "\\",
    0x3C: "[",
    0x3D: "~",
    0x3E: "]",
    0x40: "|",
    0x65: "€",
}

_CODES = {character: (code,) for code, character in enumerate(_DEFAULT) if code != ESCAPE} | {
    character: (ESCAPE, code) for code, character in _EXTENSION.items()
}
_CHARACTERS = {codes: character for character, codes in _CODES.items()}


def septets(character: str) -> int:
    """Return how many of the alphabet's codes write ``character``: 1 or 2, and 0 where it has no such character."""
    return len(_CODES.get(character, ()))


def is_gsm(text: str) -> bool:
    """Return whether the alphabet can write all of ``text``."""
    return all(character in _CODES for character in text)


def encode_gsm(text: str) -> bytes:
    """Return ``text`` as one code a byte, unpacked, as SMPP carries it. Raises KeyError for other characters."""
    return bytes(code for character in text for code in _CODES[character])


def decode_gsm(codes: bytes) -> str:
    """Return what unpacked codes say; an unknown one is shown as the table's space, as clause 6.2.1.1 asks."""
    text, escaped = [], False
    for code in codes:
        if escaped:
            text.append(_CHARACTERS.get((ESCAPE, code), _DEFAULT[code & 0x7F]))
            escaped = False
        elif code == ESCAPE:
            escaped = True
        else:
            text.append(_CHARACTERS.get((code,), " "))
    return "".join(text)
