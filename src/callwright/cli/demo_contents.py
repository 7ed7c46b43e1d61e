"""What the demo puts into the house: a company, its people, a line, seats, a script, customers, a task."""

import asyncio
import secrets
from dataclasses import dataclass
from datetime import datetime, time
from io import BytesIO
from pathlib import Path
from uuid import UUID

import xlsxwriter
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.accounts import service as accounts
from callwright.accounts.calling_hours import hours_to_json
from callwright.accounts.roles import Role
from callwright.db.session import Database
from callwright.dialing.calling_hours import CallingHours
from callwright.dialogue.loading import load_script
from callwright.dialogue.parts import Language
from callwright.kit.clock import SystemClock
from callwright.kit.secrets import SecretBox
from callwright.lines import service as lines
from callwright.lines.drafts import LineDraft
from callwright.scripts import service as scripts
from callwright.scripts.drafting import create_version
from callwright.scripts.publishing import publish
from callwright.scripts.schemas import ScriptView
from callwright.seats import service as seats
from callwright.settings import Settings
from callwright.simulator.scenario import Scenario
from callwright.tasks import importing
from callwright.tasks import service as tasks
from callwright.tasks.drafts import TaskDraft
from callwright.wiring import folders

COMPANY = "Harbour Dental"
TIME_ZONE, REGION = "America/New_York", "US"
PEOPLE = (
    ("anna@harbour-dental.example", "Anna Berg", Role.OWNER),
    ("sam@harbour-dental.example", "Sam Ode", Role.SUPERVISOR),
    ("lee@harbour-dental.example", "Lee Chan", Role.AGENT),
)
LINE = "Telephone world"
CALLER_NUMBER = "+12125550100"
RING_TIMEOUT_S = 15
SEATS = 100
LAST_VISITS = ("last April", "last May", "in spring", "last winter")
PLANS = ("family", "", "family", "")
SIGN_IN_FILE = "demo/sign-in"


@dataclass(frozen=True, slots=True)
class Carrier:
    """Where the telephone world takes calls, and as whom a line registers."""

    host: str
    port: int
    user: str
    password: str


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a run is to have: whose numbers, in which file they come, over which carrier, how many calls at once."""

    scenario: Scenario
    customers: Path
    carrier: Carrier
    concurrency: int


@dataclass(frozen=True, slots=True)
class Contents:
    """What was made, and how to sign in."""

    tenant_id: UUID
    task_id: UUID
    script_version_id: UUID
    email: str
    password: str


async def prepare(database: Database, settings: Settings, wishes: Wishes) -> Contents:
    """Make what is missing of the demo's company, and a new task with the scenario's people as customers."""
    now = SystemClock().now()
    password = _sign_in_password(settings)
    tenant_id = await _company(database, password)
    spreadsheet = _customers(wishes.scenario)
    await asyncio.to_thread(wishes.customers.write_bytes, spreadsheet)
    async with database.tenant(tenant_id) as session:
        line_id = await _line(session, wishes.carrier, SecretBox(folders.secret_key(settings)))
        if await seats.total_seats(session, now) < wishes.concurrency:
            await seats.open_pack(session, seats=SEATS, opens_at=now)
        await _script(session, "zh", now)
        script = await _script(session, "en", now)
        draft = TaskDraft(
            name=f"Check-up reminders {now:%Y-%m-%d %H:%M:%S}",
            script_id=script.id,
            line_ids=(line_id,),
            seats=wishes.concurrency,
            redial={},  # nobody waits half an hour for the demo to call again whom a busy machine's speech failed
        )
        tenant = await accounts.get_tenant(session, tenant_id)
        task = await tasks.create_task(session, draft, tenant=tenant, now=now)
        await importing.import_customers(
            session, task.id, spreadsheet, file_name=wishes.customers.name, region=REGION, now=now
        )
    return Contents(tenant_id, task.id, task.script_version_id, PEOPLE[0][0], password)


def _sign_in_password(settings: Settings) -> str:
    """Return the demo people's password, made once: yesterday's sign-in works today."""
    path = settings.data_folder / SIGN_IN_FILE
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(9))
    return path.read_text()


async def _company(database: Database, password: str) -> UUID:
    async with database.system() as session:
        tenant = await accounts.find_tenant(session, COMPANY)
        if tenant is None:
            tenant = await accounts.create_tenant(session, name=COMPANY, time_zone=TIME_ZONE, region=REGION)
            for email, name, role in PEOPLE:
                await accounts.create_user(
                    session, tenant_id=tenant.id, email=email, name=name, role=role, password=password
                )
        # The people of the telephone world sleep at no hour, and their numbers are nobody's.
        tenant.calling_hours = hours_to_json(CallingHours(opens=time(0), closes=time(0)))
        return tenant.id


async def _line(session: AsyncSession, carrier: Carrier, box: SecretBox) -> UUID:
    draft = LineDraft(
        name=LINE,
        carrier_host=carrier.host,
        carrier_port=carrier.port,
        username=carrier.user,
        password=carrier.password,
        register=True,
        caller_number=CALLER_NUMBER,
        channels=SEATS,
        ring_timeout_s=RING_TIMEOUT_S,
    )
    known = await lines.find_line(session, LINE)
    if known is None:
        return (await lines.create_line(session, draft, region=REGION, box=box)).id
    return (await lines.change_line(session, known.id, draft, region=REGION, box=box)).id


async def _script(session: AsyncSession, language: Language, now: datetime) -> ScriptView:
    source = scripts.demo_source(language)
    known = await scripts.find_script(session, load_script(source).name)
    if known is not None and known.published is not None and known.published.source == source:
        return known
    draft = await create_version(session, source, now=now)
    return await publish(session, draft.id, now=now)


def _customers(scenario: Scenario) -> bytes:
    """Return the customers as the spreadsheet (XLSX) that a company would bring."""
    content = BytesIO()
    with xlsxwriter.Workbook(content) as book:
        sheet = book.add_worksheet("Customers")
        sheet.write_row(0, 0, ("Phone", "Name", "Last visit", "Plan"))
        for row, number in enumerate(scenario.handsets, start=1):
            visit, plan = LAST_VISITS[row % len(LAST_VISITS)], PLANS[row % len(PLANS)]
            sheet.write_row(row, 0, (number, scenario.name_of(number), visit, plan))
    return content.getvalue()
