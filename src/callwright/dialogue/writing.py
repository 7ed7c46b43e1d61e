"""Writing a script as YAML that people read, review and keep: what :mod:`callwright.dialogue.loading` reads."""

from typing import Any

import yaml

from callwright.dialogue.any_script import AnyScript

_WIDTH = 100
_WAYS_ON = ("silence_s", "branches", "keys", "cases", "otherwise", "next", "failed", "flow")
"""What stands last in a node: where it leads, and in which drawing it stands."""


class _ScriptDumper(yaml.CSafeDumper):
    """YAML in blocks; texts of several lines as they stand."""


def _text(dumper: yaml.CSafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_ScriptDumper.add_representer(str, _text)


def content_of(script: AnyScript) -> dict[str, Any]:
    """Return the script as plain dicts and lists, without what is not given."""
    return script.model_dump(mode="json", by_alias=True, exclude_none=True)


def write_script(script: AnyScript) -> str:
    """Return the script as YAML; reading it gives an equal script."""
    content = script.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)
    return yaml.dump(
        _in_reading_order(content, script.language),
        Dumper=_ScriptDumper,
        default_flow_style=False,
        sort_keys=False,
        allow_unicode=True,
        width=_WIDTH,
    )


def _in_reading_order(content: dict[str, Any], language: str) -> dict[str, Any]:
    """Return ``content`` as people read it: each node's words before its ways, the drawing last."""
    layout = content.pop("layout", None)
    if "nodes" in content:
        content["nodes"] = {name: _node(node) for name, node in content["nodes"].items()}
    written = {"name": content.pop("name"), "language": language, **content}
    return written if layout is None else {**written, "layout": layout}


def _node(node: dict[str, Any]) -> dict[str, Any]:
    words = {field: value for field, value in node.items() if field not in (*_WAYS_ON, "kind")}
    return {"kind": node["kind"], **words, **{field: node[field] for field in _WAYS_ON if field in node}}
