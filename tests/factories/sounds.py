"""Sound files as people upload them."""

import io

import numpy as np
import soundfile

SPOKEN_HZ = 220


def tone(
    *,
    seconds: float = 1.0,
    rate: int = 16_000,
    channels: int = 1,
    level: float = 0.3,
    kind: str = "WAV",
    subtype: str | None = "PCM_16",
) -> bytes:
    """Return a file with a tone of ``level`` (of full scale), the same in every channel."""
    at = np.arange(int(seconds * rate)) / rate
    wave = (level * np.sin(2 * np.pi * SPOKEN_HZ * at)).astype(np.float32)
    written = io.BytesIO()
    soundfile.write(written, np.repeat(wave[:, None], channels, axis=1), rate, format=kind, subtype=subtype)
    return written.getvalue()
