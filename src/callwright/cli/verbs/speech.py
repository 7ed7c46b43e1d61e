"""`callwright speech`."""

import typer

from callwright.cli.readiness import announce
from callwright.cli.running import load, run_until_ended
from callwright.speech import server
from callwright.wiring.speech import server_config

app = typer.Typer()


@app.command()
def speech() -> None:
    """Run the speech server of this machine."""
    run_until_ended(server.serve(server_config(load()), ready=announce))
