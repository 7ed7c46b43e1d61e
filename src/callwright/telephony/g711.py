"""G.711 mu-law and A-law (ITU-T G.711) by table: one look-up per sample each way.

The tables are made from the standard's formulas once, at import (65,536 entries to encode, 256 to decode), because
``audioop`` left the standard library with Python 3.13.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from callwright.telephony.port import Frame

_MU_BIAS = 33
_MU_CLIP = 8191
_SEGMENTS = 8


def _mu_law_decoding() -> NDArray[np.int16]:
    code = ~np.arange(256, dtype=np.int32) & 0xFF
    exponent, mantissa = code >> 4 & 7, code & 15
    magnitude = ((2 * mantissa + _MU_BIAS) << exponent) - _MU_BIAS
    return (np.where(code & 0x80, -magnitude, magnitude) * 4).astype(np.int16)


def _a_law_decoding() -> NDArray[np.int16]:
    code = np.arange(256, dtype=np.int32) ^ 0x55
    exponent, mantissa = code >> 4 & 7, code & 15
    magnitude = np.where(exponent == 0, 2 * mantissa + 1, (2 * mantissa + 33) << np.maximum(exponent - 1, 0))
    return (np.where(code & 0x80, magnitude, -magnitude) * 8).astype(np.int16)


def _mu_law_encoding() -> NDArray[np.uint8]:
    sample = np.arange(65536, dtype=np.uint16).view(np.int16).astype(np.int32)
    magnitude = np.minimum(np.where(sample < 0, ~sample, sample) >> 2, _MU_CLIP - _MU_BIAS) + _MU_BIAS
    exponent = np.floor(np.log2(magnitude)).astype(np.int32) - 5
    mantissa = magnitude >> (exponent + 1) & 15
    sign = np.where(sample < 0, 0x80, 0)
    codes = ~(sign | exponent << 4 | mantissa) & 0xFF
    return np.asarray(codes, np.uint8)


def _a_law_encoding() -> NDArray[np.uint8]:
    sample = np.arange(65536, dtype=np.uint16).view(np.int16).astype(np.int32)
    magnitude = np.where(sample < 0, ~sample, sample) >> 4
    exponent = np.maximum(np.floor(np.log2(np.maximum(magnitude, 1))).astype(np.int32) - 4, 0) + (magnitude >= 16)
    exponent = np.minimum(exponent, _SEGMENTS - 1)
    mantissa = magnitude >> np.maximum(exponent - 1, 0) & 15
    sign = np.where(sample < 0, 0, 0x80)
    return np.asarray((sign | exponent << 4 | mantissa) ^ 0x55, np.uint8)


@dataclass(frozen=True, slots=True, eq=False)
class Law:
    """One of the two companding laws; ``payload_type`` is its static RTP number (RFC 3551 table 4)."""

    name: str
    payload_type: int
    silence: int
    _decoding: NDArray[np.int16]
    _encoding: NDArray[np.uint8]

    def decode(self, payload: bytes | bytearray | memoryview) -> Frame:
        """Return the linear samples of ``payload``, one per byte, as a new int16 array."""
        return self._decoding.take(np.frombuffer(payload, np.uint8))

    def encode(self, frame: Frame) -> bytes:
        """Return one byte per int16 sample."""
        return self._encoding.take(np.asarray(frame, np.int16).view(np.uint16)).tobytes()


MU_LAW = Law("PCMU", 0, 0xFF, _mu_law_decoding(), _mu_law_encoding())
A_LAW = Law("PCMA", 8, 0xD5, _a_law_decoding(), _a_law_encoding())
LAWS = {law.payload_type: law for law in (MU_LAW, A_LAW)}
