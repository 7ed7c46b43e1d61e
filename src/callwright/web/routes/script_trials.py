"""A script tried on one's own phone."""

import asyncio
from uuid import UUID

from fastapi import APIRouter, Request, Response

from callwright.callroom.test_gate import TestDialling, foresee
from callwright.calls import trials
from callwright.calls.errors import TrialRefusedError
from callwright.calls.trials import LONGEST_S, NewTrial
from callwright.dialing.gate import Verdict
from callwright.kit.phone import to_e164
from callwright.kit.phone_region import region_of
from callwright.lines.standing import region_to_text
from callwright.web.access import Asking, LineTester, ScriptReader
from callwright.web.present_trials import trial
from callwright.web.schemas.base import GateWord
from callwright.web.schemas.trials import Ring, Ringing, TrialCall
from callwright.web.sending import AUDIO, send_sound
from callwright.web.trying import Playable, playable

router = APIRouter(tags=["scripts"])


@router.post("/scripts/{script_id}/ring", status_code=201)
async def ring_my_phone(script_id: UUID, body: Ring, asking: LineTester) -> TrialCall:
    """Have a call node ring your own phone over a line and play the script, as it is now, to you.

    It is under the rules of every call, but for the company's own hours; it costs what a call costs, and counts in
    no task. Nobody is rung twice within half a minute, nor somebody else's phone.
    """
    play = await playable(asking, script_id, body)
    phone = to_e164(body.phone, asking.who.region)
    region = region_to_text(await asyncio.to_thread(region_of, phone))
    wanted = _wanted(script_id, body, play, phone, region, longest_s=min(asking.parts.max_call_s, LONGEST_S))
    async with asking.transaction() as session:
        asked = await trials.ask_for(session, wanted, asked_by=asking.who.user_id, now=asking.now)
        await _check_gate(asking, wanted)
    return trial(asked)


@router.get("/scripts/{script_id}/ring")
async def get_my_ringing(script_id: UUID, asking: ScriptReader) -> Ringing:
    """Your latest call with this script, as far as it got, and the phone that you last named as your own."""
    async with asking.transaction() as session:
        latest = await trials.get_latest(session, script_id, asking.who.user_id, now=asking.now)
        phone = await trials.get_own_phone(session, asking.who.user_id)
    return Ringing(phone=phone, latest=None if latest is None else trial(latest))


@router.get("/trials/{trial_id}")
async def get_trial(trial_id: UUID, asking: ScriptReader) -> TrialCall:
    """A call in which somebody tried a script on their phone, also while it is under way."""
    async with asking.transaction() as session:
        return trial(await trials.get(session, trial_id, now=asking.now))


@router.get("/trials/{trial_id}/recording", response_class=Response, responses=AUDIO)
async def get_trial_recording(trial_id: UUID, asking: ScriptReader, request: Request) -> Response:
    """Its recording: stereo WAV, the person left and us right. Ranges of bytes may be asked for."""
    async with asking.transaction() as session:
        key = await trials.recording_key(session, trial_id)
    return await send_sound(asking.parts.blobs, key, request)


def _wanted(script_id: UUID, body: Ring, play: Playable, phone: str, region: str, *, longest_s: int) -> NewTrial:
    return NewTrial(
        script_id=script_id,
        version=play.version.number,
        draft=play.draft,
        content=play.version.content,
        variables=play.variables,
        line_id=body.line_id,
        phone=phone,
        region=region,
        longest_s=longest_s,
    )


async def _check_gate(asking: Asking, wanted: NewTrial) -> None:
    """Raise TrialRefusedError where the gate would not let the call through at this moment."""
    test = TestDialling(asking.who.tenant_id, wanted.line_id, wanted.phone, wanted.region, wanted.longest_s)
    async with asking.parts.database.system() as session:  # calls to the number are everybody's
        foreseen = await foresee(session, test, asking.now)
    if foreseen.verdict is not Verdict.ALLOW:
        word = GateWord.model_validate(foreseen)
        raise TrialRefusedError(rule=foreseen.rule.value, gate=word.model_dump(mode="json"), where="phone")
