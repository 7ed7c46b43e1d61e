"""How loud a frame is."""

import numpy as np
from numpy.typing import NDArray

SILENCE_DB = -100.0

_FULL_POWER = 32768.0**2


def level_db(frame: NDArray[np.int16] | None) -> float:
    """Return the level of ``frame`` in dBov (full scale is 0; ITU-T G.100.1), of nothing ``SILENCE_DB``."""
    if frame is None:
        return SILENCE_DB
    samples = frame.astype(np.float32)
    power = float(samples @ samples) / samples.size / _FULL_POWER
    return max(SILENCE_DB, 10 * float(np.log10(power))) if power > 0 else SILENCE_DB
