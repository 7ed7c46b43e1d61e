"""Who is warned of what, and from when on, as a company wants it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.tables.accounts import UserRow
from callwright.db.tables.warnings import WarningChoiceRow, WarningLimitsRow
from callwright.warnings.errors import UnknownPersonError
from callwright.warnings.recipients import EVERYDAY
from callwright.warnings.schemas import WarningKind, WarningSettings

LOW_BALANCE = 10_000_000
"""Ten of the company's currency (SPEC TASK-15), in millionths."""


async def get_settings(session: AsyncSession) -> WarningSettings:
    """Return what the company wants."""
    low = await session.scalar(select(WarningLimitsRow.low_balance))
    chosen: defaultdict[str, list[UUID]] = defaultdict(list)
    row = WarningChoiceRow
    for kind, user_id in await session.execute(select(row.kind, row.user_id).order_by(row.kind, row.id)):
        chosen[kind].append(user_id)
    everyday = chosen.pop(EVERYDAY, [])
    people = {WarningKind(kind): chosen_for for kind, chosen_for in chosen.items()}
    return WarningSettings(LOW_BALANCE if low is None else low, everyday, people)


async def change_settings(session: AsyncSession, wanted: WarningSettings) -> WarningSettings:
    """Keep what the company wants from now on, all of it at once. Raises UnknownPersonError."""
    choices = [(EVERYDAY, user_id) for user_id in dict.fromkeys(wanted.everyday)]
    choices += [(kind.value, one) for kind, people in wanted.people.items() for one in dict.fromkeys(people)]
    await _check(session, {user_id for _, user_id in choices})
    limits = insert(WarningLimitsRow).values(low_balance=wanted.low_balance)
    # Also what keeps two who save at once from leaving a mixture of both.
    await session.execute(
        limits.on_conflict_do_update(index_elements=["tenant_id"], set_={"low_balance": wanted.low_balance})
    )
    await session.execute(delete(WarningChoiceRow))
    session.add_all(WarningChoiceRow(kind=kind, user_id=user_id) for kind, user_id in choices)
    await session.flush()
    return await get_settings(session)


async def list_people(session: AsyncSession) -> Sequence[UserRow]:
    """Return who can be told, by name."""
    return (await session.scalars(select(UserRow).order_by(UserRow.name, UserRow.id))).all()


async def _check(session: AsyncSession, user_ids: Iterable[UUID]) -> None:
    wanted = set(user_ids)
    known = set(await session.scalars(select(UserRow.id).where(UserRow.id.in_(wanted))))
    if wanted - known:
        raise UnknownPersonError(user_id=min(wanted - known))
