"""What will happen to the calls under way: who answers, whose seat becomes free, within the next moments.

Life tables: in each bin of age, the share of those who reached that age and answered, or ended, in it. A little
caution is mixed in, as if a few calls had been seen that people answered quickly, until there are real ones.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from callwright.dialing.pacing_state import RING_BIN_S, RING_BINS, TALK_BIN_S, TALK_BINS, Counts, PacingState

_MOMENTS: Final = (1 / 6, 1 / 2, 5 / 6)
"""A call started now is looked at where a sixth, a half and five sixths of its possible answers have come."""

_ANSWERS_PER_S: Final = 0.05
_RINGS_ASSUMED: Final = 2.0
_TALK_ENDS_PER_S: Final = 0.02
_TALKS_ASSUMED: Final = 20.0


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """Chances at each of the moments that are looked at, and the state they were worked out from.

    ``answers``: by ring age, that the call has been answered by then (row a moment); the same number of rows
    below holds the variance. ``frees``: by talk age, the same for the seat to be free, negative in the mean.
    ``new``: that a call started now has been answered by then.
    """

    state: PacingState
    answers: Counts
    frees: Counts
    new: tuple[float, ...]


def look_ahead(state: PacingState, *, hold_s: float) -> Outlook:
    """Return the outlook from ``state``, for people who wait for a seat for ``hold_s`` seconds; about 0.1 ms."""
    reached, answered_by = _ring_table(state)
    moments = np.searchsorted(answered_by, answered_by[-1] * np.array(_MOMENTS))
    later = np.minimum(np.arange(RING_BINS) + moments[:, None], RING_BINS)
    still = np.maximum(reached[:-1], 1e-9)
    answers = np.clip((answered_by[later] - answered_by[:-1]) / still, 0, 1)
    frees = _chance_to_end(state, moments * RING_BIN_S + hold_s)
    return Outlook(
        state,
        np.vstack((answers, answers * (1 - answers))),
        np.vstack((-frees, frees * (1 - frees))),
        tuple(answered_by[moments].tolist()),
    )


def _ring_table(state: PacingState) -> tuple[Counts, Counts]:
    """Return the share that still rings, and the share that has been answered, at each age in bins from 0."""
    at_risk = _suffix_sums(state.answered_after + state.unanswered_after) + _RINGS_ASSUMED
    answers = (state.answered_after + _RINGS_ASSUMED * _ANSWERS_PER_S * RING_BIN_S) / at_risk
    ends = np.minimum(answers + state.unanswered_after / at_risk, 1.0)
    reached = np.concatenate(([1.0], np.cumprod(1 - ends)))
    return reached, np.concatenate(([0.0], np.cumsum(reached[:-1] * answers)))


def _chance_to_end(state: PacingState, within_s: Counts) -> Counts:
    """Return the chance that a talk of each age, in bins, ends within each of ``within_s`` (row a time)."""
    at_risk = _suffix_sums(state.talked)
    lived_bins = at_risk.sum() - state.talked.sum() / 2
    usual = (state.talked.sum() + _TALKS_ASSUMED * _TALK_ENDS_PER_S * TALK_BIN_S) / (lived_bins + _TALKS_ASSUMED)
    ends = np.minimum((state.talked + _TALKS_ASSUMED * usual) / (at_risk + _TALKS_ASSUMED), 0.95)
    rates = -np.log1p(-ends)
    edges = np.arange(TALK_BINS + 1)
    ages = np.arange(TALK_BINS) + (within_s / TALK_BIN_S)[:, None]
    hazard = np.concatenate(([0.0], np.cumsum(rates)))
    beyond = np.maximum(ages - TALK_BINS, 0.0) * rates[-1]
    return np.asarray(1 - np.exp(hazard[:-1] - np.interp(ages, edges, hazard) - beyond))


def _suffix_sums(counts: Counts) -> Counts:
    return np.cumsum(counts[::-1])[::-1]
