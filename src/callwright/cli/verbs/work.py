"""`callwright work`."""

import typer

from callwright.cli.readiness import announce
from callwright.cli.running import load, run_until_ended
from callwright.wiring import worker

app = typer.Typer()


@app.command()
def work() -> None:
    """Run a job worker alone: any number of them share the jobs."""
    run_until_ended(worker.work(load(), ready=announce))
