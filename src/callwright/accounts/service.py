"""Tenants and users: making them."""

import re
from collections.abc import Sequence
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import phonenumbers
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.accounts import passwords, repository
from callwright.accounts.errors import (
    EmailTakenError,
    InvalidEmailError,
    TenantNameTakenError,
    UnknownCurrencyError,
    UnknownRegionError,
    UnknownTimeZoneError,
)
from callwright.accounts.roles import Role
from callwright.db.conflicts import refusing
from callwright.db.tables.accounts import TenantRow, UserRow
from callwright.kit.errors import NotFoundError
from callwright.kit.names import UNSHOWABLE, checked_name

EMAIL = re.compile(r"^[^@\s]+@[^@\s]+\.[^@\s.]+$")
EMAIL_CHARACTERS = 254
CURRENCY = re.compile(r"[A-Z]{3}")


def normal_email(email: str) -> str:
    """Return ``email`` as it is kept: trimmed, in lower case. Raises InvalidEmailError."""
    kept = email.strip().lower()
    if len(kept) > EMAIL_CHARACTERS or not EMAIL.match(kept) or UNSHOWABLE.search(kept):
        raise InvalidEmailError(email=email[:EMAIL_CHARACTERS])
    return kept


async def create_tenant(
    session: AsyncSession, *, name: str, time_zone: str = "UTC", region: str = "US", currency: str = "USD"
) -> TenantRow:
    """Make a tenant (in a system transaction).

    Raises InvalidNameError, UnknownTimeZoneError, UnknownRegionError, UnknownCurrencyError, TenantNameTakenError.
    """
    name = checked_name(name, thing="company")
    try:
        ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UnknownTimeZoneError(time_zone=time_zone) from None
    if region not in phonenumbers.SUPPORTED_REGIONS:
        raise UnknownRegionError(region=region)
    if not CURRENCY.fullmatch(currency):
        raise UnknownCurrencyError(currency=currency)
    tenant = TenantRow(name=name, time_zone=time_zone, region=region, currency=currency)
    session.add(tenant)
    with refusing("uq_tenants_name", TenantNameTakenError(name=name)):
        await session.flush()
    return tenant


async def get_tenant(session: AsyncSession, tenant_id: UUID) -> TenantRow:
    """Return a tenant. Raises NotFoundError."""
    tenant = await repository.get_tenant(session, tenant_id)
    if tenant is None:
        raise NotFoundError(thing="company", key=tenant_id)
    return tenant


async def list_tenants(session: AsyncSession) -> Sequence[TenantRow]:
    """Return every tenant of the installation (in a system transaction), by name."""
    return await repository.get_tenants(session)


async def find_tenant(session: AsyncSession, name: str) -> TenantRow | None:
    """Return the tenant of this name, if there is one. Raises InvalidNameError where none can have it."""
    return await repository.get_tenant_by_name(session, checked_name(name, thing="company"))


async def create_user(
    session: AsyncSession,
    *,
    tenant_id: UUID,
    email: str,
    name: str,
    role: Role,
    password: str,
    language: str = "en",
) -> UserRow:
    """Make a user of a tenant. Raises InvalidNameError, InvalidEmailError, WeakPasswordError, EmailTakenError."""
    name = checked_name(name, thing="person")
    kept = normal_email(email)
    passwords.check_strength(password, kept)
    user = UserRow(
        tenant_id=tenant_id,
        email=kept,
        name=name,
        role=role.value,
        password_hash=await passwords.hashed(password),
        language=language,
    )
    session.add(user)
    with refusing("uq_users_email", EmailTakenError(email=kept)):
        await session.flush()
    return user
