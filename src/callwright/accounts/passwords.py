"""Passwords: what is good enough, and argon2id (RFC 9106) with the parameters that OWASP asks at least."""

import asyncio
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from callwright.accounts.errors import WeakPasswordError

SHORTEST = 10
LONGEST = 1024
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)  # 19 MiB, about 20 ms
_NOBODYS = _HASHER.hash("verified when there is no such user, so that the answer takes as long")


def check_strength(password: str, email: str) -> None:
    """Raise WeakPasswordError unless ``password`` is long enough and isn't the email."""
    if len(password) < SHORTEST:
        raise WeakPasswordError(why=f"it has fewer than {SHORTEST} characters")
    if len(password) > LONGEST:
        raise WeakPasswordError(why=f"it has more than {LONGEST} characters")
    if password.strip().lower() == email:
        raise WeakPasswordError(why="it is the email address")
    if len(set(password)) == 1:
        raise WeakPasswordError(why="it is one character over and over")


async def hashed(password: str) -> str:
    """Return the argon2id hash of ``password``, made in a thread."""
    return await asyncio.to_thread(_HASHER.hash, _normal(password))


async def matches(password: str, password_hash: str | None) -> bool:
    """Tell whether ``password`` belongs to ``password_hash``; takes as long when there is none."""
    fits = await asyncio.to_thread(_fits, _normal(password), password_hash or _NOBODYS)
    return fits and password_hash is not None


def needs_new_hash(password_hash: str) -> bool:
    """Tell whether ``password_hash`` was made with other parameters than today's."""
    return _HASHER.check_needs_rehash(password_hash)


def _fits(password: str, password_hash: str) -> bool:
    try:
        return _HASHER.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)  # one person's two keyboards may compose é differently
