"""A tenant that is ready to call: line, seats, published script, task, customers."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

from callwright.accounts.calling_hours import hours_to_json
from callwright.accounts.service import create_tenant, get_tenant
from callwright.contacts.drafts import CustomerDraft
from callwright.db.session import Database
from callwright.dialing.calling_hours import CallingHours
from callwright.dialogue.parts import Language
from callwright.kit.secrets import SecretBox, new_key
from callwright.lines.drafts import LineDraft
from callwright.lines.service import create_line
from callwright.scripts.drafting import create_version
from callwright.scripts.publishing import publish
from callwright.scripts.service import demo_source
from callwright.seats.service import open_pack
from callwright.simulator.fiction import AREA_CODES
from callwright.tasks import service
from callwright.tasks.drafts import TaskDraft
from callwright.tasks.entering import enter
from callwright.tasks.schemas import TaskView

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BOX = SecretBox(new_key())
VARIABLES = {"customer_name": "Maria", "last_visit": "last April"}


@dataclass(frozen=True, slots=True)
class Caller:
    """A tenant with what it needs to make tasks."""

    database: Database
    tenant_id: UUID
    line_id: UUID
    script_id: UUID

    async def make_task(
        self, customers: int = 0, *, name: str = "Spring", concurrency: int = 5, first: int = 0, **wishes: Any
    ) -> TaskView:
        """Make a draft with ``customers`` in it, numbered from ``first``; ``wishes`` are more of a TaskDraft."""
        async with self.database.tenant(self.tenant_id) as session:
            draft = TaskDraft(
                name=name, script_id=self.script_id, line_ids=(self.line_id,), seats=concurrency, **wishes
            )
            tenant = await get_tenant(session, self.tenant_id)
            task = await service.create_task(session, draft, tenant=tenant, now=NOW)
        await self.add_customers(task.id, customers, first=first)
        return task

    async def add_customers(self, task_id: UUID, count: int, *, first: int = 0) -> None:
        """Put customers with the numbers ``phone(first)`` and following into the task."""
        drafts = [
            CustomerDraft(phone=phone(number), name=f"Person {number}", variables=VARIABLES)
            for number in range(first, first + count)
        ]
        async with self.database.tenant(self.tenant_id) as session:
            await enter(session, task_id, drafts)

    async def add_number(self, task_id: UUID, number: str) -> None:
        """Put one customer with a number of the test's choice into the task."""
        draft = CustomerDraft(phone=number, name="Person", variables=VARIABLES)
        async with self.database.tenant(self.tenant_id) as session:
            await enter(session, task_id, [draft])

    async def start(self, task_id: UUID) -> TaskView:
        """Start a task."""
        async with self.database.tenant(self.tenant_id) as session:
            return await service.start_task(session, task_id, now=NOW)

    async def running_task(
        self, customers: int, *, name: str = "Spring", concurrency: int = 5, **wishes: Any
    ) -> TaskView:
        """Make a task with ``customers`` and start it."""
        task = await self.make_task(customers, name=name, concurrency=concurrency, **wishes)
        return await self.start(task.id)

    async def view(self, task_id: UUID) -> TaskView:
        """Return the task as it stands now."""
        async with self.database.tenant(self.tenant_id) as session:
            return await service.get_task(session, task_id)


def phone(number: int) -> str:
    """Return the number of a customer: one that nobody has, which may be called at any hour."""
    return f"+1{AREA_CODES[number // 100]}55501{number % 100:02}"


async def make_caller(
    database: Database,
    *,
    name: str = "Harbour Dental",
    seats: int = 50,
    channels: int = 50,
    language: Language = "en",
) -> Caller:
    """Make a tenant with a line, seats and the demo's script, published."""
    async with database.system() as session:
        tenant = await create_tenant(session, name=name)
        tenant.calling_hours = hours_to_json(CallingHours(opens=time(0), closes=time(0)))
    async with database.tenant(tenant.id) as session:
        draft = LineDraft(name="Line", carrier_host="127.0.0.1", caller_number="+12125550100", channels=channels)
        line = await create_line(session, draft, region="US", box=BOX)
        line.calls_per_second = 1000
        await open_pack(session, seats=seats, opens_at=NOW)
        script = await create_version(session, demo_source(language), now=NOW)
        await publish(session, script.id, now=NOW)
    return Caller(database, tenant.id, line.id, script.id)
