"""Signing in and out: sessions kept in PostgreSQL, known to the browser by a random token alone."""

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.accounts import passwords, repository
from callwright.accounts.errors import WrongCredentialsError
from callwright.accounts.roles import Role
from callwright.accounts.throttle import SignInThrottle
from callwright.db.tables.accounts import SessionRow, TenantRow, UserRow

TOKEN_BYTES = 32
IDLE = timedelta(hours=12)
"""A session ends this long after it was last used."""
LONGEST = timedelta(days=7)
"""A session ends this long after it was begun, however much it is used."""
RENEW_AFTER = timedelta(minutes=1)
"""How seldom a session's use is written down."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is asking: a person and the tenant they work for."""

    user_id: UUID
    email: str
    name: str
    role: Role
    language: str
    tenant_id: UUID
    tenant_name: str
    time_zone: str
    region: str
    currency: str


async def sign_in(
    session: AsyncSession, throttle: SignInThrottle, *, email: str, password: str, address: str, now: datetime
) -> tuple[SignedIn, str]:
    """Check the password and begin a session (in a system transaction); return who it is, and the token.

    Unknown emails and wrong passwords look alike and take alike. Raises WrongCredentialsError, TooManySignInsError.
    """
    kept = email.strip().lower()
    throttle.begin(kept, address, now)
    user = await repository.get_user_by_email(session, kept)
    if not await passwords.matches(password, user.password_hash if user else None) or user is None:
        raise WrongCredentialsError
    throttle.forget(kept, address)
    if passwords.needs_new_hash(user.password_hash):
        user.password_hash = await passwords.hashed(password)
    await repository.delete_ended_sessions(session, user.id, now, now - LONGEST)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    session.add(
        SessionRow(
            tenant_id=user.tenant_id,
            user_id=user.id,
            token_hash=_hash(token),
            created_at=now,
            last_seen_at=now,
            expires_at=now + IDLE,
        )
    )
    tenant = await repository.get_tenant(session, user.tenant_id)
    assert tenant is not None  # a user can't be without one: users.tenant_id refers to it
    return _signed_in(user, tenant), token


async def get_signed_in(
    session: AsyncSession, token: str, now: datetime, *, prolong: bool = True
) -> SignedIn | None:
    """Return whose session ``token`` is (in a system transaction); ``None`` when it is over. Use prolongs it."""
    found = await repository.get_signed_in(session, _hash(token))
    if found is None:
        return None
    row, user, tenant = found
    ends = row.created_at + LONGEST
    if now >= min(row.expires_at, ends):
        return None
    if prolong and now - row.last_seen_at >= RENEW_AFTER:
        row.last_seen_at = now
        row.expires_at = min(now + IDLE, ends)
    return _signed_in(user, tenant)


async def sign_out(session: AsyncSession, token: str) -> None:
    """End the session of ``token`` (in a system transaction)."""
    await repository.delete_session(session, _hash(token))


async def choose_language(session: AsyncSession, who: SignedIn, language: str) -> SignedIn:
    """Keep the language that a person wants to read (in their tenant's transaction)."""
    user = await repository.get_user_by_email(session, who.email)
    assert user is not None  # whoever is signed in exists: sessions go with their user
    user.language = language
    return replace(who, language=language)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _signed_in(user: UserRow, tenant: TenantRow) -> SignedIn:
    return SignedIn(
        user_id=user.id,
        email=user.email,
        name=user.name,
        role=Role(user.role),
        language=user.language,
        tenant_id=tenant.id,
        tenant_name=tenant.name,
        time_zone=tenant.time_zone,
        region=tenant.region,
        currency=tenant.currency,
    )
