"""Companies of the installation, and what the operator gives them: policy groups, AI seats, money."""

from uuid import UUID

from fastapi import APIRouter

from callwright.accounts.service import get_tenant, list_tenants
from callwright.billing import ledger, statement
from callwright.billing.amounts import amount
from callwright.lines import groups
from callwright.seats import service as seats
from callwright.tasks.news import wake_leader_for_all
from callwright.web import present_money
from callwright.web.access import InstallationKeeper
from callwright.web.company import shown_balance, shown_groups, shown_seats
from callwright.web.paging import After, Limit, after_id, page
from callwright.web.schemas.base import Page
from callwright.web.schemas.groups import NewGroup, PolicyGroup
from callwright.web.schemas.money import LedgerEntry, MovementEntered, NewMovement
from callwright.web.schemas.seats import AiSeats, NewSeatPack
from callwright.web.schemas.tenants import Company

router = APIRouter(prefix="/installation/tenants", tags=["installation"])


@router.get("")
async def list_companies(asking: InstallationKeeper) -> list[Company]:
    """Every company of this installation, by name."""
    async with asking.system_transaction() as session:
        found = [(row.id, row.name, row.time_zone, row.currency) for row in await list_tenants(session)]
    companies = []
    for tenant_id, name, time_zone, currency in found:
        async with asking.company_transaction(tenant_id) as session:
            companies.append(
                Company(
                    id=tenant_id,
                    name=name,
                    time_zone=time_zone,
                    balance=await shown_balance(session, tenant_id, currency),
                    ai_seats=await seats.total_seats(session, asking.now),
                    policy_groups=len(await groups.list_groups(session)),
                )
            )
    return companies


@router.get("/{tenant_id}/policy-groups")
async def list_company_groups(tenant_id: UUID, asking: InstallationKeeper) -> list[PolicyGroup]:
    """The company's policy groups with their lines, by name."""
    async with asking.company_transaction(tenant_id) as session:
        return await shown_groups(session, await groups.list_groups(session))


@router.post("/{tenant_id}/policy-groups", status_code=201)
async def create_company_group(tenant_id: UUID, body: NewGroup, asking: InstallationKeeper) -> PolicyGroup:
    """Make a policy group for the company, which then binds its own lines to it."""
    async with asking.company_transaction(tenant_id) as session:
        group_id = await groups.create_group(session, tenant_id, body.name)
        (shown,) = await shown_groups(session, [await groups.get_group(session, group_id)])
    return shown


@router.delete("/{tenant_id}/policy-groups/{group_id}", status_code=204)
async def delete_company_group(tenant_id: UUID, group_id: UUID, asking: InstallationKeeper) -> None:
    """Remove a policy group that no task has."""
    async with asking.company_transaction(tenant_id) as session:
        await groups.delete_group(session, group_id)


@router.get("/{tenant_id}/ai-seats")
async def get_company_seats(tenant_id: UUID, asking: InstallationKeeper) -> AiSeats:
    """The company's AI seats and who uses them now."""
    async with asking.company_transaction(tenant_id) as session:
        return await shown_seats(session, asking.now)


@router.post("/{tenant_id}/ai-seat-packs", status_code=201)
async def open_company_pack(tenant_id: UUID, body: NewSeatPack, asking: InstallationKeeper) -> AiSeats:
    """Give the company more AI seats for a while, or for ever; tasks that wait for some go on."""
    async with asking.company_transaction(tenant_id) as session:
        await seats.open_pack(
            session, seats=body.seats, opens_at=body.opens_at or asking.now, expires_at=body.expires_at
        )
        await wake_leader_for_all(session)
        return await shown_seats(session, asking.now)


@router.get("/{tenant_id}/ledger")
async def list_company_ledger(
    tenant_id: UUID, asking: InstallationKeeper, limit: Limit = 50, after: After = None
) -> Page[LedgerEntry]:
    """What was topped up and corrected, the newest first; what calls cost is the company's own affair."""
    async with asking.company_transaction(tenant_id) as session:
        found = await statement.list_entries(session, by_people=True, after=after_id(after), limit=limit + 1)
    shown, cursor = page(found, limit, lambda entry: entry.id)
    return Page(items=[present_money.entry(one) for one in shown], next=cursor)


@router.post("/{tenant_id}/ledger", status_code=201)
async def enter_movement(tenant_id: UUID, body: NewMovement, asking: InstallationKeeper) -> MovementEntered:
    """Top the company's balance up, or correct it. Sent again under the same key, it is entered once."""
    enter = ledger.top_up if body.kind == "top_up" else ledger.correct
    micros = amount(body.amount)
    async with asking.company_transaction(tenant_id) as session:
        entry_id = await enter(session, tenant_id, micros, user_id=asking.who.user_id, note=body.note, key=body.key)
        currency = (await get_tenant(session, tenant_id)).currency
        return MovementEntered(id=entry_id, balance=await shown_balance(session, tenant_id, currency))
