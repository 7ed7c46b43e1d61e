"""Dry runs: what a task would do, before it does it."""

import asyncio
from dataclasses import asdict
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.accounts.service import get_tenant
from callwright.billing.ledger import get_available
from callwright.calls.dry_run import service as dry_runs
from callwright.calls.dry_run.answering import answer
from callwright.calls.dry_run.jobs import read
from callwright.dialing.concurrency import ConcurrencyMode
from callwright.kit.phone import masked
from callwright.tasks.repository import get_task_row
from callwright.web.access import Asking, TaskChanger
from callwright.web.schemas.dry_run import DryRunOut

router = APIRouter(prefix="/tasks/{task_id}", tags=["tasks"])


@router.post("/dry-run", responses={202: {"model": DryRunOut, "description": "A job worker makes it."}})
async def dry_run_task(task_id: UUID, asking: TaskChanger, response: Response) -> DryRunOut:
    """When the task will finish, what it will cost, who is lost, and who can't be called and why.

    A task of up to 50,000 open customers is answered within seconds. A larger one is answered 202 and tried by a
    job worker: look with GET until `state` is neither `waiting` nor `running`.
    """
    async with asking.transaction() as session:
        by_worker = await dry_runs.ask(session, task_id, now=asking.now)
    if by_worker:
        response.status_code = 202
    else:
        await _answer_now(asking, task_id)
    return await get_dry_run(task_id, asking)


@router.get("/dry-run")
async def get_dry_run(task_id: UUID, asking: TaskChanger) -> DryRunOut:
    """The task's newest dry run, and how it gets on."""
    async with asking.transaction() as session:
        return await _shown(session, asking, await dry_runs.get(session, task_id))


@router.delete("/dry-run")
async def call_off_dry_run(task_id: UUID, asking: TaskChanger) -> DryRunOut:
    """Let a dry run that is under way be made no further."""
    async with asking.transaction() as session:
        return await _shown(session, asking, await dry_runs.call_off(session, task_id))


async def _answer_now(asking: Asking, task_id: UUID) -> None:
    parts, tenant_id = asking.parts, asking.who.tenant_id
    found, available = await read(parts.database, parts.clock, get_available, tenant_id, task_id)
    # In a thread, and one at a time: other requests go on meanwhile, if more slowly.
    async with parts.rehearsing:
        told = await asyncio.to_thread(answer, found, available)
    async with asking.transaction() as session:
        await dry_runs.keep(session, task_id, told, now=asking.now)


async def _shown(session: AsyncSession, asking: Asking, view: dry_runs.DryRunView) -> DryRunOut:
    row = view.row
    return DryRunOut.model_validate(
        {
            "id": row.id,
            "asked_at": row.asked_at,
            "state": row.state,
            "progress": row.progress,
            "failure": row.failure or None,
            "answer": None if view.answer is None else await _answer(session, asking, view),
        }
    )


async def _answer(session: AsyncSession, asking: Asking, view: dry_runs.DryRunView) -> dict[str, Any]:
    assert view.answer is not None
    shown = asdict(view.answer)
    for customer in (one for barrier in shown["cannot_be_called"] for one in barrier["customers"]):
        customer["phone_masked"] = asking.masks
        if asking.masks:
            customer["phone"] = masked(customer["phone"])
    task = await get_task_row(session, view.row.task_id)
    adaptive = task.mode == ConcurrencyMode.ADAPTIVE
    currency = (await get_tenant(session, asking.who.tenant_id)).currency
    return {**shown, "currency": currency, "lost_limit_percent": task.lost_limit_percent if adaptive else None}
