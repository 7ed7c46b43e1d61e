"""The API's own description (OpenAPI): its problems, and the messages of its socket, which FastAPI leaves out."""

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic.json_schema import models_json_schema

from callwright.web.problems import PROBLEM
from callwright.web.schemas.base import REFERENCE, Problem
from callwright.web.schemas.live import CallNews, ExportNews, Hello, ImportNews, LineNews, TaskNews, WarningNews
from callwright.web.schemas.model_chat import ModelChatLine, ModelCrowdLine

DESCRIPTION = (
    "Sign in with POST /api/v1/session; the cookie it sets signs every further request. Errors are problem "
    "documents (RFC 9457), `code` is stable. Lists come in pages: pass `next` as `after`. Parameters that "
    "an address doesn't know are refused. Moments are ISO 8601 in UTC, durations milliseconds, phone numbers "
    "E.164. The WebSocket /api/v1/live sends Hello, TaskNews, CallNews, LineNews, "
    "ImportNews, ExportNews and WarningNews, and takes nothing."
)
EVERYWHERE = {"401": "Nobody is signed in.", "422": "What was sent breaks a rule.", "503": "The database is away."}
CHANGES = {"403": "Your role may not, or the request comes from another site.", "409": "Not in the present state."}
NO_SIGN_IN = {
    ("/api/v1/session", "post"),
    ("/api/v1/health", "get"),
    ("/api/v1/message-callbacks/{channel_id}", "post"),
}


def describe(app: FastAPI) -> None:
    """Have ``app`` describe itself with its problems and with the messages of its socket."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _described(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's documented way of extending it


def _described(app: FastAPI) -> dict[str, Any]:
    schema = get_openapi(
        title=app.title,
        version=app.version,
        summary=app.summary,
        description=DESCRIPTION,
        routes=app.routes,
        webhooks=app.webhooks.routes,
        separate_input_output_schemas=False,
    )
    schemas = schema["components"]["schemas"]
    _, extra = models_json_schema(
        [
            (model, "serialization")
            for model in (
                Hello,
                TaskNews,
                CallNews,
                LineNews,
                ImportNews,
                ExportNews,
                WarningNews,
                ModelChatLine,
                ModelCrowdLine,
                Problem,
            )
        ],
        ref_template=REFERENCE,
    )
    for name, body in extra["$defs"].items():
        schemas.setdefault(name, body)
    schema["components"]["securitySchemes"] = {
        "session": {"type": "apiKey", "in": "cookie", "name": "callwright_session"}
    }
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            _add_problems(path, method, operation)
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    return schema


def _add_problems(path: str, method: str, operation: dict[str, Any]) -> None:
    told = dict(EVERYWHERE)
    if method != "get":
        told.update(CHANGES)
    if "{" in path:
        told["404"] = "There is none of that id in your company."
    content = {PROBLEM: {"schema": {"$ref": REFERENCE.format(model="Problem")}}}
    for status, description in told.items():
        operation["responses"][status] = {"description": description, "content": content}
    if (path, method) not in NO_SIGN_IN:
        operation["security"] = [{"session": []}]
