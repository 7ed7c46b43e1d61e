"""What can be wrong with an address outside."""

from callwright.kit.errors import InvalidInputError


class OutsideAddressError(InvalidInputError):
    """{address} can't be called: {why}."""

    code = "outside-address"


class ChatAddressError(InvalidInputError):
    """{field} does not lead to a chat. It looks like {example}."""

    code = "chat-address"
