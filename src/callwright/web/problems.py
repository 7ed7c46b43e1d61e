"""Errors in one shape (RFC 9457): one table says which HTTP status each kind has."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import asdict
from http import HTTPStatus
from typing import Any
from uuid import UUID

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from callwright.accounts.errors import TooManySignInsError
from callwright.chats.errors import TooManyCodesError
from callwright.dialogue.faults import Fault, ScriptInvalidError
from callwright.kit.errors import (
    CallwrightError,
    ConflictError,
    ForbiddenError,
    InvalidInputError,
    NotFoundError,
    SignInRequiredError,
    UnavailableError,
)
from callwright.scripts.model_chat_limits import AnswersUnderWayError, TooManyAnswersError

log = structlog.get_logger()

PROBLEM = "application/problem+json"

STATUS: dict[type[CallwrightError], HTTPStatus] = {
    InvalidInputError: HTTPStatus.UNPROCESSABLE_ENTITY,
    NotFoundError: HTTPStatus.NOT_FOUND,
    ConflictError: HTTPStatus.CONFLICT,
    SignInRequiredError: HTTPStatus.UNAUTHORIZED,
    ForbiddenError: HTTPStatus.FORBIDDEN,
    UnavailableError: HTTPStatus.SERVICE_UNAVAILABLE,
    TooManySignInsError: HTTPStatus.TOO_MANY_REQUESTS,
    TooManyAnswersError: HTTPStatus.TOO_MANY_REQUESTS,
    TooManyCodesError: HTTPStatus.TOO_MANY_REQUESTS,
    AnswersUnderWayError: HTTPStatus.TOO_MANY_REQUESTS,
}


class CrossSiteError(ForbiddenError):
    """The request comes from another site's page. Open Callwright at its own address and try again there."""

    code = "cross-site"


class TooLargeError(CallwrightError):
    """What was sent is larger than {most_kb} kB, the most that is taken here."""

    code = "too-large"


STATUS[TooLargeError] = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def problem(status: int, code: str, detail: str, **members: Any) -> JSONResponse:
    """Return a problem document as a response."""
    body = {
        **members,
        "type": f"/errors/{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
    }
    return JSONResponse(body, status, media_type=PROBLEM)


def status_of(error: CallwrightError) -> HTTPStatus | None:
    """Return the status of the nearest kind in the table, ``None`` for an error that nobody foresaw."""
    return next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), None)


def from_error(error: CallwrightError) -> JSONResponse:
    """Return the problem document of an error that a person is meant to read."""
    status = status_of(error)
    if status is None:
        return unexpected(error)
    members: dict[str, Any] = {key: _plain(value) for key, value in error.fields.items() if key != "listing"}
    where = members.pop("where", None)
    if where is not None:
        members["errors"] = [{"where": where, "message": str(error)}]
    if isinstance(error, ScriptInvalidError):
        members["faults"] = [fault_members(fault) for fault in error.faults]
    response = problem(status, error.code, str(error), **members)
    if status is HTTPStatus.TOO_MANY_REQUESTS:
        response.headers["Retry-After"] = str(error.fields["wait_s"])
    return response


def fault_members(fault: Fault) -> dict[str, Any]:
    """Return what is wrong in a script as the API tells it."""
    return {**asdict(fault), "node": fault.node or None, "field": fault.field or None, "path": list(fault.path)}


def unexpected(error: Exception) -> JSONResponse:
    """Log an unforeseen error under a new incident's id, and return a problem that tells only that id."""
    incident = secrets.token_hex(6)
    log.error("unexpected error", incident=incident, exc_info=error)
    detail = f"Something went wrong inside Callwright. Tell your operator the incident {incident}."
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, "internal", detail, incident=incident)


def install(app: FastAPI) -> None:
    """Have every error of ``app`` told as a problem document."""
    app.add_exception_handler(CallwrightError, _on_error)
    app.add_exception_handler(RequestValidationError, _on_validation)
    app.add_exception_handler(HTTPException, _on_http)


async def _on_error(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, CallwrightError)
    return from_error(error)


async def _on_validation(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    faults = error.errors()
    if any(fault["loc"][:1] == ("path",) for fault in faults):
        return problem(HTTPStatus.NOT_FOUND, "not-found", "There is nothing of that name.")
    errors = [{"where": _where(fault["loc"]), "message": _said(fault)} for fault in faults]
    told = "; ".join(f"{one['where']}: {one['message']}" if one["where"] else one["message"] for one in errors)
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", told, errors=errors)


async def _on_http(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    status = HTTPStatus(error.status_code)
    code = status.phrase.lower().replace(" ", "-")
    response = problem(status, code, str(error.detail))
    response.headers.update(error.headers or {})
    return response


def _said(fault: Mapping[str, Any]) -> str:
    """Return what is wrong; of a text that is too short or too long it is characters that were counted."""
    counts = isinstance(fault.get("input"), str) and fault["type"] in ("too_long", "too_short")
    told = str(fault["msg"])
    return re.sub(r"^Value(.* )items?\b.*", r"String\1characters", told) if counts else told


def _where(location: tuple[int | str, ...]) -> str:
    parts = location[1:] if location[:1] == ("body",) else location
    return ".".join(str(part) for part in parts if part != "[key]")  # a key is named by itself already


def _plain(value: object) -> object:
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    return value if isinstance(value, str | int | float | bool | None) else str(value)
