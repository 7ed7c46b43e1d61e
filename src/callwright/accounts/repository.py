"""Queries about tenants, users and sessions. Sign-in runs as the system: it doesn't know the tenant yet."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.accounts import SessionRow, TenantRow, UserRow


async def get_user_by_email(session: AsyncSession, email: str) -> UserRow | None:
    """Return the user with this email (in lower case)."""
    return (await session.scalars(select(UserRow).where(UserRow.email == email))).one_or_none()


async def get_tenant(session: AsyncSession, tenant_id: UUID) -> TenantRow | None:
    """Return the tenant."""
    return (await session.scalars(select(TenantRow).where(TenantRow.id == tenant_id))).one_or_none()


async def get_own_tenant(session: AsyncSession) -> TenantRow:
    """Return the tenant to whose rows ``session`` is bound."""
    return (await session.scalars(select(TenantRow))).one()


async def get_tenant_by_name(session: AsyncSession, name: str) -> TenantRow | None:
    """Return the tenant of this name."""
    return (await session.scalars(select(TenantRow).where(TenantRow.name == name))).one_or_none()


async def get_tenants(session: AsyncSession) -> Sequence[TenantRow]:
    """Return every tenant, by name."""
    return (await session.scalars(select(TenantRow).order_by(TenantRow.name))).all()


async def get_signed_in(session: AsyncSession, token_hash: bytes) -> tuple[SessionRow, UserRow, TenantRow] | None:
    """Return the session with its user and tenant, expired or not."""
    found = await session.execute(
        select(SessionRow, UserRow, TenantRow)
        .join(UserRow, UserRow.id == SessionRow.user_id)
        .join(TenantRow, TenantRow.id == SessionRow.tenant_id)
        .where(SessionRow.token_hash == token_hash)
    )
    row = found.one_or_none()
    return None if row is None else (row[0], row[1], row[2])


async def delete_session(session: AsyncSession, token_hash: bytes) -> None:
    """Forget a session."""
    await session.execute(delete(SessionRow).where(SessionRow.token_hash == token_hash))


async def delete_ended_sessions(session: AsyncSession, user_id: UUID, now: datetime, made_before: datetime) -> None:
    """Forget the sessions of a user that have expired or are too old."""
    ended = or_(SessionRow.expires_at <= now, SessionRow.created_at <= made_before)
    await session.execute(delete(SessionRow).where(SessionRow.user_id == user_id, ended))
