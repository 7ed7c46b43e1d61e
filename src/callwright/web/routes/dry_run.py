"""Dry runs: what a task would do, before it does it."""

import asyncio
from dataclasses import asdict
from uuid import UUID

from fastapi import APIRouter

from callwright.billing.ledger import get_balance
from callwright.calls.dry_run.answering import answer
from callwright.calls.dry_run.gathering import gather
from callwright.dialing.concurrency import ConcurrencyMode
from callwright.kit.phone import masked
from callwright.tasks.nodes import get_total_capacity
from callwright.web.access import TaskChanger
from callwright.web.schemas.dry_run import DryRun

router = APIRouter(prefix="/tasks/{task_id}", tags=["tasks"])

STALE_S = 10.0
"""A call node that was silent for so long takes no calls."""


@router.post("/dry-run")
async def dry_run_task(task_id: UUID, asking: TaskChanger) -> DryRun:
    """When the task will finish, what it will cost, who is lost, and who can't be called and why. Takes seconds."""
    async with asking.parts.database.system() as session:
        nodes = await get_total_capacity(session, STALE_S)  # they are no tenant's
    async with asking.transaction() as session:
        found = await gather(session, task_id, asking.now, nodes=nodes)
        balance = await get_balance(session, asking.who.tenant_id)
    # In a thread, and one at a time: other requests go on meanwhile, if more slowly.
    async with asking.parts.rehearsing:
        told = await asyncio.to_thread(answer, found, balance.available)
    shown = asdict(told)
    for customer in (one for barrier in shown["cannot_be_called"] for one in barrier["customers"]):
        customer["phone_masked"] = asking.masks
        if asking.masks:
            customer["phone"] = masked(customer["phone"])
    adaptive = found.task.mode == ConcurrencyMode.ADAPTIVE
    return DryRun.model_validate(
        {
            **shown,
            "currency": found.tenant.currency,
            "lost_limit_percent": found.task.lost_limit_percent if adaptive else None,
        }
    )
