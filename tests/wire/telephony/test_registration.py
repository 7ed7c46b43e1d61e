"""Credentials and registrations, against SIPp and between two of our own engines."""

import asyncio
from pathlib import Path

import pytest
from tests.waiting import PATIENCE_S
from tests.wire.telephony.conftest import StartEngine
from tests.wire.telephony.peers import HOST, free_ports, sipp
from tests.wire.telephony.rooms import Story
from tests.wire.telephony.strangers import LooseRegistrar, ask, registration

from callwright.telephony.embedded.config import Challenge
from callwright.telephony.embedded.engine import EmbeddedEngine
from callwright.telephony.port import (
    Answered,
    IncomingCall,
    Originate,
    PhoneState,
    Trunk,
    TrunkState,
    TrunkStatus,
)

USER, PASSWORD = "callwright", "correct horse"
CHALLENGE = Challenge("carrier", {USER: PASSWORD})


def trunk(port: int, password: str = PASSWORD, *, register: bool = False, expires_s: int = 300) -> Trunk:
    return Trunk("carrier", HOST, port, USER, password, register=register, register_expires_s=expires_s)


async def reaches(engine: EmbeddedEngine, state: TrunkState) -> TrunkStatus:
    """Wait until the registration stands so."""
    async with asyncio.timeout(PATIENCE_S):
        while (status := engine.status("carrier")) is None or status.state is not state:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    return status


async def changes(engine: EmbeddedEngine) -> TrunkStatus | None:
    """Wait until the registration stands otherwise than now."""
    before = engine.status("carrier")
    async with asyncio.timeout(PATIENCE_S):
        while engine.status("carrier") == before:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    return engine.status("carrier")


async def test_a_carrier_that_demands_credentials_gets_them(start_engine: StartEngine, tmp_path: Path) -> None:
    engine = await start_engine()
    async with sipp("challenge", tmp_path) as peer:
        await engine.set_trunk(trunk(peer.port))
        placed = await engine.originate(Originate("carrier", "2000", "4000"))
        story = Story(placed)
        await story.until(Answered)
        await placed.hang_up()
        await peer.finished()


async def test_a_carrier_that_demands_them_of_a_hang_up_too(start_engine: StartEngine, tmp_path: Path) -> None:
    engine = await start_engine()
    async with sipp("challenge_bye", tmp_path) as peer:
        await engine.set_trunk(trunk(peer.port))
        placed = await engine.originate(Originate("carrier", "2000", "4000"))
        story = Story(placed)
        await story.until(Answered)
        await placed.hang_up()
        await peer.finished()


async def test_wrong_credentials_are_a_fault_of_the_line(start_engine: StartEngine, tmp_path: Path) -> None:
    engine = await start_engine()
    async with sipp("challenge", tmp_path) as peer:
        await engine.set_trunk(trunk(peer.port, "wrong"))
        ended = await Story(await engine.originate(Originate("carrier", "2000", "4000"))).ended()
        await peer.finished()
    assert (ended.phone_state, ended.code) == (PhoneState.LINE_FAULT, 403)


async def test_is_registered_refreshed_in_time_and_taken_back(start_engine: StartEngine, tmp_path: Path) -> None:
    engine = await start_engine()
    async with sipp("registrar", tmp_path) as peer:
        await engine.set_trunk(trunk(peer.port, register=True))
        await reaches(engine, TrunkState.REGISTERED)
        # The registrar keeps us for two seconds, and calls the refresh by another name.
        assert await changes(engine) == TrunkStatus("carrier", TrunkState.REGISTERED, 200, "Kept")
        await engine.remove_trunk("carrier")
        await peer.finished()
    assert engine.status("carrier") is None


async def test_a_registrar_that_wants_longer_registrations_gets_them(
    start_engine: StartEngine, tmp_path: Path
) -> None:
    engine = await start_engine()
    async with sipp("registrar_slow", tmp_path) as peer:
        await engine.set_trunk(trunk(peer.port, register=True, expires_s=60))
        await reaches(engine, TrunkState.REGISTERED)
        await engine.remove_trunk("carrier")
        await peer.finished()


async def test_a_registrar_that_refuses_is_told_apart_from_one_that_is_gone(start_engine: StartEngine) -> None:
    engine, registrar = await start_engine(reply_timeout_s=1.5), await start_engine(CHALLENGE)
    await engine.set_trunk(trunk(registrar.address[1], "wrong", register=True))
    assert (await reaches(engine, TrunkState.REFUSED)).code == 401
    gone = free_ports()
    await engine.set_trunk(trunk(gone, register=True))
    await reaches(engine, TrunkState.REGISTERING)
    status = await reaches(engine, TrunkState.UNREACHABLE)
    assert (status.code, status.reason) == (None, f"No reply from {HOST}:{gone} in 1.5 s")


async def test_our_own_registrar_keeps_whom_it_was_asked_to_keep(start_engine: StartEngine) -> None:
    engine, registrar = await start_engine(), await start_engine(CHALLENGE)
    await engine.set_trunk(trunk(registrar.address[1], register=True, expires_s=1))
    await reaches(engine, TrunkState.REGISTERED)
    await asyncio.sleep(1.5)
    await reaches(engine, TrunkState.REGISTERED)


async def test_a_dead_registrar_is_seen_long_before_its_time_and_so_is_its_return(
    start_engine: StartEngine,
) -> None:
    """The registration would stand for five minutes; a ping each tenth of a second tells that nobody is there."""
    port = free_ports()
    engine, registrar = (
        await start_engine(ping_s=0.1, reply_timeout_s=0.3),
        await start_engine(CHALLENGE, sip_port=port),
    )
    await engine.set_trunk(trunk(port, register=True))
    await reaches(engine, TrunkState.REGISTERED)
    await asyncio.sleep(0.3)
    await registrar.stop()
    status = await reaches(engine, TrunkState.UNREACHABLE)
    assert status.reason == f"No reply from {HOST}:{port} in 0.3 s"
    await start_engine(CHALLENGE, sip_port=port)
    await reaches(engine, TrunkState.REGISTERED)


async def test_a_registrar_that_ignores_pings_is_believed_to_be_there(start_engine: StartEngine) -> None:
    engine = await start_engine(ping_s=0.1, reply_timeout_s=0.2)
    async with LooseRegistrar("Expires: 300", answers_pings=False) as registrar:
        await engine.set_trunk(Trunk("carrier", HOST, registrar.port, register=True, register_expires_s=300))
        await registrar.asked(6)
        status = engine.status("carrier")
        assert status is not None
        assert status.state is TrunkState.REGISTERED
        assert sum(request.startswith("REGISTER") for request in registrar.requests) == 1
        await engine.remove_trunk("carrier")


@pytest.mark.parametrize("expires", ["soon", "-1", "1e3", "", "99999999999"])
async def test_a_registrar_that_writes_nonsense_keeps_us_for_what_we_asked(
    start_engine: StartEngine, expires: str
) -> None:
    engine = await start_engine()
    async with LooseRegistrar(f"Expires: {expires}") as registrar:
        await engine.set_trunk(Trunk("carrier", HOST, registrar.port, register=True, register_expires_s=1))
        await reaches(engine, TrunkState.REGISTERED)
        await registrar.asked(2)
        await reaches(engine, TrunkState.REGISTERED)
        await engine.remove_trunk("carrier")


@pytest.mark.parametrize("expires", ["soon", "-1", "9" * 30, "\u0663"])
async def test_our_own_registrar_refuses_nonsense(start_engine: StartEngine, expires: str) -> None:
    registrar = await start_engine(Challenge("carrier", {}, of_registrations=False))
    assert (await ask(registrar.address, registration(expires))).startswith("SIP/2.0 400 ")
    assert (await ask(registrar.address, registration("60"))).startswith("SIP/2.0 200 ")


@pytest.mark.parametrize(("password", "code"), [(PASSWORD, 486), ("wrong", 407), (None, 407)])
async def test_our_own_carrier_demands_credentials(
    start_engine: StartEngine, password: str | None, code: int
) -> None:
    engine, carrier = await start_engine(), await start_engine(CHALLENGE)

    async def busy(incoming: IncomingCall) -> None:
        await incoming.call.refuse(486, "Busy Here")

    carrier.on_incoming(busy)
    user = None if password is None else USER
    await engine.set_trunk(Trunk("carrier", *carrier.address, username=user, password=password))
    ended = await Story(await engine.originate(Originate("carrier", "2000", "4000"))).ended()
    assert ended.code == code
