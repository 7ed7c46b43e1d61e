"""Tenants and users made once, the customer book kept in step."""

from uuid import UUID

import pytest
from sqlalchemy import select

from callwright.accounts.errors import (
    EmailTakenError,
    TenantNameTakenError,
    UnknownRegionError,
    UnknownTimeZoneError,
    WeakPasswordError,
)
from callwright.accounts.roles import Role
from callwright.accounts.service import create_tenant, create_user, find_tenant
from callwright.contacts.drafts import CustomerDraft
from callwright.contacts.repository import Kept, get_ids, keep_incoming
from callwright.db.session import Database
from callwright.db.tables.contacts import CustomerRow
from callwright.kit.names import InvalidNameError


async def a_tenant(database: Database, name: str = "Ours") -> UUID:
    async with database.system() as session:
        return (await create_tenant(session, name=name, time_zone="Europe/London", region="GB")).id


async def test_a_tenants_name_zone_and_region_are_checked(database: Database) -> None:
    await a_tenant(database)
    with pytest.raises(TenantNameTakenError, match="a company called Ours already"):
        await a_tenant(database)
    for zone, region, error in (("Mars/Olympus", "GB", UnknownTimeZoneError), ("UTC", "XX", UnknownRegionError)):
        with pytest.raises(error):
            async with database.system() as session:
                await create_tenant(session, name="Other", time_zone=zone, region=region)
    async with database.system() as session:
        assert await find_tenant(session, "Other") is None


@pytest.mark.parametrize("name", ["", "  ", "Ours\x1b[2J", "x" * 201])
async def test_names_of_companies_and_people_can_be_read(database: Database, name: str) -> None:
    with pytest.raises(InvalidNameError, match="name of a company can't be used"):
        await a_tenant(database, name)
    tenant_id = await a_tenant(database)
    with pytest.raises(InvalidNameError, match="name of a person can't be used"):
        async with database.system() as session:
            await create_user(
                session,
                tenant_id=tenant_id,
                email="a@b.example",
                name=name,
                role=Role.AGENT,
                password="long enough",
            )


async def test_an_email_belongs_to_one_user_of_the_installation(database: Database) -> None:
    first, second = await a_tenant(database), await a_tenant(database, "Theirs")

    async def make(tenant_id: UUID, password: str = "long enough") -> None:
        async with database.system() as session:
            await create_user(
                session, tenant_id=tenant_id, email="A@b.example", name="A", role=Role.OWNER, password=password
            )

    with pytest.raises(WeakPasswordError):
        await make(first, "short")
    await make(first)
    with pytest.raises(EmailTakenError, match=r"a@b\.example"):
        await make(second)


async def test_the_book_is_kept_in_step_with_what_is_imported(database: Database) -> None:
    tenant = await a_tenant(database)

    async def keep(*drafts: CustomerDraft) -> tuple[int, int, int]:
        async with database.tenant(tenant) as session:
            kept = await keep_incoming(session, drafts)
            changed, unchanged = len(kept.changed), len(kept.unchanged)
            phones = {draft.phone for draft in drafts}
            assert (await get_ids(session, phones)).keys() == phones
            return len(drafts) - changed - unchanged, changed, unchanged

    ann = CustomerDraft(phone="+442079460123", name="Ann", variables={"city": "Leeds", "plan": "family"})
    assert await keep(ann, CustomerDraft(phone="+442079460124", name="Bo")) == (2, 0, 0)
    assert await keep(CustomerDraft(phone="+442079460123", variables={"city": "York", "plan": ""})) == (0, 1, 0)
    assert await keep(CustomerDraft(phone="+442079460123"), CustomerDraft(phone="+442079460124")) == (0, 0, 2)
    async with database.tenant(tenant) as session:
        row = (await session.scalars(select(CustomerRow).where(CustomerRow.phone == "+442079460123"))).one()
    assert (row.name, row.fields) == ("Ann", {"city": "York", "plan": "family"})


async def test_two_tenants_may_know_the_same_person(database: Database) -> None:
    draft = CustomerDraft(phone="+442079460123", name="Ann")
    for name in ("Ours", "Theirs"):
        async with database.tenant(await a_tenant(database, name)) as session:
            assert await keep_incoming(session, [draft]) == Kept(set(), set())


async def test_many_customers_at_once(database: Database) -> None:
    tenant = await a_tenant(database)
    drafts = [CustomerDraft(phone=f"+1212{number:07}", name=f"Person {number}") for number in range(12_000)]
    async with database.tenant(tenant) as session:
        assert await keep_incoming(session, drafts) == Kept(set(), set())
    async with database.tenant(tenant) as session:
        assert len((await keep_incoming(session, drafts)).unchanged) == 12_000
