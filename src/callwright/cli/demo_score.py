"""Holding a task's results against what the telephone world knows to be true."""

from pathlib import Path

from callwright.calls import service as calls
from callwright.calls.schemas import CallFilter, CallView
from callwright.cli.demo_contents import Contents
from callwright.db.session import Database
from callwright.scripts import service as scripts
from callwright.simulator.score import Observed, ObservedTurn, Score, score
from callwright.simulator.truth import read_truth

PAGE = 200
S_PER_MS = 0.001


async def held_against_truth(database: Database, contents: Contents, truth: Path) -> Score:
    """Compare every call of the demo's task with the truth the world wrote."""
    found: list[Observed] = []
    async with database.tenant(contents.tenant_id) as session:
        known = list((await scripts.get_graph(session, contents.script_version_id)).intents)
        wanted, after = CallFilter(task_id=contents.task_id), None
        while page := await calls.list_calls(session, wanted, after=after, limit=PAGE):
            # A call that was cut off on our side ended in no phone state; the score counts it as unmatched.
            found += [_observed(await calls.get_call(session, call.id)) for call in page if call.phone_state]
            after = page[-1].place
    return score(read_truth(truth), reversed(found), known=known)


def _observed(call: CallView) -> Observed:
    turns = [
        ObservedTurn(from_s=turn.from_ms * S_PER_MS, to_s=turn.to_ms * S_PER_MS, text=turn.text, intent=turn.intent)
        for turn in call.transcript
        if turn.who == "customer"
    ]
    return Observed.model_validate(
        {"number": call.summary.customer.phone, "phone_state": call.summary.phone_state, "turns": turns}
    )
