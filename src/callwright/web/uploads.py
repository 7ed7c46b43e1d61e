"""Files sent in a form: how they are described, and how they are taken; and the workbooks to fill in."""

from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import UploadFile

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
A_WORKBOOK: dict[int | str, dict[str, Any]] = {
    200: {"content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}
}


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
    async with request.form(max_files=1, max_fields=5) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise RequestValidationError(
                [{"type": "missing", "loc": ("body", "file"), "msg": "Field required", "input": None}]
            )
        return Upload(await file.read(), file.filename or "file")
