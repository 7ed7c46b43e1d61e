"""`callwright world`."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from callwright.cli.readiness import announce
from callwright.cli.running import load, run_until_ended
from callwright.simulator import scenario as scenarios
from callwright.simulator.world import WorldConfig, WorldReady, run_world
from callwright.speech.client import SpeechClient
from callwright.speech.protocol import Priority

app = typer.Typer()


@app.command()
def world(
    scenario: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="Who lives there.")],
    truth: Annotated[Path, typer.Option(help="Where to write what each handset did, a JSON line a call.")],
    port: Annotated[int, typer.Option(min=0, max=65535, help="UDP port of SIP; 0 takes any free one.")] = 5080,
    rtp_ports: Annotated[str, typer.Option(help="UDP ports of its RTP, first-last.")] = "40000-49999",
    user: Annotated[str, typer.Option(help="Name a line must register with; none: anyone may call.")] = "",
    password: Annotated[str, typer.Option(envvar="CALLWRIGHT_WORLD_PASSWORD", help="And its password.")] = "",
    understand: Annotated[bool, typer.Option(help="Let people understand what they are asked.")] = True,
) -> None:
    """Run a telephone world: a carrier with simulated people behind it."""
    settings = load()

    first, last = (int(end) for end in rtp_ports.split("-"))
    config = WorldConfig(
        scenario=scenarios.read(scenario),
        truth=truth,
        cache=settings.data_folder / "voices",
        port=port,
        rtp_ports=(first, last),
        users={user: password} if user else {},
    )
    run_until_ended(_world(config, settings.speech_socket_path if understand else None))


async def _world(config: WorldConfig, speech: Path | None) -> None:
    """Let a world live; with a speech server its people understand, but never before real calls do."""

    def ready(at: WorldReady) -> None:
        announce({"host": at.host, "port": at.port})

    if speech is None:
        await run_world(config, ready)
        return
    recogniser = await SpeechClient.connect(speech, priority=Priority.AHEAD, wait_s=60)
    try:
        await run_world(replace(config, recogniser=recogniser), ready)
    finally:
        await recogniser.close()
