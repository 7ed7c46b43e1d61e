"""Which customer of a task hears which of its versions."""

from collections.abc import Sequence
from hashlib import blake2b
from itertools import accumulate
from uuid import UUID

WHOLE = 100
"""The shares of a task's arms come to this; one of it is the smallest share."""
MOST_ARMS = 4


def arm_of(task_id: UUID, customer_id: UUID, shares: Sequence[int]) -> int:
    """Return the place of the customer's arm among ``shares``, which come to ``WHOLE``.

    It follows from the two identities alone: whoever is added later moves nobody, the order of a list says nothing
    about its arms, and in another task the same people are mixed otherwise.
    """
    drawn = int.from_bytes(blake2b(task_id.bytes + customer_id.bytes, digest_size=8).digest()) % WHOLE
    return next(place for place, end in enumerate(accumulate(shares)) if drawn < end)
