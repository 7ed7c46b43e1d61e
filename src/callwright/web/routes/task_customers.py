"""The customers of a task: by file, by form, in a list."""

import re
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import UploadFile

from callwright.calls import customers
from callwright.tasks import importing
from callwright.tasks import service as tasks
from callwright.web import present
from callwright.web.access import Asking, TaskChanger, TaskReader
from callwright.web.paging import After, Limit, after_position, page
from callwright.web.schemas.base import Page
from callwright.web.schemas.tasks import CustomerStateName, ImportFault, ImportResult, NewTaskCustomer, TaskCustomer

router = APIRouter(prefix="/tasks/{task_id}", tags=["customers"])

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILE_FORM = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {
                            "type": "string",
                            "format": "binary",
                            "description": "A .xlsx or .csv of at most 20 MB and 100,000 rows.",
                        }
                    },
                }
            }
        },
    }
}
BYTES = {XLSX: {"schema": {"type": "string", "format": "binary"}}}
A_WORKBOOK: dict[int | str, dict[str, Any]] = {200: {"content": BYTES}}
NUMBER_PART = re.compile(r"[+\d\s().-]+")


@router.get("/template", response_class=Response, responses=A_WORKBOOK)
async def get_task_template(task_id: UUID, asking: TaskReader) -> Response:
    """The XLSX to fill in for this task."""
    async with asking.transaction() as session:
        content = await importing.template(session, task_id, region=asking.who.region)
    headers = {"Content-Disposition": 'attachment; filename="customers.xlsx"'}
    return Response(content, media_type=XLSX, headers=headers)


@router.post("/imports", openapi_extra=FILE_FORM)
async def import_customers(task_id: UUID, asking: TaskChanger, request: Request) -> ImportResult:
    """Import customers from a file: every good row, in one transaction; bad rows are told with their reasons."""
    async with asking.transaction() as session:
        await tasks.get_task(session, task_id)  # an unknown task is told before a large file is read
    # Read here rather than as a parameter, so that nobody's file is taken before they are known.
    async with request.form(max_files=1, max_fields=5) as form:
        file = form.get("file")
        if not isinstance(file, UploadFile):
            raise RequestValidationError(
                [{"type": "missing", "loc": ("body", "file"), "msg": "Field required", "input": None}]
            )
        content, name = await file.read(), file.filename or "file"
    async with asking.transaction() as session:
        found = await importing.import_customers(
            session, task_id, content, file_name=name, region=asking.who.region
        )
    errors = [ImportFault.model_validate(fault) for fault in found.errors]
    return ImportResult(
        rows=found.rows,
        imported=found.imported,
        updated=found.updated,
        duplicates=found.duplicates,
        already_in_task=found.already_in_task,
        failed=found.failed,
        errors=errors,
    )


@router.post("/customers", status_code=201)
async def add_customer(task_id: UUID, body: NewTaskCustomer, asking: TaskChanger) -> TaskCustomer:
    """Put one customer into the task."""
    async with asking.transaction() as session:
        made = await importing.add_customer(
            session,
            task_id,
            phone=body.phone,
            name=body.name,
            variables=body.variables,
            region=asking.who.region,
        )
        return present.task_customer(await customers.get_customer(session, made), masks=asking.masks)


@router.get("/customers")
async def list_task_customers(
    task_id: UUID,
    asking: TaskReader,
    state: CustomerStateName | None = None,
    text: Annotated[str | None, Query(max_length=200, description="Part of a name or a number.")] = None,
    limit: Limit = 50,
    after: After = None,
) -> Page[TaskCustomer]:
    """The customers of a task, in calling order."""
    async with asking.transaction() as session:
        found = await customers.list_customers(
            session, task_id, state=state, text=text, after=after_position(after), limit=limit + 1
        )
    if hides(asking, text):
        found = []
    shown, cursor = page(found, limit, lambda view: view.position)
    return Page(items=[present.task_customer(view, masks=asking.masks) for view in shown], next=cursor)


def hides(asking: Asking, text: str | None) -> bool:
    """Tell whether ``text`` would let someone find out a number digit by digit that is masked for them."""
    return asking.masks and text is not None and NUMBER_PART.fullmatch(text) is not None
