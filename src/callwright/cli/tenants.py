"""`callwright tenant`: companies of this installation, and who may sign in."""

import asyncio
from typing import Annotated

import typer

from callwright import settings as settings_module
from callwright.accounts import service as accounts
from callwright.accounts.roles import Role
from callwright.wiring import database, folders, logs

app = typer.Typer(no_args_is_help=True)


@app.command()
def add(
    name: Annotated[str, typer.Argument(help="The company's name.")],
    owner: Annotated[str, typer.Option(help="E-mail address of its first user, the owner.")],
    owner_name: Annotated[str, typer.Option(help="That person's name.")],
    time_zone: Annotated[str, typer.Option(help="Such as Europe/London.")] = "UTC",
    region: Annotated[str, typer.Option(help="Two letters: how numbers without a country code are read.")] = "US",
    password: Annotated[
        str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for when not given.")
    ] = "",
) -> None:
    """Make a company with its owner, who can then sign in."""
    settings = settings_module.load()
    logs.configure("warning")
    folders.prepare(settings)

    async def work() -> None:
        async with database.at_hand(settings) as opened, opened.system() as session:
            tenant = await accounts.create_tenant(session, name=name, time_zone=time_zone, region=region)
            await accounts.create_user(
                session, tenant_id=tenant.id, email=owner, name=owner_name, role=Role.OWNER, password=password
            )

    asyncio.run(work())
    typer.echo(f"{name} is there, and {owner} can sign in.")
