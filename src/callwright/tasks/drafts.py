"""A task to be made, checked as far as that needs no look at anything else. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from uuid import UUID

from callwright.comparing.splitting import MOST_ARMS, WHOLE
from callwright.dialing.calling_hours import CallingHours
from callwright.dialing.concurrency import Concurrency, ConcurrencyMode, check_concurrency
from callwright.dialing.country_rules import Purpose
from callwright.dialing.redial import PROMISED, RedialPlan
from callwright.kit.names import checked_name
from callwright.tasks.errors import (
    ArmTwiceError,
    ConcurrencyError,
    FirstArmError,
    HoldTimeError,
    LinesOfOutboundError,
    NoLinesError,
    NoSeatsError,
    SharesError,
)

HOLD_MOST_S = 30.0


class Outbound(StrEnum):
    """TASK-5: how a task reaches the phone network."""

    MOBILE = "mobile"
    """Any number of mobile lines, each one channel and one AI seat."""
    FIXED = "fixed"
    POOLED = "pooled"
    GROUP = "group"
    """The lines of a policy group."""


class StartMode(StrEnum):
    """TASK-3: who starts a task."""

    MANUAL = "manual"
    AUTOMATIC = "automatic"


@dataclass(frozen=True, slots=True)
class ArmDraft:
    """A version of a script that ``share`` percent of the customers are to hear."""

    script_id: UUID
    version: int
    share: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskDraft:
    """What a person chooses for a new task. ``concurrency`` is asked of mode ``multi`` alone.

    Mobile tasks take one seat for each line, so that ``seats`` is not asked of them. Without ``arms`` everybody
    hears the script's published version.
    """

    name: str
    script_id: UUID
    arms: tuple[ArmDraft, ...] = ()
    outbound: Outbound = Outbound.FIXED
    line_ids: tuple[UUID, ...] = ()
    policy_group_id: UUID | None = None
    seats: int | None = None
    mode: ConcurrencyMode = ConcurrencyMode.PLAIN
    concurrency: int | None = None
    lost_limit_percent: float = 3.0
    hold_s: float = 2.0
    start_mode: StartMode = StartMode.MANUAL
    calling_hours: CallingHours | None = None
    redial: RedialPlan = field(default_factory=lambda: dict(PROMISED))
    purpose: Purpose = Purpose.MARKETING
    scramble: bool = False
    needs_crowd: bool = False


def check(draft: TaskDraft) -> str:
    """Return the task's name.

    Raises InvalidNameError, LinesOfOutboundError, HoldTimeError, FirstArmError, SharesError, ArmTwiceError.
    """
    name = checked_name(draft.name, thing="task")
    _check_lines(draft)
    if draft.arms:
        _check_arms(draft)
    if not 0 <= draft.hold_s <= HOLD_MOST_S:
        raise HoldTimeError(asked=draft.hold_s, most=HOLD_MOST_S, where="hold_s")
    return name


def _check_lines(draft: TaskDraft) -> None:
    lines, group = len(set(draft.line_ids)), draft.policy_group_id is not None
    wanted = {
        Outbound.MOBILE: lines >= 1 and not group,
        Outbound.FIXED: lines == 1 and not group,
        Outbound.POOLED: lines == 1 and not group,
        Outbound.GROUP: lines == 0 and group,
    }
    if not wanted[draft.outbound]:
        raise LinesOfOutboundError(wanted=_WANTED[draft.outbound], outbound=draft.outbound.value, where="line_ids")


def _check_arms(draft: TaskDraft) -> None:
    arms = draft.arms
    if arms[0].script_id != draft.script_id:
        raise FirstArmError(where="arms")
    total = sum(arm.share for arm in arms)
    if total != WHOLE or len(arms) > MOST_ARMS or min(arm.share for arm in arms) < 1:
        raise SharesError(total=total, most=MOST_ARMS, where="arms")
    seen: set[tuple[UUID, int]] = set()
    for arm in arms:
        if (arm.script_id, arm.version) in seen:
            raise ArmTwiceError(number=arm.version, where="arms")
        seen.add((arm.script_id, arm.version))


_WANTED: Mapping[Outbound, str] = {
    Outbound.MOBILE: "one or more mobile lines",
    Outbound.FIXED: "exactly one fixed line",
    Outbound.POOLED: "exactly one pooled line",
    Outbound.GROUP: "a policy group and no lines of its own",
}


def seats_of(draft: TaskDraft, total: int) -> int:
    """Return how many AI seats the task takes. Raises NoSeatsError, and ConcurrencyError where there are fewer."""
    if total < 1:
        raise NoSeatsError(where="seats")
    seats = len(set(draft.line_ids)) if draft.outbound is Outbound.MOBILE else draft.seats or 0
    if not 1 <= seats <= total:
        raise ConcurrencyError(asked=seats, limit_of="number of AI seats", most=total, where="seats")
    return seats


def concurrency_of(draft: TaskDraft, seats: int, *, highest_ceiling: int, channels: int) -> Concurrency:
    """Return how many calls at once the task chose, within what the lines' ``channels`` hold together.

    Raises what ``check_concurrency`` raises, NoLinesError, and ConcurrencyError.
    """
    if channels < 1:  # every line has a channel: only a group can be without any
        raise NoLinesError(where="policy_group_id")
    chosen = Concurrency(
        draft.mode,
        seats,
        calls=seats + 1 if draft.concurrency is None else draft.concurrency,
        ceiling=highest_ceiling,
        lost_limit=draft.lost_limit_percent / 100,
    )
    check_concurrency(chosen, highest_ceiling=highest_ceiling)
    if draft.mode is ConcurrencyMode.ADAPTIVE and chosen.most > channels >= seats:
        return replace(chosen, ceiling=channels / seats)
    if chosen.most > channels:
        where = "concurrency" if draft.mode is ConcurrencyMode.MULTI else "seats"
        raise ConcurrencyError(asked=chosen.most, limit_of="outbound way", most=channels, where=where)
    return chosen
