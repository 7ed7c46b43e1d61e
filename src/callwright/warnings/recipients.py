"""Who is told of a warning."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.accounts.roles import Role
from callwright.db.tables.accounts import UserRow
from callwright.db.tables.warnings import WarningChoiceRow
from callwright.warnings.schemas import WarningKind

EVERYDAY = ""
"""The kind under which those stand who are told of whatever has nobody of its own."""
LEADING = (Role.OWNER, Role.SUPERVISOR)


async def recipients(session: AsyncSession, kind: WarningKind) -> Collection[UUID]:
    """Return who is told of a kind of warnings: those chosen for it, else the everyday ones, else who leads."""
    found = await session.execute(
        select(WarningChoiceRow.kind, WarningChoiceRow.user_id).where(
            WarningChoiceRow.kind.in_([kind.value, EVERYDAY])
        )
    )
    chosen: dict[str, set[UUID]] = {kind.value: set(), EVERYDAY: set()}
    for of, user_id in found:
        chosen[of].add(user_id)
    return chosen[kind.value] or chosen[EVERYDAY] or await _leaders(session)


async def _leaders(session: AsyncSession) -> Collection[UUID]:
    """Return who leads the company; in one that has nobody but those who run the installation, them."""
    people = list(await session.execute(select(UserRow.id, UserRow.role)))
    leading = {user_id for user_id, role in people if role in LEADING}
    return leading or {user_id for user_id, role in people if role == Role.OPERATOR}
