"""Texts cut into short messages, counted against another implementation of the alphabet."""

import pytest
from aiosmpplib import GSM7BitCodec
from hypothesis import given
from hypothesis import strategies as st

from callwright.kit.storable import storable
from callwright.texting.alphabet import decode_gsm, encode_gsm, is_gsm
from callwright.texting.segments import Alphabet, segments

GSM = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./019:;<=>?¡AZÄÖÑÜ§¿azäöñüà\f^{}\\[~]|€"
gsm_texts = st.text(st.sampled_from(GSM), max_size=700)
any_texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=400)


@given(gsm_texts)
def test_the_alphabet_is_the_networks(text: str) -> None:
    encoded, _ = GSM7BitCodec.get_codec_info().encode(text)

    assert encode_gsm(text) == encoded
    assert decode_gsm(encoded) == text


def test_the_alphabet_has_what_the_tables_have_and_no_more() -> None:
    written = [character for character in map(chr, range(0x3000)) if is_gsm(character)]

    assert len(written) == 127 + 10
    assert not is_gsm("ç")
    assert not is_gsm("\x1b")


@given(st.one_of(gsm_texts, any_texts))
def test_parts_join_to_the_text_and_fit_and_none_more_than_needed(text: str) -> None:
    cut, text = segments(text), storable(text)
    sizes = [len(part) for part in cut.encoded()]
    unit = 1 if cut.alphabet is Alphabet.GSM7 else 2
    alone, joined = (160, 153) if unit == 1 else (140, 134)

    assert "".join(cut.parts) == text
    assert cut.alphabet is (Alphabet.GSM7 if is_gsm(text) else Alphabet.UCS2)
    assert sum(sizes) == cut.units * unit
    if cut.count == 1:
        assert sizes[0] <= alone
    else:
        assert sum(sizes) > alone
        assert max(sizes) <= joined
        # Only what takes two units may leave one of them unused.
        assert min(sizes[:-1]) >= joined - unit


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("a" * 152 + "€" * 76, 2),
        ("中" * 70, 1),
        ("中" * 71, 2),
        ("中" * 134, 2),
        ("中" * 135, 3),
        ("🙂" * 35, 1),
        ("🙂" * 36, 2),
        ("🙂" * 66, 2),
        ("🙂" * 67, 3),
        ("a" * 69 + "中", 1),
        ("a" * 159 + "ç", 3),
    ],
)
def test_counts_as_the_networks_count(text: str, count: int) -> None:
    assert segments(text).count == count


def test_half_a_character_is_sent_as_the_mark_for_one_that_is_missing() -> None:
    assert segments("a\ud83d").parts == ("a\ufffd",)
