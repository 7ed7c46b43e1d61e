"""The customers of a task: by file, by form, in a list."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from callwright.calls import customers
from callwright.calls.history import get_history
from callwright.calls.schemas import CustomerFilter
from callwright.contacts.drafts import Consent
from callwright.tasks import adding, calling_again, consenting, importing
from callwright.web import present
from callwright.web.access import TaskChanger, TaskReader
from callwright.web.masking import hides, kinds_hidden_by
from callwright.web.paging import After, Limit, after_position, page
from callwright.web.schemas.base import Page, Sought
from callwright.web.schemas.calls import PhoneStateName
from callwright.web.schemas.customers import Tag
from callwright.web.schemas.keys import IdempotencyKey
from callwright.web.schemas.tasks import (
    CallAgain,
    CalledAgain,
    CustomerHistory,
    CustomerStateName,
    NewConsent,
    NewTaskCustomer,
    TaskCustomer,
)
from callwright.web.uploads import A_WORKBOOK, XLSX

router = APIRouter(prefix="/tasks/{task_id}", tags=["customers"])
LATEST = "Of the latest call in this task."


def customer_filter(
    state: CustomerStateName | None = None,
    phone_state: Annotated[PhoneStateName | None, Query(description=LATEST)] = None,
    grade: Annotated[str | None, Query(max_length=20, description=LATEST)] = None,
    tag: Tag | None = None,
    text: Annotated[Sought | None, Query()] = None,
    min_talk_ms: Annotated[int | None, Query(ge=0, le=86_400_000, description=LATEST)] = None,
    max_talk_ms: Annotated[int | None, Query(ge=0, le=86_400_000, description=LATEST)] = None,
) -> CustomerFilter:
    """Return which customers a query asks for."""
    return CustomerFilter(state, phone_state, grade, tag, text, min_talk_ms, max_talk_ms)


Filter = Annotated[CustomerFilter, Depends(customer_filter)]


@router.get("/template", response_class=Response, responses=A_WORKBOOK)
async def get_task_template(task_id: UUID, asking: TaskReader) -> Response:
    """The XLSX to fill in for this task."""
    async with asking.transaction() as session:
        content = await importing.template(session, task_id, region=asking.who.region)
    headers = {"Content-Disposition": 'attachment; filename="customers.xlsx"'}
    return Response(content, media_type=XLSX, headers=headers)


@router.post("/customers", status_code=201)
async def add_customer(
    task_id: UUID, body: NewTaskCustomer, asking: TaskChanger, idempotency_key: IdempotencyKey = None
) -> TaskCustomer:
    """Put one customer into the task."""
    async with asking.transaction() as session:
        made = await adding.add_customer(
            session,
            task_id,
            phone=body.phone,
            name=body.name,
            variables=body.variables,
            region=asking.who.region,
            key=idempotency_key,
        )
        kinds = await kinds_hidden_by(session, asking)
        return present.task_customer(await customers.get_customer(session, made), kinds, masks=asking.masks)


@router.get("/customers")
async def list_task_customers(
    task_id: UUID,
    asking: TaskReader,
    wanted: Filter,
    limit: Limit = 50,
    after: After = None,
) -> Page[TaskCustomer]:
    """The customers of a task, in calling order."""
    async with asking.transaction() as session:
        found = await customers.list_customers(
            session, task_id, wanted, scope=asking.scope, after=after_position(after), limit=limit + 1
        )
        kinds = await kinds_hidden_by(session, asking)
    if hides(asking, wanted.text):
        found = []
    shown, cursor = page(found, limit, lambda view: view.position)
    return Page(items=[present.task_customer(view, kinds, masks=asking.masks) for view in shown], next=cursor)


@router.post("/customers/redial")
async def call_customers_again(task_id: UUID, body: CallAgain, asking: TaskChanger) -> CalledAgain:
    """Put customers who were called back among those to be called; nobody on a do-not-call list."""
    async with asking.transaction() as session:
        if body.ids is not None:
            done = await calling_again.call_again_those(session, task_id, body.ids)
        else:
            done = await calling_again.call_again_after(session, task_id, body.phone_state or "")
    return CalledAgain.model_validate(done)


@router.get("/customers/{task_customer_id}/attempts")
async def get_customer_history(task_id: UUID, task_customer_id: UUID, asking: TaskReader) -> CustomerHistory:
    """Why a customer was called, or was not: every attempt with what the gate said of it."""
    async with asking.transaction() as session:
        found = await get_history(session, task_id, task_customer_id, scope=asking.scope)
        kinds = await kinds_hidden_by(session, asking)
    return present.customer_history(*found, kinds, masks=asking.masks)


@router.post("/customers/{task_customer_id}/consent")
async def note_consent(
    task_id: UUID, task_customer_id: UUID, body: NewConsent, asking: TaskChanger
) -> CustomerHistory:
    """Note that a customer agreed to be called, or took that back. Earlier notes are kept."""
    async with asking.transaction() as session:
        await consenting.note_consent(
            session,
            task_id,
            task_customer_id,
            Consent(body.given, body.source),
            by=asking.who.user_id,
            now=asking.now,
        )
        found = await get_history(session, task_id, task_customer_id, scope=asking.scope)
        kinds = await kinds_hidden_by(session, asking)
    return present.customer_history(*found, kinds, masks=asking.masks)
