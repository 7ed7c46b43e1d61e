"""What an engine knows of its trunks between calls."""

import asyncio

import pytest
from tests.waiting import PATIENCE_S
from tests.wire.telephony.conftest import StartEngine
from tests.wire.telephony.peers import HOST, free_ports
from tests.wire.telephony.rooms import Story
from tests.wire.telephony.strangers import Stranger

from callwright.telephony.embedded.engine import EmbeddedEngine
from callwright.telephony.port import HangupSide, Originate, PhoneState, Trunk, TrunkState, TrunkStatus

# RFC 2606 clause 2: no such name will ever have an address.
NOWHERE = "carrier.invalid"


async def known(engine: EmbeddedEngine, trunk: str = "carrier") -> TrunkStatus:
    """Wait until something is known of the trunk."""
    async with asyncio.timeout(PATIENCE_S):
        while (status := engine.status(trunk)) is None or status.state is TrunkState.REGISTERING:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    return status


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        ("200 OK", TrunkState.READY),
        ("405 Method Not Allowed", TrunkState.READY),
        ("501 Not Implemented", TrunkState.READY),
        ("503 Service Unavailable", TrunkState.UNREACHABLE),
    ],
)
async def test_a_peer_is_asked_whether_it_is_there(
    start_engine: StartEngine, answer: str, state: TrunkState
) -> None:
    engine = await start_engine(ping_s=0.1)
    async with Stranger(answer) as peer:
        await engine.set_trunk(Trunk("carrier", HOST, peer.port))
        status = await known(engine)
        await peer.asked(3)
        assert all(request.startswith(f"OPTIONS sip:{HOST}:{peer.port} SIP/2.0") for request in peer.requests)
    assert (status.state, f"{status.code} {status.reason}") == (state, answer)


async def test_our_own_engine_says_that_it_is_there(start_engine: StartEngine) -> None:
    engine, peer = await start_engine(ping_s=30), await start_engine()
    await engine.set_trunk(Trunk("carrier", *peer.address))
    assert await known(engine) == TrunkStatus("carrier", TrunkState.READY, 200, "OK")


async def test_a_dead_peer_is_seen_without_a_call_and_so_is_its_return(start_engine: StartEngine) -> None:
    port = free_ports()
    engine = await start_engine(ping_s=0.1, reply_timeout_s=0.2)
    await engine.set_trunk(Trunk("carrier", HOST, port))
    status = await known(engine)
    assert status == TrunkStatus("carrier", TrunkState.UNREACHABLE, None, f"No reply from {HOST}:{port} in 0.2 s")
    await start_engine(sip_port=port)
    async with asyncio.timeout(PATIENCE_S):
        while (await known(engine)).state is not TrunkState.READY:  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_trunks_to_one_peer_share_its_pings(start_engine: StartEngine) -> None:
    engine = await start_engine(ping_s=30)
    async with Stranger("200 OK") as peer:
        for name in ("carrier", "another"):
            await engine.set_trunk(Trunk(name, HOST, peer.port))
        assert {(await known(engine, name)).state for name in ("carrier", "another")} == {TrunkState.READY}
        await engine.remove_trunk("carrier")
        assert engine.status("carrier") is None
        assert (await known(engine, "another")).state is TrunkState.READY
        assert len(peer.requests) == 1


@pytest.mark.parametrize("register", [False, True])
async def test_a_host_that_can_not_be_found_is_said_so(start_engine: StartEngine, register: bool) -> None:
    engine = await start_engine(ping_s=30)
    await engine.set_trunk(Trunk("carrier", NOWHERE, register=register))
    status = await known(engine)
    assert (status.state, status.code) == (TrunkState.UNRESOLVED, None)
    assert status.reason == f"The carrier's address {NOWHERE} can't be found"


async def test_a_call_to_a_host_that_can_not_be_found_says_so(start_engine: StartEngine) -> None:
    engine = await start_engine()
    await engine.set_trunk(Trunk("carrier", NOWHERE))
    ended = await Story(await engine.originate(Originate("carrier", "2000", "4000"))).ended()
    assert (ended.by, ended.phone_state, ended.code) == (HangupSide.NETWORK, PhoneState.LINE_FAULT, 503)
    assert ended.reason == f"The carrier's address {NOWHERE} can't be found"
