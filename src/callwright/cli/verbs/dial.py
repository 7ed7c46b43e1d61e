"""`callwright dial`."""

import typer

from callwright.cli.readiness import announce
from callwright.cli.running import load, run_until_ended
from callwright.wiring import dialer

app = typer.Typer()


@app.command()
def dial() -> None:
    """Run a dialer alone: of any number, one leads."""
    run_until_ended(dialer.dial(load(), ready=announce))
