"""What can be wrong with an address outside."""

from callwright.kit.errors import ConflictError, InvalidInputError


class OutsideAddressError(InvalidInputError):
    """{address} can't be called: {why}."""

    code = "outside-address"


class GatewayHostError(InvalidInputError):
    """The host of the gateway's address changes with the message. Write it out, without places."""

    code = "gateway-host"


class GatewayFragmentError(InvalidInputError):
    """Nothing behind a # in the gateway's address is ever sent. Write it as %23."""

    code = "gateway-fragment"


class GatewayHeaderError(InvalidInputError):
    """A header has a name that HTTP doesn't know, or a value that can't be sent. Write both in printable ASCII."""

    code = "gateway-header"


class GatewayOwnHeaderError(InvalidInputError):
    """The request sets the header {name} by itself. Take it out."""

    code = "gateway-own-header"


class GatewayTextError(InvalidInputError):
    """The gateway would never get the text. Write {{text}} into its address or the body."""

    code = "gateway-text"


class GatewayRecipientError(InvalidInputError):
    """The gateway would never know the recipient. Write {{recipient}} or {{recipient_digits}} into its body."""

    code = "gateway-recipient"


class GatewayBodyError(InvalidInputError):
    """The body is no JSON once its places are filled in. Mend it, or say in body_is what it is."""

    code = "gateway-body"


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
