"""`callwright tenant`: companies of this installation, and who may sign in."""

import asyncio
from datetime import UTC, datetime
from typing import Annotated

import typer

from callwright.accounts import service as accounts
from callwright.accounts.roles import Role
from callwright.cli.running import load
from callwright.kit.errors import NotFoundError
from callwright.seats import service as seats_service
from callwright.wiring import database

app = typer.Typer()
tenant = typer.Typer(no_args_is_help=True)
app.add_typer(tenant, name="tenant", help="Companies of this installation, and who may sign in.")


@tenant.command()
def add(
    name: Annotated[str, typer.Argument(help="The company's name.")],
    owner: Annotated[str, typer.Option(help="E-mail address of its first user, the owner.")],
    owner_name: Annotated[str, typer.Option(help="That person's name.")],
    time_zone: Annotated[str, typer.Option(help="Such as Europe/London.")] = "UTC",
    region: Annotated[str, typer.Option(help="Two letters: how numbers without a country code are read.")] = "US",
    currency: Annotated[str, typer.Option(help="Three letters: what its lines' prices are in.")] = "USD",
    password: Annotated[
        str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for when not given.")
    ] = "",
) -> None:
    """Make a company with its owner, who can then sign in."""
    settings = load(terminal=True)

    async def work() -> str:
        async with database.at_hand(settings) as opened, opened.system() as session:
            company = await accounts.create_tenant(
                session, name=name, time_zone=time_zone, region=region, currency=currency
            )
            await accounts.create_user(
                session, tenant_id=company.id, email=owner, name=owner_name, role=Role.OWNER, password=password
            )
            return company.name

    typer.echo(f"{asyncio.run(work())} is there, and {owner} can sign in.")


@tenant.command()
def user(
    name: Annotated[str, typer.Argument(help="The company's name.")],
    email: Annotated[str, typer.Argument(help="The address to sign in with.")],
    role: Annotated[Role, typer.Option(help="What the person is; an operator runs the whole installation.")],
    full_name: Annotated[str, typer.Option("--name", help="The person's name.")],
    password: Annotated[
        str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True, help="Asked for when not given.")
    ] = "",
) -> None:
    """Let one more person of a company sign in."""
    settings = load(terminal=True)

    async def work() -> None:
        async with database.at_hand(settings) as opened, opened.system() as session:
            company = await accounts.find_tenant(session, name)
            if company is None:
                raise NotFoundError(thing="company", key=name)
            await accounts.create_user(
                session, tenant_id=company.id, email=email, name=full_name, role=role, password=password
            )

    asyncio.run(work())
    typer.echo(f"{email} can sign in as {role.value}.")


@tenant.command()
def seats(
    name: Annotated[str, typer.Argument(help="The company's name.")],
    count: Annotated[int, typer.Argument(min=1, max=10_000, help="How many AI seats the pack holds.")],
) -> None:
    """Open a pack of AI seats for a company, from now on."""
    settings = load(terminal=True)

    async def work() -> None:
        async with database.at_hand(settings) as opened:
            async with opened.system() as session:
                company = await accounts.find_tenant(session, name)
            if company is None:
                raise NotFoundError(thing="company", key=name)
            async with opened.tenant(company.id) as session:
                await seats_service.open_pack(session, seats=count, opens_at=datetime.now(UTC))

    asyncio.run(work())
    typer.echo(f"{name} has {count} more AI seats.")
