"""How calls are assumed to go where none were recorded."""

import math

from callwright.dialing.rehearsal.facts import CONNECTED, VOICEMAIL, Draw

MEAN_TALK_S = 49.0
_ANSWERED = 50
_RING_S, _RING_SPREAD = 8.0, 0.5


def assumed_draws() -> list[Draw]:
    """Return 200 calls: a quarter reach a person after about 8 s, who talks for 49 s on average; half ring out."""
    people = [
        Draw(CONNECTED, _ring_s(place), -MEAN_TALK_S * math.log(1 - (place + 0.5) / _ANSWERED))
        for place in range(_ANSWERED)
    ]
    return [
        *people,
        *[Draw(VOICEMAIL, 20.0, 12.0)] * 10,
        *[Draw("no_answer", 25.0)] * 90,
        *[Draw("busy", 2.0)] * 16,
        *[Draw("refused", 5.0)] * 20,
        *[Draw("unreachable", 4.0)] * 10,
        *[Draw("invalid_number", 2.0)] * 4,
    ]


def _ring_s(place: int) -> float:
    """Return the ``place``-th of so many answers, in an order that has nothing to do with how long they talk."""
    share = (place * 21 % _ANSWERED + 0.5) / _ANSWERED
    return _RING_S * math.exp(_RING_SPREAD * math.log(share / (1 - share)) / 1.7)
