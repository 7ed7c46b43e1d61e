"""The versions of a task beside one another."""

from pydantic import Field

from callwright.comparing.comparison import Measure, Verdict
from callwright.web.schemas.base import Moment, Response
from callwright.web.schemas.tasks import Arm


class Between(Response):
    """The values that fit what was seen."""

    low: float
    high: float


class Estimated(Response):
    """A share (0 to 1) or a length in seconds, over so many people; its interval is one of 95 %."""

    value: float | None
    interval: Between | None
    of: int


class ArmFigures(Response):
    """What came of the customers of one version, each counted once however often they were called."""

    arm: Arm
    customers: int = Field(description="All who hear it, called or not.")
    called: int = Field(description="Whose call is over; whoever was only lost heard nothing and is not in it.")
    lost: int
    grades: list[str]
    good: list[str] = Field(description="The grades that count as good.")
    by_grade: dict[str, int]
    measures: dict[Measure, Estimated]


class ArmDifference(Response):
    """How far a version lies above the first: shares 0 to 1, lengths in seconds.

    Its interval is as wide as the verdict asks: it holds for all arms together, and however often one looks.
    """

    arm: int = Field(description="The place in `arms`.")
    measure: Measure
    value: float | None
    interval: Between | None
    verdict: Verdict


class TaskComparison(Response):
    """A task's versions compared; no arms where it plays just one."""

    arms: list[ArmFigures]
    differences: list[ArmDifference] = Field(description="Each from the first arm.")
    complete: bool = Field(description="Everybody was called: there was one look at the end, at nobody's choice.")
    settled_at: Moment | None = Field(description="When the rest was given to one; later calls are not compared.")


class Settled(Response):
    """How many customers hear another version now."""

    moved: int
