"""`callwright migrate`."""

import asyncio

import typer

from callwright.cli.running import load
from callwright.settings import Settings
from callwright.wiring import database

app = typer.Typer()


@app.command()
def migrate() -> None:
    """Bring the database up to date."""

    async def work(settings: Settings) -> None:
        async with database.at_hand(settings) as opened:
            typer.echo(f"The database ({opened.address}) is up to date.")

    asyncio.run(work(load()))
