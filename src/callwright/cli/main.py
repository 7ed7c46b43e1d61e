"""The command line. A mistake that a person can mend is one clear sentence and exit code 1, never a traceback."""

import sys
from importlib import import_module

import typer

from callwright.cli.readiness import ERROR_PREFIX
from callwright.kit.errors import CallwrightError

VERBS = ("demo", "up", "tenant", "migrate", "serve", "dial", "node", "work", "speech", "world")
"""Each is a module of ``cli.verbs``; only the one asked for is loaded, since a call node needs no web server."""


def main() -> None:
    """Run the command line."""
    app = typer.Typer(
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(_an_outbound_call_centre)
    asked = [verb for verb in VERBS if verb in sys.argv[1:2]]
    for verb in asked or VERBS:
        app.add_typer(import_module(f"callwright.cli.verbs.{verb}").app)
    try:
        app()
    except CallwrightError as error:
        sys.stderr.write(f"{ERROR_PREFIX}{error}\n")
        sys.exit(1)


def _an_outbound_call_centre() -> None:
    """An outbound call centre that runs itself."""
    # A callback keeps the verb in front even when only one verb is loaded.
