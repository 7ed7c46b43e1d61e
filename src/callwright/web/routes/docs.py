"""The API's description as one plain page, made here: nothing is fetched from elsewhere and no script runs."""

import json
from html import escape
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

router = APIRouter(include_in_schema=False)

STYLE = """body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
summary{cursor:pointer;padding:.35rem 0}code{font:13px ui-monospace,monospace}b{display:inline-block;width:4.5rem}
pre{background:#8881;padding:.75rem;overflow:auto;font-size:12px}h2{margin-top:2rem}"""
OF_INTEREST: tuple[str, ...] = ("parameters", "requestBody", "responses")


@router.get("/docs")
async def docs(request: Request) -> HTMLResponse:
    """Show every operation and every schema."""
    schema = request.app.openapi()
    operations = "".join(
        _operation(path, method, operation)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    )
    schemas = "".join(
        _folded(f"<code>{escape(name)}</code>", body) for name, body in schema["components"]["schemas"].items()
    )
    return HTMLResponse(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><title>Callwright API</title><style>{STYLE}</style>'
        f"<h1>Callwright API {escape(schema['info']['version'])}</h1>"
        f'<p>{escape(schema["info"]["description"])}</p><p><a href="openapi.json">openapi.json</a></p>'
        f"<h2>Operations</h2>{operations}<h2>Schemas</h2>{schemas}</html>"
    )


def _operation(path: str, method: str, operation: dict[str, Any]) -> str:
    said = escape(operation.get("description", ""))
    title = f"<b>{method.upper()}</b> <code>{escape(path)}</code> {said}"
    shown = {key: operation[key] for key in OF_INTEREST if key in operation}
    return _folded(title, shown)


def _folded(title: str, body: dict[str, Any]) -> str:
    shown = escape(json.dumps(body, indent=2, ensure_ascii=False))
    return f"<details><summary>{title}</summary><pre>{shown}</pre></details>"
