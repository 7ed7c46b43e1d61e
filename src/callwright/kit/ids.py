"""Identity: UUID version 7 (RFC 9562 clause 5.7), so that keys sort by the time they were made."""

import os
import time
from datetime import UTC, datetime, timedelta
from uuid import UUID


def new_id() -> UUID:
    """Return a new time-ordered UUID (48 bits of milliseconds, 74 bits of chance)."""
    milliseconds = time.time_ns() // 1_000_000
    chance = int.from_bytes(os.urandom(10))
    value = (milliseconds & (1 << 48) - 1) << 80 | chance
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def first_id_at(moment: datetime) -> UUID:
    """Return what sorts before every UUID made at ``moment`` (aware) or later, and behind all made before it."""
    milliseconds = max(0, (moment - EPOCH) // timedelta(milliseconds=1))
    return UUID(int=(milliseconds & (1 << 48) - 1) << 80)
