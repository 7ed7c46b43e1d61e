"""Time as turn taking counts it: frames of 20 ms, so that no rule reads a clock."""

FRAME_MS = 20


def frames(ms: int) -> int:
    """Return how many whole frames ``ms`` milliseconds are, at least one."""
    return max(1, ms // FRAME_MS)
