"""Passwords that must be used again, kept encrypted (Fernet: AES-128-CBC with HMAC-SHA256).

The key comes from settings through wiring. Neither it nor a password has a place in a log or a message.
"""

from cryptography.fernet import Fernet, InvalidToken

from callwright.kit.errors import CallwrightError, InvalidInputError


class InvalidKeyError(InvalidInputError):
    """The secret key is not one: it must be 32 bytes in URL-safe base64, as `new_key` makes it."""

    code = "invalid-secret-key"


class UndecipherableError(CallwrightError):
    """A kept password can't be read with this secret key. Put the former key back, or enter the password again."""

    code = "undecipherable"


class SecretBox:
    """Seals and opens with one key."""

    def __init__(self, key: str | bytes) -> None:
        try:
            self._fernet = Fernet(key)
        except ValueError:
            raise InvalidKeyError from None

    def __repr__(self) -> str:
        return "SecretBox(…)"

    def seal(self, secret: str) -> bytes:
        """Return ``secret`` encrypted; twice the same gives two different results."""
        return self._fernet.encrypt(secret.encode())

    def open(self, sealed: bytes) -> str:
        """Return what was sealed. Raises UndecipherableError for another key's or damaged bytes."""
        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken:
            raise UndecipherableError from None


def new_key() -> str:
    """Return a new random key."""
    return Fernet.generate_key().decode()
