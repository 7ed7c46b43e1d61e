"""What the model may have done, and what becomes of it when it asks: arguments are checked, refusals said."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from callwright.dialogue.collecting import take
from callwright.dialogue.messages import SendMessage, outcome_of
from callwright.dialogue.model.script import ModelScript, Wanted
from callwright.dialogue.model.state import ModelState
from callwright.dialogue.model.texting import TOLD
from callwright.dialogue.parts import Language
from callwright.dialogue.port import Action, Collected
from callwright.dialogue.state import TROUBLE, Given
from callwright.dialogue.thought import Tool, ToolCall
from callwright.dialogue.variables import kept_values
from callwright.kit.json_object import read_object

COLLECT, GRADE, LOOK_UP, SEND_SMS, HANG_UP = "collect", "grade", "look_up", "send_sms", "hang_up"
_MOST_ARGUMENTS = 2_000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a tool did: ``result`` is told to the model, ``goodbye`` is the reason of an ending it asked for.

    ``sends`` is the message of which first is to be heard what became of it.
    """

    state: ModelState
    result: str
    actions: tuple[Action, ...] = ()
    goodbye: str = ""
    sends: str = ""
    refused: bool = False


def tools_of(script: ModelScript) -> tuple[Tool, ...]:
    """Return the tools that a model playing ``script`` is offered."""
    reasons = [reason for reason in script.goodbyes if reason != TROUBLE]
    tools = [
        _tool(
            HANG_UP, "Say goodbye and end the call. The goodbye itself is said for you.", reason=_one_of(reasons)
        ),
        _tool(
            GRADE,
            "Note how interested the customer is, with the reason in a few words.",
            grade=_one_of(list(script.grades.names)),
            because={"type": "string", "maxLength": 120},
        ),
    ]
    if script.collect:
        words = {"type": "string", "description": "The customer's own words.", "maxLength": 200}
        tools.append(
            _tool(COLLECT, "Keep a value that the customer gave.", name=_one_of(list(script.collect)), value=words)
        )
    if script.knowledge:
        tools.append(_tool(LOOK_UP, "Look an answer up.", topic=_one_of(list(script.knowledge))))
    if script.messages:
        about = "; ".join(f"{name}: {message.label}" for name, message in script.messages.items())
        described = f"Send the customer a text message, if they want it. {about}"
        tools.append(_tool(SEND_SMS, described, message=_one_of(list(script.messages))))
    return tuple(tools)


def use(script: ModelScript, state: ModelState, call: ToolCall) -> Outcome:
    """Do what ``call`` asks, or say why it can't be done; never raises."""
    arguments = _read(call.arguments)
    if arguments is None:
        return _refused(state, "the arguments are no JSON object")
    known = {tool.name: tool for tool in tools_of(script)}
    if call.name not in known:
        return _refused(state, f"there is no tool {call.name[:40]!r}; use one of {', '.join(known)}")
    fault = _fault(known[call.name], arguments)
    if fault:
        return _refused(state, fault)
    match call.name:
        case "collect":
            return _collect(script, state, arguments["name"], arguments["value"])
        case "grade":
            return Outcome(replace(state, proposed=(arguments["grade"], arguments["because"][:120])), "noted")
        case "look_up":
            return Outcome(state, script.knowledge[arguments["topic"]].answer)
        case "send_sms":
            return _send(script, state, arguments["message"])
    return Outcome(state, "the goodbye is being said", goodbye=arguments["reason"])


def _collect(script: ModelScript, state: ModelState, name: str, words: str) -> Outcome:
    """Keep a value where the customer's own words hold it: what they never said can't be collected."""
    wanted, said = script.collect[name], [turn.text for turn in state.talk.turns]
    found = take(wanted.what, words, language=script.language)
    if found is None:
        return _refused(state, f"{words[:60]!r} holds no {wanted.what}; ask the customer for {wanted.label}")
    turn = _told_in(script.language, wanted, words, found[0], said)
    if turn is None:
        return _refused(state, f"the customer has not said {words[:60]!r}; ask for {wanted.label}")
    given = Given(name, *found, turn=turn)
    others = tuple(value for value in state.talk.given if value.name != name)
    state = replace(state, talk=replace(state.talk, given=(*others, given)))
    return Outcome(state, f"kept {name}: {given.value}", (Collected(name, given.value),))


def _send(script: ModelScript, state: ModelState, name: str) -> Outcome:
    """Have a message sent; one of which something was told already is never sent again."""
    outcome = outcome_of(state.talk.messages, name)
    if outcome is not None:
        return Outcome(state, TOLD[outcome], refused=outcome == "failed")
    values = tuple(kept_values(state.talk).items())
    return Outcome(state, "", (SendMessage(name, script.messages[name].template, values),), sends=name)


def _told_in(language: Language, wanted: Wanted, words: str, value: str, said: list[str]) -> int | None:
    """Return the number of the latest turn that holds the value, its words or the like; ``None`` for none."""
    for number in range(len(said), 0, -1):
        text = said[number - 1]
        told = take(wanted.what, text, language=language)
        if (told is not None and told[0] == value) or words.casefold().strip(" .,!?。，！？") in text.casefold():
            return number
    return None


def _refused(state: ModelState, why: str) -> Outcome:
    return Outcome(state, f"refused: {why}", refused=True)


def _read(arguments: str) -> dict[str, Any] | None:
    return read_object(arguments or "{}") if len(arguments) <= _MOST_ARGUMENTS else None


def _fault(tool: Tool, arguments: Mapping[str, Any]) -> str:
    properties: Mapping[str, Mapping[str, Any]] = tool.parameters["properties"]
    for name, rule in properties.items():
        value = arguments.get(name)
        if not isinstance(value, str) or not value.strip():
            return f"{name} is missing"
        if "enum" in rule and value not in rule["enum"]:
            return f"{name} must be one of {', '.join(rule['enum'])}"
    return ""


def _one_of(names: list[str]) -> dict[str, Any]:
    return {"type": "string", "enum": names}


def _tool(tool: str, description: str, /, **properties: Mapping[str, Any]) -> Tool:
    schema = {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
    return Tool(tool, description, schema)
