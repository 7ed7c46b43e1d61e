"""`callwright up`."""

from typing import Annotated

import typer

from callwright.cli import house
from callwright.cli.running import load, run_until_ended

app = typer.Typer()


@app.command()
def up(
    web: Annotated[bool, typer.Option("--web/--no-web", help="Serve the browser application.")] = True,
    nodes: Annotated[int, typer.Option(min=1, max=8, help="How many call nodes share the work.")] = 1,
) -> None:
    """Run the whole house on this machine."""
    run_until_ended(house.stand(load(terminal=True), web=web, nodes=nodes))
