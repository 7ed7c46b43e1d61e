"""G.711 against the standard's own formulas and landmarks."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from callwright.telephony.g711 import A_LAW, LAWS, MU_LAW, Law


def itu_mu_law(sample: int) -> int:
    """Encode one sample as the reference code of ITU-T G.191 does (ulaw_compress)."""
    magnitude = min((~sample >> 2 if sample < 0 else sample >> 2) + 33, 0x1FFF)
    segment, rest = 1, magnitude >> 6
    while rest:
        segment += 1
        rest >>= 1
    code = (8 - segment) << 4 | 0x0F - (magnitude >> segment & 0x0F)
    return code | (0x80 if sample >= 0 else 0)


def itu_a_law(sample: int) -> int:
    """Encode one sample as the reference code of ITU-T G.191 does (alaw_compress)."""
    magnitude = ~sample >> 4 if sample < 0 else sample >> 4
    if magnitude > 15:
        exponent = 1
        while magnitude > 16 + 15:
            magnitude >>= 1
            exponent += 1
        magnitude = magnitude - 16 + (exponent << 4)
    return (magnitude | (0x80 if sample >= 0 else 0)) ^ 0x55


@pytest.mark.parametrize(("law", "reference"), [(MU_LAW, itu_mu_law), (A_LAW, itu_a_law)])
def test_encodes_every_sample_as_the_reference_does(law: Law, reference: object) -> None:
    samples = np.arange(-32768, 32768, dtype=np.int32).astype(np.int16)
    assert callable(reference)
    assert list(law.encode(samples)) == [reference(int(sample)) for sample in samples]


@pytest.mark.parametrize("law", LAWS.values())
def test_what_was_decoded_encodes_to_itself(law: Law) -> None:
    codes = bytes(range(256))
    again = law.encode(law.decode(codes))
    # mu-law has two zeros; both decode to 0.
    assert [a for a, b in zip(codes, again, strict=True) if a != b] in ([], [0x7F])


@pytest.mark.parametrize("law", LAWS.values())
@given(st.integers(-32768, 32767))
def test_error_stays_within_half_a_step(law: Law, sample: int) -> None:
    decoded = int(law.decode(law.encode(np.array([sample], np.int16)))[0])
    assert abs(decoded - sample) <= max(16, abs(sample) / 16 + 8)


def test_silence_is_zero_or_next_to_it() -> None:
    assert MU_LAW.decode(bytes([MU_LAW.silence]))[0] == 0
    assert A_LAW.decode(bytes([A_LAW.silence]))[0] == 8


def test_peaks_are_the_standards() -> None:
    assert MU_LAW.decode(b"\x80")[0] == 32124
    assert A_LAW.decode(b"\xaa")[0] == 32256
