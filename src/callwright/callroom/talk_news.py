"""What whoever talks with a script by microphone sees beside it, as the messages of their connection."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from callwright.callroom.entries import turn_entry
from callwright.callroom.record import CallRecord, Step, Turn

Message = Mapping[str, Any]


class TalkNews:
    """The observer of one talk: tells as things happen, and everything once more at the end."""

    def __init__(self, tell: Callable[[Message], None], grades: Mapping[str, str]) -> None:
        self._tell = tell
        self._grades = grades

    def ringing(self, at: datetime) -> None:
        """Let it pass: a browser doesn't ring."""

    def answered(self, at: datetime) -> None:
        """Tell that the talk has begun."""
        self._tell({"type": "answered"})

    def turn_added(self, turn: Turn) -> None:
        """Tell what was said."""
        self._tell({"type": "turn", "turn": asdict(turn_entry(turn))})

    def entered(self, step: Step) -> None:
        """Tell which node was reached."""
        self._tell({"type": "step", "step": asdict(step)})

    def goodbye(self, reason: str, words: str) -> None:
        """Let it pass: it stands in the record."""

    def ended(self, record: CallRecord) -> None:
        """Tell how it ended: what was taken back since it was told is not in here."""
        grade = record.grade
        self._tell(
            {
                "type": "ended",
                "by": record.hung_up_by.value,
                "reason": record.goodbye or record.hang_up_reason or "",
                "failed": record.error is not None,
                "talk_ms": round(record.talk_s * 1000),
                "turns": [asdict(turn_entry(turn)) for turn in record.turns],
                "path": [asdict(step) for step in record.path],
                "collected": dict(record.collected),
                "grade": None
                if grade is None
                else {
                    "name": grade.name,
                    "label": self._grades.get(grade.name, ""),
                    "reasons": [asdict(reason) for reason in grade.reasons],
                },
            }
        )
