"""Chats of people, and what they were told there."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from callwright.channels.chat_kinds import LONGEST
from callwright.pushing.schemas import How, Purpose, PushState
from callwright.warnings.schemas import WarningKind
from callwright.web.schemas.base import Line, Moment, Named, Request, Response

MOST_PUSHERS = 200
Name = Annotated[Line, Field(min_length=1, max_length=80, examples=["Sales group"])]


class Push(Response):
    """Something that one person is told in one chat."""

    id: UUID
    created_at: Moment
    purpose: Purpose
    call_id: UUID | None
    person: Named
    chat_name: str | None = Field(description="Null where the person has no chat, or took it away since.")
    chat_kind: str | None
    state: PushState
    tries: int
    next_at: Moment = Field(description="When it is tried again, while it waits.")
    tried_at: Moment | None
    failure: str = Field(
        description="Why it did not get there last time, as a code: refused, unanswered, no_chat, unreadable,"
        " unusable, unready, refused_address, name, connection, encryption, timeout, protocol, left, or of WeChat"
        " not_following, unknown_reader, quota, template, places, credentials, not_from_here,"
        " not_permitted, busy, no_account, no_title;"
        " else empty."
    )
    answer: str = Field(description="What the other side said last, or how that begins.")
    customer_name: str | None = Field(description="Of whose call it tells; null for a warning.")
    task_name: str | None = Field(description="In which that call was made.")
    warning_kind: WarningKind | None = Field(description="Of which warning it tells; null for a call.")


class ChatField(Response):
    """One thing to be typed of a chat's address."""

    name: str
    example: str
    secret: bool
    required: bool
    hidden: bool = Field(description="Not to be seen while it is typed.")


class ChatKind(Response):
    """A kind of chats."""

    name: str
    fields: list[ChatField]
    scanned: bool = Field(
        description="Bound by scanning a code, of `POST /chats/wechat-codes`; else by its fields."
    )
    ready: bool = Field(description="False where the company has to register its official account first.")


class BoundChat(Response):
    """A chat of one's own. Its address is never told again."""

    id: UUID
    name: str
    kind: str
    hint: str = Field(description="The end of its address, by which you know it again.")
    created_at: Moment
    left_at: Moment | None = Field(
        description="Since when its owner is not reached there: they don't follow the official account, or it is"
        " gone or another."
    )
    test: Push | None = Field(description="The latest test, if there was one lately.")


class NewChat(Request):
    """A chat to be bound."""

    name: Name
    kind: Annotated[str, Field(max_length=40, examples=["wecom_bot"])]
    address: dict[str, Annotated[str, Field(max_length=LONGEST)]] = Field(
        max_length=10, description="By the fields of its kind."
    )


class ChatName(Request):
    """What a chat is called from now on."""

    name: Name


class Reachable(Response):
    """Somebody who can be told in a chat."""

    id: UUID
    name: str
    kinds: list[str] = Field(description="Of their chats.")


class TaskPush(Request):
    """Whom a task tells of customers, by the grade that a call gave them."""

    how: How = Field(How.ALL, description="All of a grade's people, or one after the other.")
    assigns: bool = Field(False, description="The customer becomes that person's own; only in turn.")
    pushers: dict[
        Annotated[str, Field(max_length=20)], Annotated[list[UUID], Field(min_length=1, max_length=MOST_PUSHERS)]
    ] = Field(min_length=1, max_length=26, description="People who have a chat bound, by grade.")


class PushLink(Request):
    """What stands behind the last / of a link in a chat."""

    token: Annotated[str, Field(max_length=1000)]


class PushedCall(Response):
    """The call that a link leads to."""

    call_id: UUID
