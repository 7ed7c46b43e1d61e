"""A phone engine whose callees do at once what the test says."""

import asyncio
from collections import Counter
from collections.abc import Callable

from callwright.kit.errors import NotFoundError
from callwright.telephony.port import (
    Answered,
    Ended,
    HangupSide,
    Originate,
    PhoneState,
    Ringing,
    Trunk,
    TrunkState,
    TrunkStatus,
)
from tests.fakes.telephony import FakeCall, FakeEngine

Callee = Callable[[FakeCall], None]


def busy(call: FakeCall) -> None:
    """Be busy."""
    call.tell(Ended(HangupSide.THEM, PhoneState.BUSY, 486, "Busy Here"))


def out_of_order(call: FakeCall) -> None:
    """Let the carrier fail."""
    call.tell(Ended(HangupSide.NETWORK, PhoneState.LINE_FAULT, 503, "Service Unavailable"))


def answers(call: FakeCall) -> None:
    """Answer, and stay until the other side hangs up."""
    call.tell(Ringing())
    call.tell(Answered())


def answers_and_leaves(call: FakeCall) -> None:
    """Answer and hang up."""
    answers(call)
    call.tell(Ended(HangupSide.THEM, PhoneState.CONNECTED, None, ""))


class CrowdEngine(FakeEngine):
    """Every call is answered as ``callee`` says; counts whom it dialled."""

    def __init__(self, callee: Callee = answers_and_leaves) -> None:
        super().__init__()
        self.callee = callee
        self.trunks: dict[str, Trunk] = {}
        self.stands: TrunkStatus | None = None
        self.dialled: Counter[str] = Counter()
        self.calls: list[FakeCall] = []
        self.someone_dialled = asyncio.Event()

    async def set_trunk(self, trunk: Trunk) -> None:
        """Know the trunk."""
        self.trunks[trunk.name] = trunk

    async def remove_trunk(self, name: str) -> None:
        """Forget the trunk."""
        self.trunks.pop(name, None)

    def status(self, trunk: str) -> TrunkStatus | None:
        """Return ``stands``, else that whoever registers is registered and that the others' far end is there."""
        if self.stands is not None:
            return self.stands
        state = TrunkState.REGISTERED if self.trunks[trunk].register else TrunkState.READY
        return TrunkStatus(trunk, state, 200, "OK")

    async def originate(self, request: Originate) -> FakeCall:
        """Place a call that the callee reacts to."""
        if self.error is not None:
            raise self.error
        if request.trunk not in self.trunks:
            raise NotFoundError(thing="trunk", key=request.trunk)
        call = FakeCall(request)
        self.dialled[request.to] += 1
        self.calls.append(call)
        self.callee(call)
        self.someone_dialled.set()
        return call
