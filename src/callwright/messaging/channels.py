"""The channels of the installation, and which company sends over which: the operator's part."""

import re
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.channels.addresses import Reach, read_target
from callwright.channels.gateway import GatewayChannel
from callwright.channels.gateway_template import GatewayTemplate
from callwright.channels.http import GuardedHttp
from callwright.channels.port import MessageChannel, NullChannel
from callwright.channels.smpp.channel import SmppChannel
from callwright.channels.smpp.session import SmppAddress
from callwright.db.conflicts import refusing
from callwright.db.tables.messaging import MessageAccountRow, MessageChannelRow, MessageRow
from callwright.db.written_out import is_one_of
from callwright.kit.errors import InvalidInputError, NotFoundError
from callwright.kit.names import checked_name
from callwright.kit.secrets import SecretBox, new_key
from callwright.messaging.errors import (
    ChannelConfigError,
    ChannelInUseError,
    ChannelMessagesWaitError,
    ChannelNameTakenError,
    NothingCostsError,
    SenderError,
)
from callwright.messaging.schemas import (
    SEEN_WITHIN,
    Account,
    AccountDraft,
    ChannelDraft,
    MessageState,
    Provider,
    Why,
)

_SENDER = re.compile(r"\+?[0-9]{3,15}|[A-Za-z0-9][A-Za-z0-9 ._-]{0,10}")
NOT_SEEN = "not_kept_open"
OFF = "switched_off"


class SmppConfig(BaseModel):
    """Where an SMPP server is, and who we are there, but for the password."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    host: str = Field(min_length=1, max_length=253, pattern=r"^[A-Za-z0-9.:_-]+$")
    port: int = Field(2775, ge=1, le=65535)
    system_id: str = Field(min_length=1, max_length=15, pattern=r"^[\x21-\x7e]+$")
    system_type: str = Field("", max_length=12, pattern=r"^[\x21-\x7e]*$")
    encrypted: bool = False
    window: int = Field(10, ge=1, le=500)


class NullConfig(BaseModel):
    """Nothing is to be said of a channel that sends nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid")


_CONFIGS: dict[Provider, type[BaseModel]] = {
    Provider.SMPP: SmppConfig,
    Provider.GATEWAY: GatewayTemplate,
    Provider.NULL: NullConfig,
}


async def list_channels(session: AsyncSession) -> Sequence[MessageChannelRow]:
    """Return the channels by name (in a transaction of the system)."""
    return (await session.scalars(select(MessageChannelRow).order_by(MessageChannelRow.name))).all()


async def make_channel(
    session: AsyncSession, draft: ChannelDraft, *, reach: Reach, box: SecretBox
) -> MessageChannelRow:
    """Set a channel up. Raises InvalidNameError, ChannelConfigError, ChannelNameTakenError, OutsideAddressError."""
    row = MessageChannelRow(callback_key=box.seal(new_key()), secret=box.seal(""), trouble=NOT_SEEN)
    _fill(row, draft, reach, box)
    session.add(row)
    with refusing("uq_message_channels_name", ChannelNameTakenError(name=row.name)):
        await session.flush()
    return row


async def change_channel(
    session: AsyncSession, channel_id: UUID, draft: ChannelDraft, *, reach: Reach, box: SecretBox
) -> MessageChannelRow:
    """Change a channel; whoever keeps it open opens it anew. Raises what ``make_channel`` does, NotFoundError."""
    row = await get_channel(session, channel_id, lock=True)
    if row.provider != draft.provider:
        raise ChannelConfigError(why="a channel can't become one of another kind; set up another", where="provider")
    _fill(row, draft, reach, box)
    row.revision += 1
    with refusing("uq_message_channels_name", ChannelNameTakenError(name=row.name)):
        await session.flush()
    return row


async def delete_channel(session: AsyncSession, channel_id: UUID) -> None:
    """Remove a channel that no company has and no message waits for.

    Raises NotFoundError, ChannelInUseError, ChannelMessagesWaitError.
    """
    row = await get_channel(session, channel_id, lock=True)
    if count := await session.scalar(_count_under_way(channel_id)):
        raise ChannelMessagesWaitError(name=row.name, count=count)
    with refusing("fk_message_accounts_channel_id", ChannelInUseError(name=row.name)):
        await session.delete(row)
        await session.flush()


async def get_channel(session: AsyncSession, channel_id: UUID, *, lock: bool = False) -> MessageChannelRow:
    """Return a channel (in a transaction of the system). Raises NotFoundError."""
    wanted = select(MessageChannelRow).where(MessageChannelRow.id == channel_id)
    row = await session.scalar(wanted.with_for_update() if lock else wanted)
    if row is None:
        raise NotFoundError(thing="channel", key=channel_id)
    return row


def opened(row: MessageChannelRow, *, box: SecretBox, http: GuardedHttp) -> MessageChannel:
    """Return the way to the network that a channel describes."""
    if row.provider == Provider.NULL:
        return NullChannel()
    secret = box.open(row.secret)
    if row.provider == Provider.GATEWAY:
        return GatewayChannel(GatewayTemplate.model_validate(row.config), secret, http)
    return SmppChannel(SmppAddress(password=secret, **SmppConfig.model_validate(row.config).model_dump()))


async def set_account(session: AsyncSession, draft: AccountDraft) -> None:
    """Let a company send over a channel (in its own transaction).

    Raises SenderError, NotFoundError, NothingCostsError.
    """
    if not _SENDER.fullmatch(draft.sender):
        raise SenderError(sender=draft.sender, where="sender")
    channel = MessageChannelRow
    provider = await session.scalar(select(channel.provider).where(channel.id == draft.channel_id))
    if provider is None:
        raise NotFoundError(thing="channel", key=draft.channel_id)
    if provider == Provider.NULL and draft.price:
        raise NothingCostsError(where="price")
    row = await session.scalar(select(MessageAccountRow).with_for_update())
    if row is None:
        row = MessageAccountRow()
        session.add(row)
    row.channel_id, row.sender, row.price = draft.channel_id, draft.sender, draft.price
    row.signature = draft.signature
    await session.flush()


async def get_account(session: AsyncSession, now: datetime) -> Account:
    """Return what the company may send over, and why nothing can be sent now (in its own transaction)."""
    row, channel = MessageAccountRow, MessageChannelRow
    columns = (channel.provider, channel.active, channel.trouble, channel.seen_at)
    wanted = select(row, *columns).join(channel, channel.id == row.channel_id)
    found = (await session.execute(wanted)).one_or_none()
    if found is None:
        return Account(None, "", "", 0, Why.NO_CHANNEL.value)
    account, provider, active, trouble, seen_at = found
    return Account(
        account.channel_id,
        account.sender,
        account.signature,
        account.price,
        trouble_of(active=active, trouble=trouble, seen_at=seen_at, now=now),
        provider == Provider.NULL,
    )


def trouble_of(*, active: bool, trouble: str, seen_at: datetime | None, now: datetime) -> str:
    """Return why nothing can be sent over a channel; empty where something can."""
    if not active:
        return OFF
    if seen_at is None or now - seen_at > SEEN_WITHIN:
        return NOT_SEEN
    return trouble


def _count_under_way(channel_id: UUID) -> Select[int]:
    # One condition for each partial index: all three states together imply neither.
    waiting = is_one_of(MessageRow.state, (MessageState.QUEUED, MessageState.HELD))
    leaving = is_one_of(MessageRow.state, (MessageState.SENDING,))
    return select(func.count()).where(MessageRow.channel_id == channel_id, or_(waiting, leaving))


def _fill(row: MessageChannelRow, draft: ChannelDraft, reach: Reach, box: SecretBox) -> None:
    row.name, row.provider = checked_name(draft.name, thing="channel"), draft.provider
    row.config = _checked(draft, reach)
    row.per_second, row.active = draft.per_second, draft.active
    if draft.secret is not None:
        row.secret = box.seal(draft.secret)


def _checked(draft: ChannelDraft, reach: Reach) -> dict[str, object]:
    if draft.provider is Provider.SMPP and draft.secret is not None and not _is_password(draft.secret):
        raise ChannelConfigError(why="SMPP's passwords have up to 8 ASCII characters", where="secret")
    try:
        config = _CONFIGS[draft.provider].model_validate(draft.config)
    except ValidationError as error:
        fault = error.errors(include_url=False, include_context=False)[0]
        place = ".".join(("config", *map(str, fault["loc"])))
        raise ChannelConfigError(why=fault["msg"].removeprefix("Value error, "), where=place) from None
    except InvalidInputError as error:
        raise type(error)(**error.fields | {"where": f"config.{error.fields['where']}"}) from None
    if isinstance(config, GatewayTemplate):
        read_target(config.url.partition("?")[0].partition("{")[0], reach)
    return config.model_dump(mode="json")


def _is_password(secret: str) -> bool:
    return len(secret) <= 8 and secret.isascii() and (not secret or secret.isprintable())
