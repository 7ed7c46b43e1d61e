"""Reading a script from YAML: nothing executed, nothing expanded without bound, every fault told at once."""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from callwright.dialogue.any_script import AnyScript
from callwright.dialogue.fault_words import fault
from callwright.dialogue.faults import Fault, ScriptInvalidError
from callwright.dialogue.graph import Script
from callwright.dialogue.model.script import ModelScript
from callwright.dialogue.parts import Part
from callwright.kit.script_size import MOST_CHARACTERS

Kind = TypeVar("Kind", Script, ModelScript)

MODEL_ENGINE = "2.0"
MAX_DEPTH = 20

_KINDS = "say, ask, listen, branch, collect, condition, jump, transfer, send_sms, hang_up"


class _ScriptLoader(yaml.SafeLoader):
    """YAML without aliases, repeated keys or deep nesting; ``yes``, ``no`` and dates stay words, as in YAML 1.2."""

    yaml_implicit_resolvers: dict[str, list[Any]] = {}  # noqa: RUF012 - PyYAML's own class attribute
    _depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise self._refusal("aliases (*name) are not used in scripts")
        if getattr(self._next(), "tag", None):
            raise self._refusal("tags (!name) are not used in scripts")
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise self._refusal("it is nested too deeply")
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node

    def _next(self) -> Any:
        return self.peek_event()  # type: ignore[no-untyped-call]

    def _refusal(self, why: str) -> yaml.MarkedYAMLError:
        return yaml.MarkedYAMLError(problem=why, problem_mark=self._next().start_mark)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.MarkedYAMLError(problem="a name must be a plain word", problem_mark=key.start_mark)
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"{key.value!r} is there twice", problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


for _tag, _pattern, _first in (
    ("bool", r"true|false", "tf"),
    ("int", r"0|[-+]?[1-9][0-9]{0,17}", "-+0123456789"),
    ("float", r"[-+]?[0-9]{1,18}\.[0-9]{1,18}", "-+0123456789"),
    ("null", r"null|", ["n", ""]),
):
    _ScriptLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), list(_first))


def load_script(text: str) -> Script:
    """Return the script for engine 1.0 in ``text``. Raises ScriptInvalidError with every fault of its form."""
    return script_from(_read(text))


def load_any_script(text: str) -> AnyScript:
    """Return the script, for whichever engine, written in ``text``. Raises ScriptInvalidError as load_script."""
    return any_script_from(_read(text))


def script_from(data: object) -> Script:
    """Return the script for engine 1.0 held in plain dicts and lists. Raises ScriptInvalidError as load_script."""
    return _validated(Script, data)


def brief_from(data: object) -> ModelScript:
    """Return the script for engine 2.0 held in plain dicts and lists. Raises ScriptInvalidError as load_script."""
    return _validated(ModelScript, data)


def any_script_from(data: object) -> AnyScript:
    """Return the script, for whichever engine, held in plain dicts and lists. Raises ScriptInvalidError."""
    by_model = isinstance(data, Mapping) and data.get("engine") == MODEL_ENGINE
    return brief_from(data) if by_model else script_from(data)


def check_length(text: str) -> None:
    """Raise ScriptInvalidError where a script is longer as a file than what is read."""
    if len(text) > MOST_CHARACTERS:
        length, most = len(text) // 1024 + 1, MOST_CHARACTERS // 1024
        raise ScriptInvalidError([fault("too-long", length=str(length), most=str(most))])


def _read(text: str) -> object:
    check_length(text)
    try:
        return yaml.load(text, _ScriptLoader)  # noqa: S506 - a SafeLoader, narrowed
    except yaml.MarkedYAMLError as error:
        raise _unreadable(_yaml_words(error)) from None
    except yaml.YAMLError:
        raise _unreadable("it holds characters that no text has.") from None


def _validated(kind: type[Kind], data: object) -> Kind:
    if not isinstance(data, Mapping):
        raise _unreadable("it must begin with lines such as `name: My script`.")
    try:
        return kind.model_validate(data)
    except ValidationError as error:
        raise ScriptInvalidError([_fault(detail, data) for detail in error.errors()]) from None


def _unreadable(why: str) -> ScriptInvalidError:
    return ScriptInvalidError([fault("unreadable", why=why)])


_ABOUT_SIGNS = " Put texts with : # or * in quotes, and indent with spaces."
_NO_MATTER_OF_SIGNS = (
    "is there twice",
    "a name must be",
    "nested too deeply",
    "another document",
    "end of stream",
    "stream end",
)
"""Of what a problem speaks that no quotes and no indenting mend: a name, or a bracket or quote left open."""


def _yaml_words(error: yaml.MarkedYAMLError) -> str:
    mark = error.problem_mark or error.context_mark
    place = f"line {mark.line + 1}, column {mark.column + 1}: " if mark else ""
    problem = str(error.problem or error.context)
    advice = "" if any(other in problem for other in _NO_MATTER_OF_SIGNS) else _ABOUT_SIGNS
    return f"{place}{problem}.{advice}"


def _fault(detail: ErrorDetails, data: Mapping[Any, Any]) -> Fault:
    steps = [_showable(step) for step in detail["loc"]]
    node = steps[1] if steps[0] == "nodes" and len(steps) > 1 else ""
    kind = _kind_of(data, node)
    within = [step for step in (steps[2:] if node else steps) if step not in (kind, "[key]")]
    rule, values = _rule_of(detail)
    place = " → ".join(within) or "it"
    return fault(rule, node, field=".".join(within), path=(), place=place, **values)


def _showable(step: int | str) -> str:
    """Return a step as text that every encoding can hold: JSON can name halves of characters."""
    return str(step).encode("utf-8", "replace").decode()


def _kind_of(data: Mapping[Any, Any], node: str) -> str:
    nodes = data.get("nodes")
    body = nodes.get(node) if isinstance(nodes, Mapping) else None
    return str(body.get("kind", "")) if isinstance(body, Mapping) else ""


def _rule_of(detail: ErrorDetails) -> tuple[str, dict[str, str]]:
    """Return the rule that was broken, with the values that its words speak of besides the place."""
    given, context = detail["input"], detail.get("ctx", {})
    most = str(context.get("max_length"))
    match detail["type"]:
        case "missing":
            return "form-missing", {}
        case "extra_forbidden":
            return _unknown(detail["loc"])
        case "union_tag_not_found":
            return "form-kindless", {"known": _KINDS}
        case "union_tag_invalid":
            return "form-kind", {"name": str(context.get("tag")), "known": _KINDS}
        case "string_pattern_mismatch":
            rule = "form-key" if "#" in str(context.get("pattern")) else "form-name"
            return rule, {"text": str(given)[:60]}
        case "string_too_long":
            return "form-long", {"length": str(len(str(given))), "most": most}
        case "too_long":
            return "form-many", {"length": str(context.get("actual_length")), "most": most}
        case _:
            return "form", {"message": f"{detail['msg'][0].lower()}{detail['msg'][1:]}."}


def _unknown(location: Sequence[int | str]) -> tuple[str, dict[str, str]]:
    known = {name for part in _kinds_of(Part) for name in part.model_fields}
    close = difflib.get_close_matches(str(location[-1]), known, n=1)
    return ("form-misspelt", {"known": close[0]}) if close else ("form-unknown", {})


def _kinds_of(part: type[Part]) -> Iterator[type[Part]]:
    for kind in part.__subclasses__():
        yield kind
        yield from _kinds_of(kind)
