"""One attempt, from the claim to its kept result."""

import asyncio
import random
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy.exc import SQLAlchemyError

from callwright.billing.ledger import release
from callwright.blobs.port import Blobs
from callwright.callroom.call import CallPlan, Equipment, Prepared, place, prepare
from callwright.callroom.closing import abandon
from callwright.callroom.dialogues import Dialogues
from callwright.callroom.entries import finished_call, line_fault
from callwright.callroom.errors import CallNotPlacedError
from callwright.callroom.line_book import LineBook
from callwright.callroom.live_notes import LiveNotes, NoteBook
from callwright.callroom.messenger import AttemptMessenger
from callwright.callroom.opening import Dialling, Opener, ToOpen
from callwright.callroom.prompt_cache import Voice
from callwright.callroom.recorded_prompts import KeptSounds
from callwright.callroom.results import Result, Results
from callwright.callroom.seat import Seating, TaskDesk
from callwright.calls.keeping import withdraw_call
from callwright.calls.schemas import FinishedCall
from callwright.db.errors import DatabaseUnavailableError
from callwright.db.session import Database
from callwright.db.tables.lines import LineRow
from callwright.dialing.gate import Decision, GateRule, Verdict
from callwright.dialing.lifecycle import TaskReason
from callwright.dialogue.model.engine import ModelDialogue
from callwright.dialogue.playing import AnyDialogue
from callwright.dialogue.variables import MissingVariableError
from callwright.kit.errors import CallwrightError, InvalidInputError, NotFoundError, UnavailableError
from callwright.language.thinking import NoLanguageModelError
from callwright.lines.service import ring_time_s, trunk_name
from callwright.speech.errors import UnsayableTextError
from callwright.speech.port import SPOKEN_AHEAD
from callwright.tasks.attempts import give_back
from callwright.tasks.dialling import settle
from callwright.tasks.errors import AttemptWithdrawnError
from callwright.tasks.schemas import ClaimedAttempt
from callwright.tasks.service import pause_because
from callwright.telephony.port import Originate

log = structlog.get_logger(__name__)


class NotReadyError(UnavailableError):
    """This call node can't place calls: {why}"""

    code = "node-not-ready"

    def __init__(self, why: CallwrightError) -> None:
        super().__init__(why=why)
        self.why = why


class ScriptFaultError(InvalidInputError):
    """The script of this task can't be played: {why}. Mend it, publish it, and make a new task with it."""

    code = "script-fault"


@dataclass(frozen=True, slots=True)
class _Ready:
    """What one call needs, all at hand."""

    line: LineRow
    prepared: Prepared[Any]

    @property
    def plan(self) -> CallPlan[Any]:
        """What the call is to be."""
        return self.prepared.plan


class Carrier:
    """Carries attempts out; one for a node, any number of calls at once."""

    def __init__(
        self,
        database: Database,
        equipment: Equipment,
        lines: LineBook,
        results: Results,
        blobs: Blobs,
        *,
        max_call_s: float,
    ) -> None:
        self._database = database
        self._equipment = equipment
        self._lines = lines
        self._results = results
        self._blobs = blobs
        self._dialogues = Dialogues(database)
        self._max_call_s = max_call_s
        self._notes = NoteBook(database)
        self._seating = Seating(database)
        self._opener = Opener(database, equipment.clock, max_call_s=max_call_s)

    async def carry(self, attempt: ClaimedAttempt, node_id: UUID) -> None:
        """Make the call of ``attempt`` and keep what came of it.

        A script that can't be played pauses its task, the customer waiting again; one that can't be played to this
        customer denies the call. Raises NotReadyError, the customer waiting again, where this node lacks something
        to place any call; DatabaseUnavailableError where the database went away before the call; NotFoundError and
        ConflictError where the attempt is no longer what it was. Cancelling hangs up politely, and the result is
        kept all the same.
        """
        try:
            line = await self._lines.get(attempt.line_id)
            if line is None:  # retired or removed since it was chosen
                await self._settle(attempt, node_id, Decision(Verdict.HOLD, GateRule.LINE_RETIRED))
                return
            ready = await self._make_ready(attempt, line)
        except (InvalidInputError, NotFoundError) as error:
            rule = _rule_of(error, attempt.variables)
            if rule is None:
                await self._stop_task(attempt, node_id, error)
            else:
                await self._settle(attempt, node_id, Decision(Verdict.DENY, rule))
            return
        except DatabaseUnavailableError:
            # A lost connection says nothing of this node: it tries again at once, as soon as this much succeeds.
            await self._give_back(attempt, node_id)
            raise
        except CallwrightError as error:
            await self._give_back(attempt, node_id)
            raise NotReadyError(error) from error
        shown = ready.plan.originate.caller_number
        try:
            opened = await asyncio.shield(self._opener.open(ToOpen(attempt, shown, node_id)))
        except AttemptWithdrawnError:
            await self._give_back(attempt, node_id)
            return
        if isinstance(opened, Dialling):
            await self._dial(attempt, ready, node_id, opened.at)
        else:
            log.info("call not let through", attempt=str(attempt.id), rule=opened.decision.rule.value)

    async def _make_ready(self, attempt: ClaimedAttempt, line: LineRow) -> _Ready:
        dialogue, texts = await self._get_dialogue(attempt)
        plan = self._plan(attempt, line, dialogue)
        await self._speak_ahead(plan.voice, texts)
        return _Ready(line, await prepare(self._equipment, plan))

    async def _speak_ahead(self, voice: Voice, texts: Sequence[str]) -> None:
        """Let a slow voice say what it can in a while: the texts with this customer's values.

        The others are kept already.
        """
        settings, prompts = self._equipment.settings, self._equipment.prompts
        if voice.language in SPOKEN_AHEAD:
            limit_s = settings.warming_s(voice.language)
            await prompts.warm(texts[:1], voice, deadline_s=limit_s)
            await prompts.warm_for(settings.ahead_s, texts[1:], voice, deadline_s=limit_s)

    async def _get_dialogue(self, attempt: ClaimedAttempt) -> tuple[AnyDialogue, Sequence[str]]:
        """Return the task's dialogue and what the voice is to speak in this call, the first first if it does.

        A script was fit to be played when it was published; whether it still is, only this version can tell.
        """
        try:
            dialogue = await self._dialogues.get(attempt.tenant_id, attempt.script_version_id)
            if isinstance(dialogue, ModelDialogue) and self._equipment.language is None:
                raise NoLanguageModelError
            dialogue.begin(attempt.variables)
            prompts = dialogue.prompts(attempt.variables)
            return dialogue, ["" if said.recording else said.text for said in prompts]
        except (CallwrightError, SQLAlchemyError):
            raise
        except Exception as error:
            log.exception("script can't be played", version=str(attempt.script_version_id))
            raise ScriptFaultError(why=f"it has a form unknown here ({type(error).__name__})") from error

    def _plan(self, attempt: ClaimedAttempt, line: LineRow, dialogue: AnyDialogue) -> CallPlan[Any]:
        return CallPlan(
            originate=Originate(
                trunk=trunk_name(line.id),
                to=attempt.phone,
                caller_number=_shown_number(line),
                ring_timeout_s=ring_time_s(line, attempt.phone),
                max_duration_s=self._max_call_s,
            ),
            dialogue=dialogue,
            variables=attempt.variables,
            recording=self._results.recording_file(attempt.tenant_id, attempt.id),
            voice=Voice(dialogue.script.voice or "", dialogue.script.speed, dialogue.script.language),
            sounds=KeptSounds(self._blobs, attempt.tenant_id),
            desk=TaskDesk(self._seating, attempt),
            hold_s=attempt.hold_s,
            company=dialogue.script.company,
            messenger=AttemptMessenger(self._database, self._equipment.clock, attempt.tenant_id, attempt.id),
            calls_again=attempt.calls_again,
        )

    async def _dial(self, attempt: ClaimedAttempt, ready: _Ready, node_id: UUID, dialled_at: datetime) -> None:
        notes = LiveNotes(self._notes, attempt.id)
        try:
            await place(self._equipment, ready.prepared, notes)
        except NotFoundError as error:
            await self._keep(attempt, line_fault(attempt.id, dialled_at, self._equipment.clock.now(), str(error)))
        except CallNotPlacedError as error:
            # Whoever hangs may have sent the first message: better no second call than two.
            await self._abandon(attempt, str(error))
            raise NotReadyError(error) from error
        except UnavailableError as error:
            # Nothing has left this machine yet, or conduct would have kept it in the record.
            await self._withdraw(attempt, node_id)
            raise NotReadyError(error) from error
        except InvalidInputError as error:
            await self._withdraw(attempt, node_id)
            await self._stop_task(attempt, node_id, error)
        except asyncio.CancelledError:
            if notes.record is None:
                await asyncio.shield(self._abandon(attempt, "the call node was stopped"))
            raise
        except Exception:
            log.exception("call failed", attempt=str(attempt.id))
            await self._abandon(attempt, "an error in the call node")
        finally:
            await asyncio.shield(self._finish(attempt, ready, notes))

    async def _finish(self, attempt: ClaimedAttempt, ready: _Ready, notes: LiveNotes) -> None:
        await notes.close()
        if notes.record is not None:
            await self._keep(attempt, finished_call(attempt.id, notes.record), ready)

    async def _keep(self, attempt: ClaimedAttempt, finished: FinishedCall, ready: _Ready | None = None) -> None:
        recording = ready.plan.recording if ready is not None and finished.answered_at is not None else None
        await self._results.keep(Result(attempt.tenant_id, finished, recording))

    async def _give_back(self, attempt: ClaimedAttempt, node_id: UUID) -> None:
        async with self._database.tenant(attempt.tenant_id) as session:
            await give_back(session, attempt.id, node_id, self._equipment.clock.now())

    async def _stop_task(self, attempt: ClaimedAttempt, node_id: UUID, why: CallwrightError) -> None:
        log.warning("script can't be played", task=str(attempt.task_id), code=why.code, why=str(why))
        lacks_model = isinstance(why, NoLanguageModelError)
        reason = TaskReason.NO_LANGUAGE_MODEL if lacks_model else TaskReason.SCRIPT_FAULT
        now = self._equipment.clock.now()
        async with self._database.tenant(attempt.tenant_id) as session:
            await give_back(session, attempt.id, node_id, now)
            await pause_because(session, attempt.task_id, reason, now)

    async def _settle(self, attempt: ClaimedAttempt, node_id: UUID, decision: Decision) -> None:
        log.warning("attempt not dialled", attempt=str(attempt.id), rule=decision.rule.value)
        async with self._database.tenant(attempt.tenant_id) as session:
            await settle(session, attempt.id, node_id, decision, self._equipment.clock.now())

    async def _withdraw(self, attempt: ClaimedAttempt, node_id: UUID) -> None:
        async with self._database.tenant(attempt.tenant_id) as session:
            if await withdraw_call(session, attempt.id, node_id, self._equipment.clock.now()):
                await release(session, [attempt.id])

    async def _abandon(self, attempt: ClaimedAttempt, reason: str) -> None:
        async with self._database.tenant(attempt.tenant_id) as session:
            await abandon(session, attempt.id, reason, self._equipment.clock.now())


def _rule_of(error: CallwrightError, values: Mapping[str, str]) -> GateRule | None:
    """Return by which rule nobody but this customer is denied; None where the script is at fault for all."""
    if isinstance(error, MissingVariableError):
        return GateRule.VALUE_MISSING
    if isinstance(error, UnsayableTextError):
        theirs = unicodedata.normalize("NFKC", "".join(values.values()))  # as the voice reads it
        return GateRule.VALUE_UNSAYABLE if set(str(error.fields["signs"])) <= set(theirs) else None
    return None


def _shown_number(line: LineRow) -> str:
    """Return the number to show: any of a pooled line's own, else the line's."""
    if line.kind != "pooled":
        return line.caller_number
    return random.choice([line.caller_number, *line.more_numbers])  # noqa: S311 - nobody gains by guessing it
