"""`callwright demo`."""

from typing import Annotated

import typer

from callwright.cli.demo import Wanted, run
from callwright.cli.running import load, run_until_ended

app = typer.Typer()


@app.command()
def demo(
    calls: Annotated[int, typer.Option(min=1, max=2000, help="How many people are rung.")] = 20,
    concurrency: Annotated[int, typer.Option(min=1, max=100, help="How many at once.")] = 5,
    seed: Annotated[int, typer.Option(help="Which people live in the telephone world.")] = 1,
    end: Annotated[bool, typer.Option("--exit", help="End when the task is done.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as one JSON line, the last.")] = False,
    web: Annotated[bool, typer.Option("--web/--no-web", help="Serve the browser application.")] = True,
) -> None:
    """Ring simulated people over real SIP and RTP, talk with them, and show it in the browser."""
    wanted = Wanted(calls, concurrency, seed, end, as_json, web)
    run_until_ended(run(load(terminal=True), wanted))
