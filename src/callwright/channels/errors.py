"""What can be wrong with an address outside."""

from callwright.kit.errors import ConflictError, InvalidInputError


class OutsideAddressError(InvalidInputError):
    """{address} can't be called: {why}."""

    code = "outside-address"


class ChatAddressError(InvalidInputError):
    """{field} does not lead to a chat. It looks like {example}."""

    code = "chat-address"


class TemplatePlaceError(InvalidInputError):
    """The template's place {place} {rule}."""

    code = "template-place"


class TemplateTitleError(InvalidInputError):
    """No thing of the template has the title, which tells when a customer must not be called. Choose one for it."""

    code = "template-title"


class WeChatRefusedError(ConflictError):
    """WeChat refused: {errcode} {errmsg}. Compare the account's settings with WeChat's console."""

    code = "wechat-refused"


class WeChatAwayError(ConflictError):
    """WeChat could not be reached ({why}). Try again in a moment."""

    code = "wechat-away"
