"""A brief tried in writing, before anybody is called: the language model answers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import StreamingResponse

from callwright.dialogue.model.engine import ModelDialogue
from callwright.dialogue.model.script import ModelScript
from callwright.dialogue.port import Event, HungUp, Pressed, StayedSilent
from callwright.kit.errors import CallwrightError
from callwright.language.port import LanguageModel
from callwright.language.thinking import NoLanguageModelError
from callwright.scripts import model_chat as chats
from callwright.scripts import model_crowd as crowds
from callwright.scripts import model_crowd_limits as limits
from callwright.scripts import service as scripts
from callwright.web import present_model_chat as present
from callwright.web.access import Asking, ScriptChanger
from callwright.web.answers import answered
from callwright.web.routes.script_chat import CLASSIFY_S
from callwright.web.schemas.base import REFERENCE, Response
from callwright.web.schemas.chat import ChatEvent, ChatKey, ChatSaid, ChatSilence
from callwright.web.schemas.model_chat import (
    ModelChat,
    ModelChatLine,
    ModelCrowd,
    ModelCrowdLine,
    ModelCrowdProblem,
    ModelEstimate,
)

router = APIRouter(prefix="/scripts", tags=["scripts"])


LINES = "application/x-ndjson"
CROWDED = {
    "description": "An estimate, each conversation as it ends, and a report: a line of JSON each.",
    "content": {LINES: {"schema": {"$ref": REFERENCE.format(model=ModelCrowdLine.__name__)}}},
}
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
    if event is None:
        return StreamingResponse(_lines(chat, script), media_type=LINES)
    async with asking.transaction() as session:
        answer = await asking.parts.answers.begin(session, tenant_id, now=asking.now)
    return StreamingResponse(_answer(chat, script, event, answer, asking), media_type=LINES)


@router.post("/model-crowd", response_class=StreamingResponse, responses={200: CROWDED})
async def try_on_crowd(body: ModelCrowd, asking: ScriptChanger) -> StreamingResponse:
    """Have a few simulated people called in writing: what it will cost, each conversation, what it showed.

    One crowd of a company at a time, and so many tokens a day; it ends with the connection.
    """
    model = asking.parts.language_model
    if model is None:
        raise NoLanguageModelError
    dialogue = ModelDialogue(body.brief)
    begun = None
    if body.begin:
        async with asking.transaction() as session:
            begun = await limits.begin(session, asking.who.tenant_id, by=asking.who.user_id, now=asking.now)
    return StreamingResponse(_crowd(body, dialogue, model, asking, begun), media_type=LINES)


async def _crowd(
    body: ModelCrowd, dialogue: ModelDialogue, model: LanguageModel, asking: Asking, begun: UUID | None
) -> AsyncIterator[str]:
    tokens = crowds.estimate(dialogue, body.people)
    yield _written(ModelEstimate(people=body.people, tokens=tokens, most_tokens=crowds.MOST_TOKENS))
    if begun is None:
        return
    crowd = crowds.Crowd(body.people)

    async def understand(text: str) -> Event:
        return await _said(text, dialogue, asking)

    try:
        talks = crowds.play(dialogue, model, understand, people=body.people, seed=body.seed)
        async with aclosing(talks):
            async for talked in talks:
                crowd.talked.append(talked)
                yield _written(present.talk(talked))
    except CallwrightError as error:
        yield _written(ModelCrowdProblem(code=error.code, detail=str(error)))
    else:
        yield _written(present.report(crowd))
    finally:
        # A page that has gone away cancels what is awaited here, but not what is shielded.
        await asyncio.shield(_end(begun, crowd, dialogue, asking))


async def _end(begun: UUID, crowd: crowds.Crowd, dialogue: ModelDialogue, asking: Asking) -> None:
    # What those cost whose calls were under way can only be estimated.
    cut_off = min(crowds.AT_ONCE, crowd.wanted - len(crowd.talked))
    tokens = crowd.tokens + crowds.estimate(dialogue, cut_off)
    async with asking.transaction() as session:
        await limits.end(session, begun, tokens=tokens, now=asking.parts.clock.now())


async def _lines(chat: chats.ModelChat, script: ModelScript) -> AsyncIterator[str]:
    if len(chat.steps) == 1:
        for line in present.lines(chat.steps[0]):
            yield _written(line)
    yield _written(present.standing(script, chat.standing()))


async def _answer(
    chat: chats.ModelChat, script: ModelScript, event: Event, answer: UUID, asking: Asking
) -> AsyncIterator[str]:
    try:
        async with aclosing(chat.answer(event, asking.parts.language_model)) as steps:
            async for step in steps:
                for line in present.lines(step):
                    yield _written(line)
    finally:
        # A page that has gone away cancels what is awaited here, but not what is shielded.
        await asyncio.shield(answered(answer, asking))
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
            return await _said(event.said, dialogue, asking)
        case ChatKey():
            return Pressed(event.key)
        case ChatSilence():
            return StayedSilent()
    return HungUp()


async def _said(text: str, dialogue: ModelDialogue, asking: Asking) -> Event:
    meanings = await asking.parts.meanings.of([text], dialogue.examples, deadline_s=CLASSIFY_S)
    return chats.heard(text, meanings[text])
