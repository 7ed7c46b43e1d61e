"""Lines: making them, listing them, and what a call node needs of them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from callwright.db.conflicts import refusing
from callwright.db.tables.lines import LineRow
from callwright.dialing.country_rules import country_rules
from callwright.kit.errors import NotFoundError
from callwright.kit.names import checked_name
from callwright.kit.phone_place import country_of
from callwright.kit.secrets import SecretBox
from callwright.lines import repository
from callwright.lines.drafts import LineDraft, channels_of, check, numbers_of
from callwright.lines.errors import LineNameTakenError, LineRetiredError
from callwright.lines.standing import region_to_text
from callwright.lines.status import tell_browsers
from callwright.telephony.port import Trunk


async def create_line(
    session: AsyncSession, draft: LineDraft, *, region: str, box: SecretBox, now: datetime | None = None
) -> LineRow:
    """Make a line. Raises what ``drafts.check`` does, and LineNameTakenError.

    ``now`` is what a draft with an expiry is checked against.
    """
    line = LineRow()
    await _keep(session, line, draft, region=region, box=box, now=now)
    return line


async def change_line(
    session: AsyncSession,
    line_id: UUID,
    draft: LineDraft,
    *,
    region: str,
    box: SecretBox,
    now: datetime | None = None,
) -> LineRow:
    """Make a line what ``draft`` says, for calls placed from now on. Raises as create_line, and NotFoundError.

    A draft with a user name but no password keeps the password that the line has.
    """
    line = await get_line(session, line_id)
    await _keep(session, line, draft, region=region, box=box, now=now)
    await tell_browsers(session, line.tenant_id, line.id)
    return line


async def take_line_back(session: AsyncSession, line_id: UUID) -> LineRow:
    """Let a line that was retired take calls again, as long as it isn't expired. Raises NotFoundError."""
    line = await get_line(session, line_id)
    if line.retired_at is not None:
        line.retired_at = None
        await session.flush()
        await tell_browsers(session, line.tenant_id, line.id)
    return line


async def _keep(
    session: AsyncSession, line: LineRow, draft: LineDraft, *, region: str, box: SecretBox, now: datetime | None
) -> None:
    check(draft, kept_secret=line.secret, kept_expiry=line.expires_at, now=now)
    _apply(line, draft, numbers_of(draft, region), box)
    session.add(line)
    with refusing("uq_lines_tenant_id_name", LineNameTakenError(name=line.name)):
        await session.flush()


def _apply(line: LineRow, draft: LineDraft, numbers: Sequence[str], box: SecretBox) -> None:
    line.name, line.kind = checked_name(draft.name, thing="line"), draft.kind
    line.carrier_host, line.carrier_port = draft.carrier_host, draft.carrier_port
    if draft.password:
        line.secret = box.seal(draft.password)
    elif not draft.username:
        line.secret = None
    line.username, line.register = draft.username, draft.register
    line.caller_number, *line.more_numbers = numbers
    line.home_region = region_to_text(draft.home) if draft.home else ""
    line.channels, line.calls_per_second = channels_of(draft), draft.calls_per_second
    line.ring_timeout_s = draft.ring_timeout_s
    line.price_per_minute = draft.tariff.per_minute
    line.billed_first_s, line.billed_next_s = draft.tariff.first_s, draft.tariff.then_s
    line.expires_at = draft.expires_at


async def get_line(session: AsyncSession, line_id: UUID) -> LineRow:
    """Return a line. Raises NotFoundError."""
    line = await repository.get_line(session, line_id)
    if line is None:
        raise NotFoundError(thing="line", key=line_id)
    return line


async def get_line_to_choose(session: AsyncSession, line_id: UUID, *, where: str) -> LineRow:
    """Return a line that something is to call over, which nobody retires meanwhile.

    Raises NotFoundError, LineRetiredError; ``where`` names the field that the line was given in.
    """
    line = await repository.get_line(session, line_id, shared=True)
    if line is None:
        raise NotFoundError(thing="line", key=line_id)
    if line.retired_at is not None:
        raise LineRetiredError(name=line.name, where=where)
    return line


async def find_line(session: AsyncSession, name: str) -> LineRow | None:
    """Return the line of this name, if there is one."""
    return await repository.get_line_by_name(session, name)


async def list_lines(
    session: AsyncSession, *, retired: bool = False, after: UUID | None = None, limit: int = 50
) -> Sequence[LineRow]:
    """Return lines, the newest first, from behind ``after``: those that take calls, or else those retired."""
    return await repository.get_lines(session, retired=retired, after=after, limit=limit)


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
