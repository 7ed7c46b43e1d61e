"""Plays a script on the phone of whoever makes it: a call like any other, that belongs to no task."""

import asyncio
from dataclasses import replace
from typing import Any

import structlog

from callwright.billing.ledger import release
from callwright.blobs.port import Blobs
from callwright.callroom.call import CallPlan, Equipment, Prepared, place, prepare
from callwright.callroom.entries import finished_call
from callwright.callroom.errors import CallNotPlacedError
from callwright.callroom.line_book import LineBook
from callwright.callroom.prompt_cache import Voice
from callwright.callroom.record import Speaker
from callwright.callroom.recorded_prompts import KeptSounds
from callwright.callroom.results import Result, Results
from callwright.callroom.test_dialling import give_up, pass_gate
from callwright.callroom.test_gate import Says
from callwright.callroom.trial_closing import PlayedTrial
from callwright.callroom.trial_notes import TrialNotes
from callwright.calls import test_calls, trials
from callwright.calls.schemas import FinishedCall
from callwright.calls.test_calls import ClaimedTestCall, TestCallEnd
from callwright.calls.trials import PlayedScript
from callwright.db.errors import DatabaseUnavailableError
from callwright.db.session import Database
from callwright.dialogue.confirming import CodeFirst
from callwright.dialogue.loading import any_script_from
from callwright.dialogue.model.engine import ModelDialogue
from callwright.dialogue.playing import AnyDialogue, dialogue_of
from callwright.dialogue.port import Dialogue
from callwright.kit.errors import CallwrightError, NotFoundError
from callwright.language.thinking import NoLanguageModelError
from callwright.lines.service import ring_time_s, trunk_name
from callwright.rating.tariff import Tariff
from callwright.telephony.port import Originate

OUR_EVENTS = frozenset({"ringing", "answered", "hang_up", "ended"})

log = structlog.get_logger(__name__)


class TrialCaller:
    """Carries trial calls out; one for a node, any number of calls at once."""

    def __init__(
        self, database: Database, equipment: Equipment, lines: LineBook, results: Results, blobs: Blobs
    ) -> None:
        self._database = database
        self._equipment = equipment
        self._lines = lines
        self._results = results
        self._blobs = blobs

    async def carry(self, test: ClaimedTestCall) -> None:
        """Make one trial and keep what came of it, why none could be made included.

        Raises DatabaseUnavailableError. Cancelling hangs up, and the result is kept all the same.
        """
        try:
            prepared = await self._make_ready(test)
            says = Says.SCRIPT if test.code is None else Says.CODE_FIRST
            costs = await pass_gate(self._database, test, self._equipment.clock.now(), says=says)
        except DatabaseUnavailableError:
            raise
        except CallwrightError as error:
            await give_up(self._database, test, str(error), self._equipment.clock.now())
            return
        if costs is not None:
            await self._dial(test, prepared, costs)

    async def _make_ready(self, test: ClaimedTestCall) -> Prepared[Any]:
        """Prepare the call before the gate is asked: what the gate says holds for the moment."""
        async with self._database.tenant(test.tenant_id) as session:
            script = await trials.played(session, test.id)
        return await prepare(self._equipment, await self._plan(test, script))

    async def _plan(self, test: ClaimedTestCall, script: PlayedScript) -> CallPlan[Any]:
        line = await self._lines.get(test.line_id)
        if line is None:
            raise NotFoundError(thing="line", key=test.line_id)
        dialogue = self._dialogue(script)
        voice = Voice(dialogue.script.voice or "", dialogue.script.speed, dialogue.script.language)
        played: Dialogue[Any] = dialogue
        if test.code is not None:
            played = CodeFirst(played, test.code, self._equipment.settings.words[voice.language].code)
        return CallPlan(
            originate=Originate(
                trunk=trunk_name(line.id),
                to=test.phone,
                caller_number=line.caller_number,
                ring_timeout_s=ring_time_s(line, test.phone),
                max_duration_s=test.longest_s,
            ),
            dialogue=played,
            variables=script.variables,
            recording=self._results.recording_file(test.tenant_id, test.id),
            voice=voice,
            sounds=KeptSounds(self._blobs, test.tenant_id),
            company=dialogue.script.company,
        )

    def _dialogue(self, script: PlayedScript) -> AnyDialogue:
        dialogue = dialogue_of(any_script_from(script.content))
        if isinstance(dialogue, ModelDialogue) and self._equipment.language is None:
            raise NoLanguageModelError
        dialogue.begin(script.variables)
        return dialogue

    async def _dial(self, test: ClaimedTestCall, prepared: Prepared[Any], costs: Tariff) -> None:
        notes = TrialNotes(self._database, test, self._equipment.clock)
        plan = replace(prepared.plan, witness=notes.saw)
        try:
            await place(self._equipment, replace(prepared, plan=plan), notes)
        except CallNotPlacedError as error:
            # Whoever hangs may have sent the first message: the number counts as called.
            await self._close(test, str(error))
        except CallwrightError as error:
            await give_up(self._database, test, str(error), self._equipment.clock.now())
        except Exception:
            log.exception("trial call failed", test_call=str(test.id))
            await self._close(test, "an error in the call node")
        finally:
            await asyncio.shield(self._finish(test, plan, notes, costs))

    async def _close(self, test: ClaimedTestCall, reason: str) -> None:
        async with self._database.tenant(test.tenant_id) as session:
            now = self._equipment.clock.now()
            if await test_calls.end(session, test, TestCallEnd(None, None, None, reason), now):
                await release(session, [test.id])

    async def _finish(self, test: ClaimedTestCall, plan: CallPlan[Any], notes: TrialNotes, costs: Tariff) -> None:
        await notes.close()
        if notes.record is None:
            await self._close(test, test_calls.NODE_STOPPED)
            return
        finished, recording = finished_call(test.id, notes.record), notes.record.recording
        if not notes.is_theirs:
            finished, recording = _of_nobody(finished), None
            if plan.recording is not None:
                await asyncio.to_thread(plan.recording.unlink, missing_ok=True)
        played = PlayedTrial(test, plan.originate.caller_number, costs, notes.confirmed_at)
        await self._results.keep(Result(test.tenant_id, finished, recording, played))


def _of_nobody(finished: FinishedCall) -> FinishedCall:
    """Return what is kept of a call to somebody who did not key the code in: what we did, and what they wished."""
    return replace(
        finished,
        turns=[turn for turn in finished.turns if turn.who == Speaker.AI.value],
        events=[event for event in finished.events if event.kind in OUR_EVENTS],
        path=[],
        collected={},
        grade=None,
        grade_reasons=[],
        reply_ms=[],
    )
