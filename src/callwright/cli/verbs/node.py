"""`callwright node`."""

import typer

from callwright.cli.readiness import announce
from callwright.cli.running import load, run_until_ended
from callwright.wiring import node as node_wiring

app = typer.Typer()


@app.command()
def node() -> None:
    """Run a call node alone."""
    run_until_ended(node_wiring.node(load(), ready=announce))
