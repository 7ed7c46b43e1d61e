"""`callwright serve`."""

import typer

from callwright.cli.readiness import announce
from callwright.cli.running import load, run_until_ended
from callwright.wiring import web

app = typer.Typer()


@app.command()
def serve() -> None:
    """Run the browser application and the API alone."""
    run_until_ended(web.serve(load(), ready=announce))
