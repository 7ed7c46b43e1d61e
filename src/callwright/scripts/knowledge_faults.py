"""What can be wrong with a sheet of questions, told by row and cell. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field

REASONS = {
    "question-missing": "the question is missing",
    "answer-missing": "a question that the script doesn't have yet needs an answer",
    "wordings-missing": "a question that the script doesn't have yet needs at least one wording",
    "too-many-wordings": "the question would have more than {most} wordings",
    "text-too-long": "it has more than {most} characters",
    "text-unshowable": "it holds characters that can't be shown or spoken",
    "wording-taken": "{other} is worded like that already",
    "node-unknown": "the script has no node of that name",
}


@dataclass(frozen=True, slots=True)
class SheetFault:
    """Why a cell is not taken; ``code`` is stable, with ``fields`` for whoever words it."""

    row: int
    column: str
    value: str | None
    code: str
    fields: Mapping[str, str | int] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """The fault in words."""
        return REASONS[self.code].format_map(self.fields)
