"""A calling order in which consecutive numbers are not called in a row (SPEC TASK-20).

The key of a number is its multiple of 2**64 divided by the golden ratio, with the overflow dropped (D. E. Knuth,
*The Art of Computer Programming*, volume 3, 6.4). Of any run of numbers no two neighbours come near each other in
that order, however long the run: by the three-distance theorem the distances between what follows one another are
Fibonacci numbers of about the run's length. A random shuffle leaves a few neighbours together in a long list. The
key needs the number alone, so that customers added later fall into place, and the database can sort by it.
"""

_WORD = 1 << 64
_GOLDEN = 0x9E3779B97F4A7C15
"""2**64 over the golden ratio, made odd, so that no two numbers have the same key."""


def order_key(seed: int, number: int) -> int:
    """Return where ``number`` (a phone number's digits, or a position in a list) stands in the order of ``seed``.

    The key fits a signed 64-bit column. ``seed``, such as a random one for each task, decides where the order
    begins and which way it goes.
    """
    turned = number if seed & 1 else -number
    return (turned * _GOLDEN + (seed >> 1) * _GOLDEN * _GOLDEN) % _WORD - (_WORD >> 1)
