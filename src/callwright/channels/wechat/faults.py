"""What WeChat's error codes mean for whoever tells people in it."""

from enum import StrEnum


class WeChatFault(StrEnum):
    """Why WeChat did not do as asked, where something can be done about it."""

    NOT_FOLLOWING = "not_following"
    """Its reader does not follow the official account (any more)."""
    UNKNOWN_READER = "unknown_reader"
    """The account knows no such reader: bound with another account."""
    QUOTA = "quota"
    TEMPLATE = "template"
    """There is no such template, or it is another account's."""
    PLACES = "places"
    """What stands in the template's places does not fit them."""
    CREDENTIALS = "credentials"
    """App id or secret are wrong."""
    NOT_FROM_HERE = "not_from_here"
    """The account's list of allowed addresses lacks this installation's."""
    NOT_PERMITTED = "not_permitted"
    """The account may not send template messages, or make codes: it is not verified, or was blocked."""
    BUSY = "busy"
    NO_ACCOUNT = "no_account"
    """The company has no official account, or another one than it had."""
    NO_TITLE = "no_title"
    """The template that tells of customers has no place for the words that nobody may call them."""


MEANING = {
    -1: WeChatFault.BUSY,
    40001: WeChatFault.CREDENTIALS,
    40003: WeChatFault.UNKNOWN_READER,
    40013: WeChatFault.CREDENTIALS,
    40036: WeChatFault.TEMPLATE,
    40037: WeChatFault.TEMPLATE,
    40125: WeChatFault.CREDENTIALS,
    40164: WeChatFault.NOT_FROM_HERE,
    40243: WeChatFault.CREDENTIALS,
    43004: WeChatFault.NOT_FOLLOWING,
    43101: WeChatFault.NOT_FOLLOWING,
    45009: WeChatFault.QUOTA,
    45011: WeChatFault.QUOTA,
    47001: WeChatFault.PLACES,
    47003: WeChatFault.PLACES,
    48001: WeChatFault.NOT_PERMITTED,
    48004: WeChatFault.NOT_PERMITTED,
    50002: WeChatFault.NOT_PERMITTED,
}
TOKEN_GONE = frozenset({40001, 40014, 42001})
"""The token is not the account's (any more); another one is asked for."""
FINAL = frozenset(
    {WeChatFault.NOT_FOLLOWING, WeChatFault.UNKNOWN_READER, WeChatFault.TEMPLATE, WeChatFault.PLACES}
) | {WeChatFault.NO_ACCOUNT}
"""What the same message meets again until somebody acts."""
GONE = frozenset({WeChatFault.NOT_FOLLOWING, WeChatFault.UNKNOWN_READER})
"""What every message to the same reader meets until they follow the account (again)."""
