"""A company's official account of WeChat, and codes by which people bind theirs."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from callwright.channels.wechat.forms import MOST_PLACES, Part
from callwright.web.schemas.base import Moment, Request, Response
from callwright.web.schemas.pushing import Name

Typed = StringConstraints(strip_whitespace=True)
PlaceName = Annotated[str, Field(max_length=40, examples=["thing1"])]


class WeChatTemplate(Request):
    """A template of the account's, and which part of what is told stands in each of its places."""

    id: Annotated[
        str, Typed, Field(pattern=r"^[\w-]{20,64}$", examples=["TM00015_aBcDeFgHiJkLmNoPqRsTuVwXyZ012345678"])
    ]
    places: dict[PlaceName, Part] = Field(min_length=1, max_length=MOST_PLACES)


class WeChatAccount(Response):
    """The company's official account; its secrets are never told again."""

    app_id: str
    callback: str = Field(description="The address that WeChat tells; its path alone where none is set.")
    encrypts: bool
    verified_at: Moment | None = Field(description="When WeChat last verified that address.")
    customers: WeChatTemplate
    notices: WeChatTemplate


class WeChatAccountDraft(Request):
    """The company's official account. What is not typed of its secrets stays as it is."""

    app_id: Annotated[str, Typed, Field(pattern=r"^wx[0-9a-zA-Z]{16}$", examples=["wx0123456789abcdef"])]
    app_secret: Annotated[str, Typed, Field(pattern=r"^([0-9a-zA-Z]{32})?$")] = ""
    callback_token: Annotated[
        str, Typed, Field(pattern=r"^([0-9a-zA-Z]{16,32})?$", description="16 to 32 characters.")
    ] = ""
    encrypts: bool = Field(False, description="WeChat's secure mode: it encrypts what it tells with `aes_key`.")
    aes_key: Annotated[str, Typed, Field(pattern=r"^([0-9a-zA-Z]{43})?$", description="EncodingAESKey.")] = ""
    customers: WeChatTemplate
    notices: WeChatTemplate


class NewWeChatCode(Request):
    """What the chat is called that is bound by scanning a code."""

    name: Name


class WeChatCode(Response):
    """How far a code is that somebody shows."""

    id: UUID
    state: Literal["waiting", "bound", "too_many", "expired"]
    expires_at: Moment


class MadeWeChatCode(WeChatCode):
    """A code to be shown."""

    url: str = Field(description="To be drawn as a QR code.")
