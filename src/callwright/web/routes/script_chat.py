"""A script tried in writing, before anybody is called."""

from fastapi import APIRouter

from callwright.dialogue.graph import Script
from callwright.dialogue.graph_engine import GraphDialogue
from callwright.dialogue.port import Event, Heard, HungUp, Pressed, StayedSilent
from callwright.scripts import service as scripts
from callwright.scripts.meanings import Scores
from callwright.scripts.replaying import replay
from callwright.web import present_chat
from callwright.web.access import Asking, ScriptReader
from callwright.web.schemas.chat import Chat, ChatEvent, ChatKey, ChatReply, ChatSaid, ChatSilence

router = APIRouter(prefix="/scripts", tags=["scripts"])
CLASSIFY_S = 120.0  # of sentences that were never classified, the first teaches the classifier the script


@router.post("/chat")
async def chat_with_script(body: Chat, asking: ScriptReader) -> ChatReply:
    """Play a conversation from its beginning, and tell what was understood, said and made of it."""
    script = await _script(body, asking)
    dialogue = GraphDialogue(script)
    said = {event.said for event in body.events if isinstance(event, ChatSaid)}
    meanings = await asking.parts.meanings.of(said, dialogue.examples, deadline_s=CLASSIFY_S)
    variables = {variable.name: variable.example for variable in script.variables} | body.variables
    return present_chat.reply(script, replay(dialogue, variables, [_event(one, meanings) for one in body.events]))


async def _script(body: Chat, asking: Asking) -> Script:
    if body.content is not None:
        return body.content
    assert body.script_id is not None
    async with asking.transaction() as session:
        return (await scripts.get_script(session, body.script_id)).drawn


def _event(event: ChatEvent, meanings: dict[str, Scores]) -> Event:
    match event:
        case ChatSaid():
            return Heard(event.said, meanings[event.said])
        case ChatKey():
            return Pressed(event.key)
        case ChatSilence():
            return StayedSilent()
    return HungUp()
