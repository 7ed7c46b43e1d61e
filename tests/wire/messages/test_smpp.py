"""Messages by SMPP, against a message centre that is not ours (node-smpp)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from tests.factories.smsc import MessageCentre, message_centre
from tests.waiting import until

from callwright.channels.port import Fate, Incoming, OutgoingMessage, Receipt, Reply, Submitted
from callwright.channels.smpp.channel import SmppChannel
from callwright.channels.smpp.session import SmppAddress
from callwright.kit.ids import new_id
from callwright.texting.segments import segments

QUICK = (0.01,)
AUTH_FAILED = 0x45


@dataclass
class Kept:
    """What came in; ``away`` while it can't be kept."""

    away: bool = False
    taken: list[Incoming] = field(default_factory=list)

    async def take(self, incoming: Incoming) -> None:
        """Keep it."""
        if self.away:
            raise ConnectionError
        self.taken.append(incoming)


@pytest.fixture
async def centre() -> AsyncIterator[MessageCentre]:
    async with message_centre() as made:
        yield made


@asynccontextmanager
async def bound(
    centre: MessageCentre,
    kept: Kept | None = None,
    *,
    password: str = "secret",
    answer_s: float = 20,
    window: int = 10,
) -> AsyncIterator[SmppChannel]:
    """Run a channel that is bound."""
    channel = _channel(centre, password=password, answer_s=answer_s, window=window)
    running = asyncio.create_task(channel.run((kept or Kept()).take))
    try:
        await _works(channel)
        yield channel
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


def _channel(centre: MessageCentre, *, password: str, answer_s: float, window: int = 10) -> SmppChannel:
    address = SmppAddress("127.0.0.1", centre.port, "callwright", password, answer_s=answer_s, window=window)
    return SmppChannel(address, part_pauses_s=(0.01, 0.01), rebind_s=QUICK)


async def _works(channel: SmppChannel) -> None:
    async def works() -> bool:
        return not channel.trouble

    await until(works, "binding")


def _message(
    text: str = "Hello", *, recipient: str = "+8613800138000", sender: str = "10690001"
) -> OutgoingMessage:
    return OutgoingMessage(new_id(), sender, recipient, segments(text))


async def test_a_message_is_handed_over_once_and_its_receipt_comes_back(centre: MessageCentre) -> None:
    kept = Kept()
    await centre.order("set", receipts="DELIVRD")
    async with bound(centre, kept) as channel:
        submitted = await channel.submit(_message("Hello {€}", sender="Callwright"))
        await centre.wait("receipt-answer")

    assert submitted == Submitted(Fate.ACCEPTED, ("n1",))
    (got,) = centre.all("submit")
    assert (got["to"], got["from"], got["text"]) == ("8613800138000", "Callwright", "Hello {€}")
    assert (got["dest_ton"], got["source_ton"], got["coding"], got["receipt"]) == (1, 5, 0, 1)
    assert kept.taken == [Receipt("n1", delivered=True)]
    assert centre.all("receipt-answer")[0]["status"] == 0
    assert len(centre.all("unbind")) == 1


async def test_a_long_text_arrives_in_parts_that_join_to_it(centre: MessageCentre) -> None:
    text = "您好，🙂" * 40
    async with bound(centre) as channel:
        submitted = await channel.submit(_message(text))

    got = centre.all("submit")
    assert submitted.network_ids == tuple(f"n{number}" for number in range(1, len(got) + 1))
    assert "".join(one["text"] for one in got) == text
    assert [one["udh"] for one in got] == [[0, 3, 1, len(got), number] for number in range(1, len(got) + 1)]
    assert {one["coding"] for one in got} == {8}


async def test_what_the_network_could_not_deliver_says_why(centre: MessageCentre) -> None:
    kept = Kept()
    await centre.order("set", receipts="UNDELIV")
    async with bound(centre, kept) as channel:
        await channel.submit(_message())
        await centre.wait("receipt-answer")

    assert kept.taken == [Receipt("n1", delivered=False, detail="UNDELIV")]


async def test_a_network_that_is_busy_is_asked_later_and_one_that_refuses_is_not(centre: MessageCentre) -> None:
    async with bound(centre) as channel:
        await centre.order("set", throttle=1)
        busy = await channel.submit(_message())
        again = await channel.submit(_message())
        await centre.order("set", refuse=AUTH_FAILED)
        refused = await channel.submit(_message())

    assert (busy.fate, busy.why) == (Fate.LATER, "network_busy")
    assert again.fate is Fate.ACCEPTED
    assert (refused.fate, refused.why, refused.detail) == (Fate.REFUSED, "network_refused", "status 0x45")


async def test_the_rest_of_a_message_waits_for_a_busy_network_and_the_beginning_is_not_repeated(
    centre: MessageCentre,
) -> None:
    async with bound(centre) as channel:
        sending = asyncio.create_task(channel.submit(_message("a" * 400)))
        await centre.wait("submit")
        await centre.order("set", throttle=1)
        submitted = await sending

    assert submitted.fate is Fate.ACCEPTED
    taken = [one["text"] for one in centre.all("submit") if "id" in one]
    assert "".join(taken) == "a" * 400


async def test_a_message_without_an_answer_is_unknown(centre: MessageCentre) -> None:
    await centre.order("set", silent=True)
    async with bound(centre, answer_s=1) as channel:
        silent = await channel.submit(_message())
        await centre.order("set", silent=False, drop=1)
        dropped = await channel.submit(_message())

    assert [silent.fate, dropped.fate] == [Fate.UNKNOWN, Fate.UNKNOWN]
    assert silent.why == "unanswered"


async def test_a_session_that_breaks_is_bound_again(centre: MessageCentre) -> None:
    async with bound(centre) as channel:
        for act, binds in (("close", 2), ("unbind", 3)):
            await centre.order(act)
            await centre.wait("bind", binds)
            await _works(channel)
            assert (await channel.submit(_message())).fate is Fate.ACCEPTED


async def test_nothing_is_sent_while_the_network_does_not_let_us_in(centre: MessageCentre) -> None:
    channel = _channel(centre, password="wrong", answer_s=20)
    running = asyncio.create_task(channel.run(Kept().take))
    await centre.wait("bind", 2)
    submitted = await channel.submit(_message())
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)

    assert (submitted.fate, submitted.why) == (Fate.LATER, "bind_refused")
    assert centre.all("submit") == []


async def test_replies_come_in_whole_and_what_can_not_be_kept_is_asked_for_again(centre: MessageCentre) -> None:
    kept = Kept(away=True)
    whom = {"source_addr": "8613800138000", "destination_addr": "10690001"}
    async with bound(centre, kept):
        await centre.order("deliver", **whom, short_message="退订")
        assert (await centre.wait("deliver-answer"))["status"] == 0x64
        kept.away = False
        for number, part in ((2, "to opt out"), (1, "I want ")):
            await centre.order("deliver", **whom, short_message=part, udh=[5, 0, 3, 9, 2, number])
        await centre.order("deliver", **whom, short_message="退订")
        assert (await centre.wait("deliver-answer", 4))["status"] == 0

    assert sorted(one.text for one in kept.taken if isinstance(one, Reply)) == ["I want to opt out", "退订"]
    assert {(one.sender, one.recipient) for one in kept.taken if isinstance(one, Reply)} == {
        ("8613800138000", "10690001")
    }


async def test_no_more_requests_wait_for_their_answers_than_the_window_holds(centre: MessageCentre) -> None:
    await centre.order("set", silent=True)
    async with bound(centre, answer_s=3, window=2) as channel:
        sending = [asyncio.create_task(channel.submit(_message(str(number)))) for number in range(5)]
        await centre.wait("submit", 2)
        await centre.order("set", silent=True)
        assert len(centre.all("submit")) == 2
        await centre.order("close")
        fates = [one.fate for one in await asyncio.gather(*sending)]

    assert fates == [Fate.UNKNOWN] * 2 + [Fate.LATER] * 3
