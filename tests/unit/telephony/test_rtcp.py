"""RTCP reports."""

from hypothesis import given
from hypothesis import strategies as st

from callwright.telephony import rtcp

u32 = st.integers(0, 2**32 - 1)
blocks = st.builds(
    rtcp.ReportBlock,
    ssrc=u32,
    fraction_lost=st.integers(0, 255),
    lost=st.integers(-(2**23), 2**23 - 1),
    highest_sequence=u32,
    jitter=u32,
    last_report=u32,
    delay_since_report=u32,
)
senders = st.builds(rtcp.SenderInfo, ntp=st.integers(0, 2**64 - 1), rtp_timestamp=u32, packets=u32, octets=u32)
reports = st.builds(
    rtcp.Report, ssrc=u32, sender=st.none() | senders, blocks=st.lists(blocks, max_size=3).map(tuple)
)


@given(reports, st.text("abcdef0123456789", min_size=1, max_size=40), st.booleans())
def test_what_is_packed_parses_back(report: rtcp.Report, cname: str, goodbye: bool) -> None:
    data = rtcp.pack(report, cname, goodbye=goodbye)
    assert len(data) % 4 == 0
    assert rtcp.parse(data) == rtcp.Compound((report,), (report.ssrc,) if goodbye else ())


@given(st.binary(max_size=200))
def test_any_bytes_never_raise(data: bytes) -> None:
    rtcp.parse(data)


@given(reports, st.integers(0, 60))
def test_what_is_cut_short_never_raises(report: rtcp.Report, kept: int) -> None:
    rtcp.parse(rtcp.pack(report, "x")[:kept])


def test_round_trip_is_what_passed_less_what_the_far_end_kept() -> None:
    sent, kept, arrived = 1_700_000_000.0, 0.5, 1_700_000_000.58
    block = rtcp.ReportBlock(1, 0, 0, 0, 0, rtcp.middle(rtcp.ntp_time(sent)), int(kept * 65536))
    trip = rtcp.round_trip_ms(block, rtcp.ntp_time(arrived))
    assert trip is not None
    assert abs(trip - 80) < 0.1


def test_a_far_end_that_heard_no_report_shows_no_round_trip() -> None:
    assert rtcp.round_trip_ms(rtcp.ReportBlock(1, 0, 0, 0, 0, 0, 0), rtcp.ntp_time(1.0)) is None
