"""How busy each pacing rule keeps the AI seats, and how many people it loses.

``python -m bench.pacing``: a simulated floor (``bench/pacing_floor.py``) is driven by the code that ships and by
others' rules (``bench/pacing_rules.py``), on the same people: mean talk 49 s, answers about 8 s after the call
starts, a tenth of the others busy or refused at once, the rest rung out at 25 s; nobody waits, except in the table
that says so. Use is counted after the first quarter of an hour, lost people from the first second. The last line
is one JSON object, of the adaptive rule at 25 % answer; its worst is over the steady and the drifting floor.
"""

import argparse
import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from bench.pacing_floor import FloorRun, Outcome, Rule, Setting
from bench.pacing_rules import Callwright, DropRateController, Vicidial
from rich.console import Console
from rich.table import Table

from callwright.dialing.concurrency import DEFAULT_HOLD_S, Concurrency, ConcurrencyMode

_HOURS = {5: 8.0, 10: 6.0, 20: 4.0, 50: 3.0, 100: 2.0}
_LIMIT_PERCENT = 3.0
_FOUR, _TWO = "adaptive, to 4n", "adaptive, to 2n"


def _plain(setting: Setting) -> Rule:
    return Callwright(Concurrency(ConcurrencyMode.PLAIN, setting.seats))


def _one_more(setting: Setting) -> Rule:
    return Callwright(Concurrency(ConcurrencyMode.MULTI, setting.seats, calls=setting.seats + 1))


def _double(setting: Setting) -> Rule:
    return Callwright(Concurrency(ConcurrencyMode.MULTI, setting.seats, calls=2 * setting.seats))


def _adaptive(ceiling: float) -> Callable[[Setting], Rule]:
    def make(setting: Setting) -> Rule:
        chosen = Concurrency(ConcurrencyMode.ADAPTIVE, setting.seats, ceiling=ceiling)
        return Callwright(chosen, hold_s=setting.hold_s)

    return make


_RULES: dict[str, Callable[[Setting], Rule]] = {
    "one per seat": _plain,
    "n + 1": _one_more,
    "2n": _double,
    "VICIdial-like, average": lambda _: Vicidial(hard=False),
    "VICIdial-like, hard limit": lambda _: Vicidial(hard=True),
    "PI on the drop rate, to 4n": lambda _: DropRateController(4.0),
    _TWO: _adaptive(2.0),
    _FOUR: _adaptive(4.0),
}
_OURS = ("2n", _TWO, _FOUR)


@dataclass(frozen=True, slots=True)
class Measured:
    """What one rule did on one kind of floor."""

    use_percent: float
    lost_percent: float


Column = dict[str, Measured]


def measure(setting: Setting, names: Iterable[str], seeds: int, hours_share: float) -> Column:
    """Return what each of the rules did over ``seeds`` shifts."""
    hours = _HOURS[setting.seats] * hours_share
    return {
        name: _pool([FloorRun(setting, _RULES[name](setting), seed).run(hours) for seed in range(seeds)])
        for name in names
    }


def _pool(outcomes: list[Outcome]) -> Measured:
    used, there = sum(one.used_s for one in outcomes), sum(one.there_s for one in outcomes)
    lost, answered = sum(one.lost for one in outcomes), sum(one.answered for one in outcomes)
    return Measured(100 * used / there, 100 * lost / answered)


def _table(title: str, columns: dict[int, Column]) -> Table:
    """Return seat use and lost share of each rule; the first among those under the limit is bold."""
    table = Table(title=title)
    table.add_column("seat use % / lost %")
    for seats in columns:
        table.add_column(f"{seats} seats", justify="right")
    best = {
        seats: max(
            (name for name, got in column.items() if got.lost_percent < _LIMIT_PERCENT),
            key=lambda name, column=column: column[name].use_percent,  # type: ignore[misc]
        )
        for seats, column in columns.items()
    }
    for name in next(iter(columns.values())):
        cells = []
        for seats, column in columns.items():
            text = f"{column[name].use_percent:.1f} / {column[name].lost_percent:.2f}"
            cells.append(f"[bold]{text}[/bold]" if best[seats] == name else text)
        table.add_row(name, *cells)
    return table


def _floors() -> list[tuple[str, Setting, Iterable[str], int]]:
    """Return the kinds of floor: title, setting, rules, and how much of the seeds it gets."""
    usual = Setting(seats=0, answer=0.25)
    floors: list[tuple[str, Setting, Iterable[str], int]] = [("25 % answer, steady", usual, _RULES, 3)]
    for answer, drift in ((0.25, 0.4), (0.15, 0.0), (0.15, 0.4), (0.4, 0.0), (0.4, 0.4)):
        title = f"{100 * answer:.0f} % answer, {'swings by ±40 % within the hour' if drift else 'steady'}"
        floors.append((title, replace(usual, answer=answer, drift=drift), _RULES, 1))
    held = replace(usual, hold_s=DEFAULT_HOLD_S)
    floors.append((f"25 % answer, steady, people wait {DEFAULT_HOLD_S:g} s", held, _OURS, 1))
    varied = replace(usual, talk="lognormal")
    floors.append(("25 % answer, steady, talks lognormal rather than exponential", varied, _OURS, 1))
    return floors


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="one seed, a third of the hours, 25 %% answer only")
    options = parser.parse_args()
    console, began = Console(width=120), time.perf_counter()
    results: list[tuple[Setting, dict[int, Column]]] = []
    for title, setting, names, seeds in _floors()[: 2 if options.quick else None]:
        seeds, share = (1, 1 / 3) if options.quick else (seeds, 1.0)
        columns = {seats: measure(replace(setting, seats=seats), names, seeds, share) for seats in _HOURS}
        results.append((setting, columns))
        console.print(_table(title, columns))
    console.print(f"{time.perf_counter() - began:.0f} s")
    print(json.dumps(_summary(results)))


def _summary(results: list[tuple[Setting, dict[int, Column]]]) -> dict[str, object]:
    def worst(columns: Iterable[dict[int, Column]]) -> float:
        return max(one[name].lost_percent for kind in columns for one in kind.values() for name in (_TWO, _FOUR))

    steady = results[0][1]
    return {
        "worst_lost_percent": round(worst(columns for setting, columns in results if setting.answer == 0.25), 2),
        "worst_lost_percent_any_answer": round(worst(columns for _, columns in results), 2),
        "use_percent_4n": {seats: round(column[_FOUR].use_percent, 1) for seats, column in steady.items()},
        "use_percent_2n": {seats: round(column[_TWO].use_percent, 1) for seats, column in steady.items()},
        "use_percent_fixed_2n": {seats: round(column["2n"].use_percent, 1) for seats, column in steady.items()},
    }


if __name__ == "__main__":
    main()
