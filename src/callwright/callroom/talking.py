"""Talks by microphone: a script played to whoever makes it, in their browser, in the room of every call.

Nothing of a talk is kept: no recording, no transcript, no row.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from callwright.blobs.port import Blobs
from callwright.callroom.call import CallPlan, Equipment, conduct
from callwright.callroom.prompt_cache import Voice
from callwright.callroom.recorded_prompts import KeptSounds
from callwright.callroom.talk_news import Message, TalkNews
from callwright.dialogue.loading import any_script_from
from callwright.dialogue.model.engine import ModelDialogue
from callwright.dialogue.playing import dialogue_of
from callwright.kit.errors import InvalidInputError
from callwright.language.thinking import NoLanguageModelError
from callwright.telephony.browser.engine import BrowserEngine
from callwright.telephony.port import Originate


class TalkRequestError(InvalidInputError):
    """What asks for a talk can't be read: {why}."""

    code = "talk-request"


@checked(config=ConfigDict(extra="forbid"), frozen=True)
class TalkRequest:
    """Which script is played, and for how long at the most; of the web process, which has asked who it is for."""

    tenant_id: UUID
    content: dict[str, Any]
    variables: dict[str, str]
    longest_s: float


_REQUEST = TypeAdapter(TalkRequest)


def request_from(text: str | bytes) -> TalkRequest:
    """Return the request in a message. Raises TalkRequestError."""
    try:
        return _REQUEST.validate_json(text)
    except ValidationError as error:
        # What it held may be personal, and stays out of the log.
        raise TalkRequestError(why=error.errors(include_input=False)[0]["msg"]) from None


def request_text(request: TalkRequest) -> str:
    """Return the request as a message."""
    return _REQUEST.dump_json(request).decode()


class Talks:
    """The talks that one call node holds at once, ``most`` of them."""

    def __init__(self, equipment: Equipment, blobs: Blobs, *, most: int) -> None:
        self._equipment = equipment
        self._blobs = blobs
        self._most = most
        self._places_taken = 0

    def take_place(self) -> bool:
        """Take a place for a talk, to be left once it is over; return whether there was one."""
        if self._places_taken >= self._most:
            return False
        self._places_taken += 1
        return True

    def leave_place(self) -> None:
        """Leave a place to the next."""
        self._places_taken -= 1

    async def hold(self, request: TalkRequest, browser: BrowserEngine, tell: Callable[[Message], None]) -> None:
        """Talk with a browser that has a place until it is over, telling what happens.

        Raises what keeps a script from being played: ScriptInvalidError, MissingVariableError,
        NoLanguageModelError, SpeechUnavailableError, SpeechDeadlineError. Cancelling hangs up.
        """
        plan, grades = self._plan(request)
        await conduct(replace(self._equipment, engine=browser), plan, TalkNews(tell, grades))

    def _plan(self, request: TalkRequest) -> tuple[CallPlan[Any], Mapping[str, str]]:
        dialogue = dialogue_of(any_script_from(request.content))
        if isinstance(dialogue, ModelDialogue) and self._equipment.language is None:
            raise NoLanguageModelError
        dialogue.begin(request.variables)
        script = dialogue.script
        plan: CallPlan[Any] = CallPlan(
            originate=Originate("browser", "microphone", "", max_duration_s=request.longest_s),
            dialogue=dialogue,
            variables=request.variables,
            recording=None,
            voice=Voice(script.voice or "", script.speed, script.language),
            sounds=KeptSounds(self._blobs, request.tenant_id),
            company=script.company,
        )
        return plan, script.grades.names
