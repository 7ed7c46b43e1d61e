"""The message channel over SMPP: binds, binds again when a session breaks, and hands messages over part by part."""

import asyncio
import itertools
import ssl
from collections.abc import Sequence

import structlog

from callwright.channels.port import Fate, OutgoingMessage, Submitted, Take
from callwright.channels.smpp.incoming import Joiner, receipt_of
from callwright.channels.smpp.pdus import (
    GSM_DEFAULT,
    UCS2,
    BrokenPduError,
    Command,
    Pdu,
    Status,
    delivered,
    joined_header,
    message_id,
    submit_sm,
)
from callwright.channels.smpp.session import (
    BindRefusedError,
    NoAnswerError,
    SessionOverError,
    SmppAddress,
    SmppSession,
    open_session,
)
from callwright.texting.segments import Alphabet

log = structlog.get_logger(__name__)

BUSY = (Status.THROTTLED, Status.QUEUE_FULL)
PART_PAUSES_S = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Before a later part of a message is tried again that the network was too busy for."""
REBIND_S = (1.0, 2.0, 5.0, 10.0, 30.0)


class SmppChannel:
    """Keeps one session with ``address`` while :meth:`run` runs."""

    def __init__(
        self,
        address: SmppAddress,
        *,
        part_pauses_s: Sequence[float] = PART_PAUSES_S,
        rebind_s: Sequence[float] = REBIND_S,
    ) -> None:
        self.trouble = "not_connected"
        self._address = address
        self._part_pauses_s = part_pauses_s
        self._rebind_s = rebind_s
        self._session: SmppSession | None = None
        self._references = itertools.count(1)
        self._joiner = Joiner()

    @property
    def ready(self) -> bool:
        """Whether it is bound."""
        return self._session is not None

    async def run(self, take: Take) -> None:
        """Stay bound until cancelled; then unbind."""
        failures = 0
        while True:
            try:
                session = await open_session(self._address)
            except BindRefusedError as refused:
                self._failing("bind_refused", status=hex(refused.status))
            except ssl.SSLCertVerificationError as error:
                self._failing("not_trusted", why=error.verify_message)
            except ssl.SSLError as error:
                self._failing("not_encrypted", why=error.reason or "")
            except (OSError, TimeoutError, BrokenPduError) as error:
                self._failing("not_connected", why=type(error).__name__)
            else:
                failures = 0
                await self._serve(session, take)
                self._failing("not_connected", why="over")
            await asyncio.sleep(self._rebind_s[min(failures, len(self._rebind_s) - 1)])
            failures += 1

    async def submit(self, message: OutgoingMessage) -> Submitted:
        """Hand every part over in turn; what begins to be sent is never begun again."""
        text, reference = message.text, next(self._references)
        coding = GSM_DEFAULT if text.alphabet is Alphabet.GSM7 else UCS2
        ids: list[str] = []
        for number, data in enumerate(text.encoded(), start=1):
            header = joined_header(reference, text.count, number) if text.count > 1 else b""
            body = submit_sm(message.sender, message.recipient, data, data_coding=coding, header=header)
            result = await self._submit_part(body, patient=number > 1)
            if isinstance(result, Submitted):
                return result if number == 1 else _partly(result, ids)
            ids.append(result)
        return Submitted(Fate.ACCEPTED, tuple(ids))

    async def _submit_part(self, body: bytes, *, patient: bool) -> str | Submitted:
        pauses = iter(self._part_pauses_s if patient else ())
        while True:
            answer = await self._ask(body)
            if isinstance(answer, Submitted):
                return answer
            if answer.status == Status.OK:
                return message_id(answer)
            detail = f"status {answer.status:#x}"
            if answer.status not in BUSY:
                return Submitted(Fate.REFUSED, why="network_refused", detail=detail)
            pause_s = next(pauses, None)
            if pause_s is None:
                return Submitted(Fate.LATER, why="network_busy", detail=detail)
            await asyncio.sleep(pause_s)

    async def _ask(self, body: bytes) -> Pdu | Submitted:
        if self._session is None:
            return Submitted(Fate.LATER, why=self.trouble)
        try:
            return await self._session.request(Command.SUBMIT_SM, body)
        except SessionOverError:
            return Submitted(Fate.LATER, why="not_connected")
        except NoAnswerError:
            return Submitted(Fate.UNKNOWN, why="unanswered")

    async def _serve(self, session: SmppSession, take: Take) -> None:
        self._session, self.trouble = session, ""
        log.info("message channel bound", host=self._address.host)
        serving = asyncio.create_task(session.serve(lambda pdu: self._deliver(pdu, take)), name="smpp-session")
        try:
            await asyncio.shield(serving)
        except BrokenPduError:
            log.warning("message channel: what came is no SMPP", host=self._address.host)
        except asyncio.CancelledError:
            await session.unbind()
            await asyncio.gather(serving, return_exceptions=True)
            raise
        finally:
            self._session, self.trouble = None, "not_connected"

    async def _deliver(self, pdu: Pdu, take: Take) -> int:
        try:
            told = delivered(pdu.body)
            incoming = receipt_of(told) if told.is_receipt else self._joiner.join(told)
            if incoming is not None:
                await take(incoming)
        except BrokenPduError:
            return Status.SYSTEM_ERROR
        except Exception:
            log.exception("what a network told could not be kept")
            return Status.TRY_AGAIN
        return Status.OK

    def _failing(self, trouble: str, **facts: str) -> None:
        self.trouble = trouble
        log.warning("message channel is not bound", host=self._address.host, trouble=trouble, **facts)


def _partly(result: Submitted, ids: list[str]) -> Submitted:
    """Return what to tell where some parts are sent already: it is not to be sent again."""
    fate = Fate.UNKNOWN if result.fate is Fate.UNKNOWN else Fate.REFUSED
    return Submitted(fate, tuple(ids), "partly_sent", result.detail or result.why)
