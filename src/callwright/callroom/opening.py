"""Calls about to be dialled: through the gate and into the database, those of one moment together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.billing.ledger import CallMoney
from callwright.billing.ledger import hold as hold_money
from callwright.callroom import gatekeeper
from callwright.callroom.batching import Batch
from callwright.calls.keeping import open_calls
from callwright.calls.schemas import OpenedCall
from callwright.db.errors import DatabaseUnavailableError
from callwright.db.session import Database
from callwright.dialing.attempt import AttemptState
from callwright.dialing.gate import Decision, Verdict
from callwright.kit.clock import Clock
from callwright.tasks.dialling import lock_attempts, lock_running_tasks, mark_gated
from callwright.tasks.errors import AttemptWithdrawnError
from callwright.tasks.schemas import ClaimedAttempt, LockedAttempt

AT_ONCE = 200

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class ToOpen:
    """An attempt that this node would dial now, showing ``caller_number``."""

    attempt: ClaimedAttempt
    caller_number: str
    node_id: UUID


@dataclass(frozen=True, slots=True)
class Dialling:
    """The gate let the call through at ``at``, which is committed: it may be dialled."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Refused:
    """The gate held or denied the call; its customer's place is settled."""

    decision: Decision


Opened = Dialling | Refused | AttemptWithdrawnError
_Pair = tuple[ToOpen, LockedAttempt]


class Opener:
    """Opens the calls of one node. A call lasts ``max_call_s`` at the most."""

    def __init__(self, database: Database, clock: Clock, *, max_call_s: float) -> None:
        self._database = database
        self._clock = clock
        self._max_call_s = max_call_s
        self._batch: Batch[ToOpen, Opened] = Batch(self._open, most=AT_ONCE)

    async def open(self, asked: ToOpen) -> Dialling | Refused:
        """Return whether the call may be dialled, which is then written down for good.

        Raises AttemptWithdrawnError where the attempt is not this node's to dial: its task stopped, or the node was
        taken for dead.
        """
        try:
            opened = await self._batch.do(asked)
        except DatabaseUnavailableError:
            raise
        except Exception:
            # Another of its batch may have been what was refused; nothing of the batch was written.
            (opened,) = await self._open([asked])
        if isinstance(opened, AttemptWithdrawnError):
            raise opened
        return opened

    async def _open(self, asked: Sequence[ToOpen]) -> list[Opened]:
        now = self._clock.now()
        async with self._database.system() as session:
            pairs = await self._lock(session, asked)
            opened = await self._pass_gate(session, pairs, now) if pairs else {}
        return [opened.get(one.attempt.id, AttemptWithdrawnError()) for one in asked]

    async def _lock(self, session: AsyncSession, asked: Sequence[ToOpen]) -> list[_Pair]:
        """Return those that are still this node's to dial, locked."""
        locked = await lock_attempts(session, [one.attempt.id for one in asked])
        return [
            (one, held)
            for one in asked
            if (held := locked.get(one.attempt.id)) is not None
            and held.state is AttemptState.CLAIMED
            and held.node_id == one.node_id
        ]

    async def _pass_gate(
        self, session: AsyncSession, pairs: Sequence[_Pair], now: datetime
    ) -> dict[UUID, Dialling | Refused]:
        tasks = await lock_running_tasks(session, [held.task_id for _, held in pairs], wait=True)
        ours = [(one.attempt, held) for one, held in pairs if held.task_id in tasks]
        if not ours:
            return {}
        facts = await gatekeeper.gather(session, ours, tasks, now, max_call_s=int(self._max_call_s))
        judged = gatekeeper.judge(ours, facts, now)
        await mark_gated(session, [gated for gated, _ in judged], now)
        amounts = {gated.attempt.id: amount for gated, amount in judged if gated.decision.verdict is Verdict.ALLOW}
        allowed = [one for one, held in pairs if held.id in amounts]
        await open_calls(session, [_opened(one, now) for one in allowed])
        await hold_money(session, [_money(one.attempt, amounts[one.attempt.id]) for one in allowed])
        return {
            gated.attempt.id: Dialling(now) if gated.attempt.id in amounts else Refused(gated.decision)
            for gated, _ in judged
        }


def _opened(one: ToOpen, now: datetime) -> OpenedCall:
    return OpenedCall(
        attempt_id=one.attempt.id,
        tenant_id=one.attempt.tenant_id,
        task_id=one.attempt.task_id,
        customer_id=one.attempt.customer_id,
        script_version_id=one.attempt.script_version_id,
        line_id=one.attempt.line_id,
        phone=one.attempt.phone,
        caller_number=one.caller_number,
        dialled_at=now,
    )


def _money(attempt: ClaimedAttempt, amount: int) -> CallMoney:
    return CallMoney(attempt.tenant_id, attempt.task_id, attempt.line_id, attempt.id, amount)
