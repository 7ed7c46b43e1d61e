"""From claimed to dialling: the gate's decisions written down, a whole batch of attempts at once."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.tasks import TaskRow
from callwright.dialing.attempt import AttemptState, move
from callwright.dialing.gate import Decision, Verdict
from callwright.dialing.lifecycle import TaskState
from callwright.dialing.outcome import CustomerState, Whereabouts
from callwright.tasks.news import tell_browsers, wake_leader
from callwright.tasks.schemas import LockedAttempt
from callwright.tasks.sql import LOCK_ATTEMPTS, MARK, SET_CUSTOMERS

NOT_LISTED = CustomerState.DENIED
RULES_OF_THE_LIST = frozenset({"do-not-call", "do-not-call-installation"})


@dataclass(frozen=True, slots=True)
class Gated:
    """An attempt of which the gate has decided."""

    attempt: LockedAttempt
    decision: Decision
