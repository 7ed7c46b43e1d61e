"""A script tried on one's own phone."""

import asyncio
from uuid import UUID

from fastapi import APIRouter, Request, Response

from callwright.accounts.roles import Act, may
from callwright.callroom.test_gate import Says, TestDialling, foresee
from callwright.calls import own_phone, trial_limits, trials
from callwright.calls.errors import CustomersNumberError, TrialRefusedError
from callwright.calls.trials import LONGEST_S, NewTrial, TrialView
from callwright.dialing.gate import GateRule, Verdict
from callwright.kit.phone import to_callable
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

    On a phone that you did not show to be yours within 30 days, the script is played once you have keyed in the
    ``code`` that this returns; whoever answers and does not hears that this was a test call, and nothing of what
    they say is kept but the wish not to be called again. Such a phone is rung in the hours in which your company
    calls its customers, any other in those of its country. A customer's number is refused. The do-not-call lists,
    the caps and the money hold as for every call; consent is not asked for, but heeded where it was withdrawn. It
    costs what a call costs, and counts in no task.
    """
    play = await playable(asking, script_id, body)
    phone = to_callable(body.phone, asking.who.region)
    region = region_to_text(await asyncio.to_thread(region_of, phone))
    wanted = _wanted(script_id, body, play, phone, region, longest_s=min(asking.parts.max_call_s, LONGEST_S))
    await _check_gate(asking, wanted)
    async with asking.transaction() as session:
        asked = await trials.ask_for(session, wanted, asked_by=asking.who.user_id, now=asking.now)
    return trial(asked, to=asking.who.user_id)


@router.get("/scripts/{script_id}/ring")
async def get_my_ringing(script_id: UUID, asking: ScriptReader) -> Ringing:
    """Your latest call with this script, as far as it got, and the phone that you last named as your own."""
    async with asking.transaction() as session:
        latest = await trials.get_latest(session, script_id, asking.who.user_id, now=asking.now)
        phone = await own_phone.get_own_phone(session, asking.who.user_id)
    return Ringing(phone=phone, latest=None if latest is None else trial(latest, to=asking.who.user_id))


@router.get("/trials/{trial_id}")
async def get_trial(trial_id: UUID, asking: ScriptReader) -> TrialCall:
    """A call in which you tried a script on your phone, also while it is under way; an owner sees everybody's."""
    return trial(await _get(trial_id, asking), to=asking.who.user_id)


@router.get("/trials/{trial_id}/recording", response_class=Response, responses=AUDIO)
async def get_trial_recording(trial_id: UUID, asking: ScriptReader, request: Request) -> Response:
    """Its recording: stereo WAV, the person left and us right. Ranges of bytes may be asked for."""
    return await send_sound(asking.parts.blobs, (await _get(trial_id, asking)).recording, request)


async def _get(trial_id: UUID, asking: Asking) -> TrialView:
    """Return a trial. Raises NotFoundError, also for one that is a colleague's and none of their business."""
    theirs = None if may(asking.who.role, Act.READ_TRIALS) else asking.who.user_id
    async with asking.transaction() as session:
        return await trials.get(session, trial_id, now=asking.now, asked_by=theirs)


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
    """Raise what forbids the call at this moment, before anything is locked or written for it."""
    person, now = asking.who.user_id, asking.now
    async with asking.transaction() as session:
        await trial_limits.check(session, wanted.phone, person, now)
        known = await own_phone.is_known(session, person, wanted.phone, now=now)
    says = Says.SCRIPT if known else Says.CODE_FIRST
    test = TestDialling(asking.who.tenant_id, wanted.line_id, wanted.phone, wanted.region, wanted.longest_s, says)
    async with asking.parts.database.system() as session:  # calls to the number are everybody's
        foreseen = await foresee(session, test, now)
    if foreseen.rule is GateRule.CUSTOMERS_NUMBER:
        raise CustomersNumberError(where="phone")
    if foreseen.verdict is not Verdict.ALLOW:
        word = GateWord.model_validate(foreseen)
        raise TrialRefusedError(rule=foreseen.rule.value, gate=word.model_dump(mode="json"), where="phone")
