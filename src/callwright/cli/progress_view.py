"""Live progress of a call task in the terminal."""

from types import TracebackType

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.markup import escape
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from callwright.calls.schemas import LiveCall, Percentiles, Progress, Summary
from callwright.dialing.lifecycle import Waiting
from callwright.dialing.window import ClosedReason
from callwright.tasks.schemas import Trouble, Wait

WORDS_SHOWN = 60
LOOKS_UNTIL_TOLD = 10
"""A house that starts has to look at its lines first, which is nothing to tell of."""


class ProgressView:
    """Shows a task's figures and its live calls while the block lasts."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._why, self._looks = "", 0
        self._told = ""
        self._live = Live(console=console, refresh_per_second=4, transient=True)

    def __enter__(self) -> "ProgressView":
        self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._live.stop()

    def show(self, progress: Progress) -> None:
        """Show ``progress``."""
        self._tell_of(why_waiting(progress.wait, progress.trouble))
        self._live.update(Group(_headline(progress), _calls(progress.live)))

    def _tell_of(self, why: str) -> None:
        """Print what calls wait for once it has stood for a while; kept when the live display is gone."""
        self._looks = self._looks + 1 if why == self._why else 1
        self._why = why
        if self._looks >= LOOKS_UNTIL_TOLD and why and why != self._told:
            self._told = why
            self._console.print(f"[bold yellow]Calls are waiting:[/] {escape(why)}")


_WAITS = {
    Waiting.SEATS: "the task needs {seats} AI seats and {free} are free",
    Waiting.LINES: "none of the task's lines can be used ({standing})",
    Waiting.CHANNELS: "other tasks use every channel of the task's lines",
    Waiting.CREDIT: "the balance does not cover another call",
    Waiting.NODES: "no call node takes calls",
    Waiting.ERROR: "something about the task can't be read; the log says what",
    Waiting.DUE: "whoever is left is to be called again later",
    ClosedReason.UNKNOWN_ZONE: "the company's time zone is unknown",
    ClosedReason.HOLIDAY: "it is a holiday",
    ClosedReason.DAY_OFF: "nobody is called on this day",
    ClosedReason.BEFORE_HOURS: "the calling hours have not begun",
    ClosedReason.AFTER_HOURS: "the calling hours are over",
    ClosedReason.NO_DIAL_PERIOD: "it is a no-dial period",
}


def why_waiting(wait: Wait, trouble: Trouble | None) -> str:
    """Return what calls wait for, and until when by this machine's clock; nothing while they don't."""
    if trouble is not None:
        return trouble.detail
    if not wait.reason:
        return ""
    known = {"seats": "", "free": "", "standing": "", **wait.detail}
    why = next((words for code, words in _WAITS.items() if code == wait.reason), wait.reason).format_map(known)
    return f"{why}, until {wait.until.astimezone():%a %d %b %H:%M}" if wait.until else why


def _headline(progress: Progress) -> RenderableType:
    grid = Table.grid(padding=(0, 2))
    bar = ProgressBar(total=max(progress.customers, 1), completed=progress.done, width=30)
    figures = f"{progress.done} of {progress.customers} done{_never(progress)}, {progress.connected} connected"
    grades = "  ".join(f"{grade} {count}" for grade, count in sorted(progress.by_grade.items()))
    grid.add_row(bar, figures, Text(grades, style="cyan"))
    return grid


def _never(progress: Progress) -> str:
    """Return how many of those done were called, where some are never to be."""
    listed = f", {progress.do_not_call} on do-not-call" if progress.do_not_call else ""
    denied = f", {progress.denied} denied by a rule" if progress.denied else ""
    return f" ({progress.called} called{listed}{denied})" if listed or denied else ""


def _calls(live: list[LiveCall]) -> RenderableType:
    table = Table(box=None, show_header=False, padding=(0, 2))
    for call in live:
        words = call.last_text or ""
        shown = words if len(words) <= WORDS_SHOWN else words[: WORDS_SHOWN - 1] + "…"
        table.add_row(Text(call.customer_name), Text(call.stage, style="green"), Text(shown, style="dim"))
    return table


def result_table(summary: Summary) -> Table:
    """Return what a finished task came to, for people."""
    table = Table(title="What came of it", show_header=False, title_justify="left")
    table.add_row("Attempts", str(summary.attempts))
    table.add_row("Connected", str(summary.connected))
    for title, counts in (("Phone states", summary.by_phone_state), ("Grades", summary.by_grade)):
        told = ", ".join(f"{name.replace('_', ' ')} {count}" for name, count in sorted(counts.items()))
        table.add_row(title, told or "none")
    table.add_row("Recordings, transcripts", f"{summary.recordings}, {summary.transcripts}")
    table.add_row("Reply (p50, p95)", _told(summary.reply_ms))
    table.add_row("Answer to first words (p50, p95)", _told(summary.answer_to_audio_ms))
    return table


def _told(figures: Percentiles | None) -> str:
    return f"{figures.p50} ms, {figures.p95} ms" if figures else "none"
