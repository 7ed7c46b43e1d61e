"""Whether a line works, from the results of the calls over it.

Three signs make a line faulty:

- FAULTS_IN_A_ROW diallings in a row failed in the line itself;
- UNANSWERED_IN_A_ROW calls in a row without a connection (SPEC TASK-15);
- the rate of connections fell to a tenth of the line's own, found sooner by Page's cumulative sum (E. S. Page,
  *Continuous inspection schemes*, Biometrika 41, 1954). Each call adds the logarithm of how much likelier it is at
  the fallen rate than at the line's own, and the sum never goes below zero. With the drift d per call at the line's
  own rate, a sum that reaches h comes by chance about every exp(h) / d calls (D. Siegmund, *Sequential Analysis*,
  1985, leaving out the overshoot, which makes it rarer still); h is set for CALLS_PER_FALSE_ALARM. A dead line is
  found after 14, 24 or 39 calls where 60, 40 or 25 % connected before; under 20 % the fixed number comes first. A
  tenth, rather than half, and a short memory: the rate moves by 40 % in a day on a line that works.

A faulty line is given one call now and then, after one minute and then ever rarer. The first that shows that the
line is well again clears the fault.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from callwright.dialing.outcome import FAULTS_IN_A_ROW, LINE_FAULT

UNANSWERED_IN_A_ROW = 50
SILENT = 10
"""After so many calls in a row without a connection it is timed for how long there is none."""
CALLS_PER_FALSE_ALARM = 100_000
FALL = 0.1
"""The fallen rate as a share of the line's own."""
LEARNING = 100
"""So many calls must be known before a change of the rate is looked for."""
MEMORY = 200
"""The line's own rate is the mean of about so many latest calls."""
SETTLED = timedelta(seconds=20)
"""A run of refusals, or a fallen rate, counts once it has lasted so long: of many calls that start together those
that nobody answers are over first."""
FIRST_PROBE = timedelta(minutes=1)
RAREST_PROBE = timedelta(minutes=15)
PROBE_REACHES_GATE = timedelta(minutes=1)
"""So long after it was planned a probe may still be dialled; the next one is planned later than that."""

CONNECTED = frozenset({"connected", "lost", "voicemail", "technical_fault"})
"""The phone states in which the far end picked up."""


class LineFault(StrEnum):
    """Why a line is faulty."""

    LINE = "line_faults"
    UNANSWERED = "no_connection"
    RATE = "connect_rate_fell"


@dataclass(frozen=True, slots=True)
class Health:
    """What is known of a line: streaks, its own rate of connections, the cumulative sum, its fault and probes."""

    calls: int = 0
    rate: float = 0.0
    unanswered: int = 0
    line_faults: int = 0
    fallen: float = 0.0
    silent_since: datetime | None = None
    suspected_since: datetime | None = None
    fault: LineFault | None = None
    faulty_since: datetime | None = None
    probes: int = 0
    probed_at: datetime | None = None
    next_probe_at: datetime | None = None


def after_call(health: Health, phone_state: str, at: datetime) -> Health:
    """Return the health of a line after a call over it ended at ``at`` in ``phone_state``."""
    counted = _counted(health, phone_state, at)
    if health.fault is None:
        fault = _fault(counted, at)
        return counted if fault is None else _broken(counted, fault, at)
    return _well(counted) if _shows_well(health.fault, phone_state) else counted


def probe_due(health: Health, now: datetime) -> bool:
    """Say whether a faulty line is to be given one call now."""
    return health.next_probe_at is not None and health.next_probe_at <= now


def probing(health: Health, now: datetime) -> bool:
    """Say whether the call that a faulty line was given last is yet to be dialled."""
    return health.probed_at is not None and now < health.probed_at + PROBE_REACHES_GATE


def after_probe_began(health: Health, now: datetime) -> Health:
    """Return the health of a faulty line that was just given a call, so that the next comes later."""
    wait = min(FIRST_PROBE * 2 ** min(health.probes + 1, 10), RAREST_PROBE)
    return replace(health, probes=health.probes + 1, probed_at=now, next_probe_at=now + wait)


def to_data(health: Health) -> dict[str, Any]:
    """Return ``health`` as JSON can hold it."""
    return {
        "calls": health.calls,
        "rate": round(health.rate, 6),
        "unanswered": health.unanswered,
        "line_faults": health.line_faults,
        "fallen": round(health.fallen, 6),
        "silent_since": health.silent_since and health.silent_since.isoformat(),
        "suspected_since": health.suspected_since and health.suspected_since.isoformat(),
        "fault": health.fault and health.fault.value,
        "faulty_since": health.faulty_since and health.faulty_since.isoformat(),
        "probes": health.probes,
        "probed_at": health.probed_at and health.probed_at.isoformat(),
        "next_probe_at": health.next_probe_at and health.next_probe_at.isoformat(),
    }


def from_data(data: Mapping[str, Any]) -> Health:
    """Return the health that :func:`to_data` wrote; of an empty mapping that of a line never used."""
    known = dict(data)
    for name in ("silent_since", "suspected_since", "faulty_since", "probed_at", "next_probe_at"):
        if known.get(name):
            known[name] = datetime.fromisoformat(known[name])
    if known.get("fault"):
        known["fault"] = LineFault(known["fault"])
    return Health(**known)


def _counted(health: Health, phone_state: str, at: datetime) -> Health:
    silent_since = health.silent_since or (at if health.unanswered >= SILENT else None)
    if phone_state == LINE_FAULT:
        return replace(
            health,
            line_faults=health.line_faults + 1,
            unanswered=health.unanswered + 1,
            silent_since=silent_since,
        )
    connected = phone_state in CONNECTED
    calls = min(health.calls + 1, MEMORY)
    rate = health.rate + (connected - health.rate) / calls
    fallen = _fallen(health, connected=connected)
    suspect = fallen > 0 and fallen >= _threshold(rate)
    return replace(
        health,
        calls=calls,
        rate=rate,
        unanswered=0 if connected else health.unanswered + 1,
        line_faults=0,
        fallen=fallen,
        silent_since=None if connected else silent_since,
        suspected_since=(health.suspected_since or at) if suspect else None,
    )


def _fallen(health: Health, *, connected: bool) -> float:
    """Return the cumulative sum after one more call: how much better the fallen rate explains the latest ones."""
    if health.calls < LEARNING or not 0 < health.rate < 1:
        return 0.0
    step = math.log(FALL) if connected else math.log((1 - FALL * health.rate) / (1 - health.rate))
    return max(0.0, health.fallen + step)


def _fault(health: Health, at: datetime) -> LineFault | None:
    if health.line_faults >= FAULTS_IN_A_ROW:
        return LineFault.LINE
    if health.unanswered >= UNANSWERED_IN_A_ROW and _settled(health.silent_since, at):
        return LineFault.UNANSWERED
    return LineFault.RATE if _settled(health.suspected_since, at) else None


def _settled(since: datetime | None, at: datetime) -> bool:
    return since is not None and at - since >= SETTLED


def _threshold(rate: float) -> float:
    drift = -rate * math.log(FALL) - (1 - rate) * math.log((1 - FALL * rate) / (1 - rate))
    return math.log(max(CALLS_PER_FALSE_ALARM * drift, math.e))


def _shows_well(fault: LineFault, phone_state: str) -> bool:
    """Say whether a result clears ``fault``: any answer of the network, where the line itself had failed."""
    return phone_state in CONNECTED or (fault is LineFault.LINE and phone_state != LINE_FAULT)


def _broken(health: Health, fault: LineFault, at: datetime) -> Health:
    return replace(health, fault=fault, faulty_since=at, probes=0, next_probe_at=at + FIRST_PROBE)


def _well(health: Health) -> Health:
    return replace(
        health,
        unanswered=0,
        line_faults=0,
        fallen=0.0,
        silent_since=None,
        suspected_since=None,
        fault=None,
        faulty_since=None,
        probes=0,
        probed_at=None,
        next_probe_at=None,
    )
