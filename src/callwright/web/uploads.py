"""Files sent in a form: how they are described, and how they are taken; and the workbooks to fill in."""

import re
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import UploadFile

from callwright.kit.names import UNSHOWABLE

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
A_WORKBOOK: dict[int | str, dict[str, Any]] = {
    200: {"content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}
}
PATH_SEPARATOR = re.compile(r"[\\/]")
MOST_NAME = 200


def file_form(description: str) -> dict[str, Any]:
    """Return how a route describes that it takes a form with one file."""
    file = {"type": "string", "format": "binary", "description": description}
    schema = {"type": "object", "required": ["file"], "properties": {"file": file}}
    return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}}


FILE_FORM = file_form("A .xlsx or .csv of at most 50 MB and 100,000 rows.")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent."""

    content: bytes
    file_name: str


async def take_upload(request: Request) -> Upload:
    """Return the file of a form. Raises RequestValidationError where there is none.

    Called by a route rather than declared as its parameter, so that nobody's file is taken before they are known.
    """
    async with upload_within(request, nullcontext()) as upload:
        return upload


@asynccontextmanager
async def upload_within(request: Request, room: AbstractAsyncContextManager[object]) -> AsyncIterator[Upload]:
    """Take the file of a form as :func:`take_upload` does, and hold it in memory only within ``room``.

    Until there is room, a file of any size waits on disk.
    """
    async with request.form(max_files=1, max_fields=5) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise RequestValidationError(
                [{"type": "missing", "loc": ("body", "file"), "msg": "Field required", "input": None}]
            )
        async with room:
            yield Upload(await file.read(), shown_file_name(file.filename or ""))


def shown_file_name(given: str) -> str:
    """Return the name of a file alone, as it can be shown and kept: without the folders some programs send."""
    name = UNSHOWABLE.sub("", PATH_SEPARATOR.split(given)[-1]).strip(" .")
    stem, dot, kind = name.rpartition(".")
    if len(name) > MOST_NAME:
        name = stem[: MOST_NAME - len(dot + kind)] + dot + kind if len(kind) < MOST_NAME // 2 else name[:MOST_NAME]
    return name or "file"
