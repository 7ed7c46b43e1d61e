"""A brief tried in writing, before anybody is called: the language model answers."""

from collections.abc import AsyncIterator
from contextlib import aclosing

from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from callwright.dialogue.model.engine import ModelDialogue
from callwright.dialogue.model.script import ModelScript
from callwright.dialogue.port import Event, HungUp, Pressed, StayedSilent
from callwright.language.thinking import NoLanguageModelError
from callwright.scripts import model_chat as chats
from callwright.scripts import service as scripts
from callwright.web import present_model_chat as present
from callwright.web.access import Asking, ScriptChanger
from callwright.web.routes.script_chat import CLASSIFY_S
from callwright.web.schemas.base import REFERENCE, Response
from callwright.web.schemas.chat import ChatEvent, ChatKey, ChatSaid, ChatSilence
from callwright.web.schemas.model_chat import ModelChat, ModelChatLine

router = APIRouter(prefix="/scripts", tags=["scripts"])


LINES = "application/x-ndjson"
ANSWERED = {
    "description": "A line of JSON for each thing, sent as soon as it is known.",
    "content": {LINES: {"schema": {"$ref": REFERENCE.format(model=ModelChatLine.__name__)}}},
}


@router.post("/model-chat", response_class=StreamingResponse, responses={200: ANSWERED})
async def chat_with_model(body: ModelChat, asking: ScriptChanger) -> StreamingResponse:
    """Go on with a conversation that a language model holds: a line for each thing said, done or held back.

    The model costs whoever runs this installation, and can be kept busy: so only those may ask who change scripts,
    and a company only so often.
    """
    if asking.parts.language_model is None:
        raise NoLanguageModelError
    script = await _brief(body, asking)
    dialogue = ModelDialogue(script)
    variables = {variable.name: variable.example for variable in script.variables} | body.variables
    tenant_id = asking.who.tenant_id
    chat = chats.ModelChat(dialogue, variables, box=asking.parts.box, tenant_id=tenant_id, record=body.record)
    event = None if body.event is None or chat.over else await _event(body.event, dialogue, asking)
    if event is not None:
        asking.parts.answers.take(tenant_id, asking.now)
    return StreamingResponse(_lines(chat, script, event, asking), media_type=LINES)


async def _lines(
    chat: chats.ModelChat, script: ModelScript, event: Event | None, asking: Asking
) -> AsyncIterator[str]:
    if len(chat.steps) == 1 and event is None:
        for line in present.lines(chat.steps[0]):
            yield _written(line)
    elif event is not None:
        parts = asking.parts
        with parts.answers.under_way(asking.who.tenant_id):
            async with aclosing(chat.answer(event, parts.language_model)) as steps:
                async for step in steps:
                    for line in present.lines(step):
                        yield _written(line)
    yield _written(present.standing(script, chat.standing()))


def _written(line: Response) -> str:
    return line.model_dump_json() + "\n"


async def _brief(body: ModelChat, asking: Asking) -> ModelScript:
    if body.brief is not None:
        return body.brief
    assert body.script_id is not None
    async with asking.transaction() as session:
        return (await scripts.get_script(session, body.script_id)).brief


async def _event(event: ChatEvent, dialogue: ModelDialogue, asking: Asking) -> Event:
    match event:
        case ChatSaid():
            meanings = await asking.parts.meanings.of([event.said], dialogue.examples, deadline_s=CLASSIFY_S)
            return chats.heard(event.said, meanings[event.said])
        case ChatKey():
            return Pressed(event.key)
        case ChatSilence():
            return StayedSilent()
    return HungUp()
