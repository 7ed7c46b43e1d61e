"""Lines: making them, listing them, and what a call node needs of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.conflicts import refusing
from callwright.db.tables.lines import LineRow
from callwright.dialing.country_rules import country_rules
from callwright.kit.errors import NotFoundError
from callwright.kit.names import checked_name
from callwright.kit.phone import to_e164
from callwright.kit.phone_place import country_of
from callwright.kit.secrets import SecretBox
from callwright.lines import repository
from callwright.lines.errors import (
    LineNameTakenError,
    MissingPasswordError,
    MissingUsernameError,
    RingTimeError,
)
from callwright.telephony.port import Trunk

RING_AT_LEAST_S = 15
"""A telephone rings for so long at the least before we give up, wherever it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDraft:
    """A line to be made; ``password`` is for digest, kept encrypted."""

    name: str
    kind: Literal["mobile", "fixed", "pooled"] = "fixed"
    carrier_host: str
    carrier_port: int = 5060
    username: str | None = None
    password: str | None = None
    register: bool = False
    caller_number: str
    channels: int = 10
    ring_timeout_s: int = 30

    def __repr__(self) -> str:
        return f"LineDraft(name={self.name!r})"


async def create_line(session: AsyncSession, draft: LineDraft, *, region: str, box: SecretBox) -> LineRow:
    """Make a line. Raises InvalidNameError, InvalidPhoneNumberError, LineNameTakenError, and what it lacks."""
    line = LineRow()
    _apply(line, draft, region=region, box=box)
    session.add(line)
    with refusing("uq_lines_tenant_id_name", LineNameTakenError(name=draft.name)):
        await session.flush()
    return line


async def change_line(
    session: AsyncSession, line_id: UUID, draft: LineDraft, *, region: str, box: SecretBox
) -> LineRow:
    """Make a line what ``draft`` says, for calls placed from now on. Raises as create_line, and NotFoundError."""
    line = await get_line(session, line_id)
    _apply(line, draft, region=region, box=box)
    with refusing("uq_lines_tenant_id_name", LineNameTakenError(name=draft.name)):
        await session.flush()
    return line


def _apply(line: LineRow, draft: LineDraft, *, region: str, box: SecretBox) -> None:
    if draft.register and not (draft.username and draft.password):
        raise MissingPasswordError(name=draft.name)
    if draft.password and not draft.username:
        raise MissingUsernameError(name=draft.name)
    if draft.ring_timeout_s < RING_AT_LEAST_S:
        raise RingTimeError(name=draft.name, asked=draft.ring_timeout_s, least=RING_AT_LEAST_S)
    line.name, line.kind = checked_name(draft.name, thing="line"), draft.kind
    line.carrier_host, line.carrier_port = draft.carrier_host, draft.carrier_port
    line.username = draft.username
    line.secret = box.seal(draft.password) if draft.password else None
    line.register = draft.register
    line.caller_number = to_e164(draft.caller_number, region)
    line.channels, line.ring_timeout_s = draft.channels, draft.ring_timeout_s


async def get_line(session: AsyncSession, line_id: UUID) -> LineRow:
    """Return a line. Raises NotFoundError."""
    line = await repository.get_line(session, line_id)
    if line is None:
        raise NotFoundError(thing="line", key=line_id)
    return line


async def find_line(session: AsyncSession, name: str) -> LineRow | None:
    """Return the line of this name, if there is one."""
    return await repository.get_line_by_name(session, name)


async def list_lines(session: AsyncSession, *, after: UUID | None = None, limit: int = 50) -> Sequence[LineRow]:
    """Return lines, the newest first, from behind ``after``."""
    return await repository.get_lines(session, after=after, limit=limit)


def ring_time_s(line: LineRow, to: str) -> int:
    """Return for how long a telephone rings that is called over ``line``: never less than its country asks."""
    return max(line.ring_timeout_s, country_rules().of(country_of(to)).ring_at_least_s)


def trunk_name(line_id: UUID) -> str:
    """Return the name under which an engine knows a line: unique, and free of what people typed."""
    return str(line_id)


def to_trunk(line: LineRow, box: SecretBox) -> Trunk:
    """Return a line as the phone engine needs it, password and all. Raises UndecipherableError."""
    return Trunk(
        name=trunk_name(line.id),
        host=line.carrier_host,
        port=line.carrier_port,
        username=line.username,
        password=box.open(line.secret) if line.secret is not None else None,
        register=line.register,
    )
