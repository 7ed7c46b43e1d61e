"""Conditions, and the rules of the grades, as a script's author writes them."""

from typing import Annotated

from pydantic import Field, StringConstraints

from callwright.dialogue.parts import Label, Name, Names, Part, Values


class Test(Part):
    """A test of one variable's value; numbers are compared as numbers. All that is given must hold."""

    variable: Name
    filled: bool | None = None
    one_of: Values | None = Field(default=None, alias="is")
    none_of: Values | None = Field(default=None, alias="is_not")
    above: float | None = None
    below: float | None = None


class When(Part):
    """A condition. Everything given must hold; of a list of nodes, intents or endings any one is enough."""

    reached: Names = ()
    not_reached: Names = ()
    met: Names = ()
    not_met: Names = ()
    collected: Names = ()
    ended: Names = ()
    where: tuple[Test, ...] = ()
    turns_at_least: int | None = Field(default=None, ge=0, le=1000)
    talk_at_least_s: float | None = Field(default=None, ge=0)
    talk_below_s: float | None = Field(default=None, ge=0)
    any: tuple["When", ...] = ()


class GradeRule(Part):
    """Gives ``grade`` where ``when`` holds; ``because`` is the reason shown to people."""

    grade: str
    because: Label
    when: When


class GradeDefault(Part):
    """The grade of a call that no rule fits."""

    grade: str
    because: Label


class Grades(Part):
    """The intention grades, best first, with what each is called; the first rule that holds decides."""

    names: dict[Annotated[str, StringConstraints(min_length=1, max_length=20)], Label] = Field(min_length=1)
    rules: tuple[GradeRule, ...] = ()
    default: GradeDefault
