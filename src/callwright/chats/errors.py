"""What can be wrong with binding a chat."""

from callwright.kit.errors import ConflictError, InvalidInputError, UnavailableError


class TooManyChatsError(ConflictError):
    """You have {most} chats bound already, and there may be no more. Take one away that you don't need."""

    code = "too-many-chats"


class TooManyCodesError(UnavailableError):
    """You have asked for {most} codes within a minute. Try again in {wait_s} seconds."""

    code = "too-many-codes"


class ChatBoundError(ConflictError):
    """This is the chat that you have bound as {name}, and nobody is told twice in one chat. Bind another."""

    code = "chat-bound"


class WeChatSecretError(InvalidInputError):
    """Type it here: it is not known yet, or was another account's. The token is one that you think of."""

    code = "wechat-secret"


class NoWeChatAccountError(ConflictError):
    """Your company has no official account of WeChat here yet. An owner registers it under "My chats" first."""

    code = "no-wechat-account"
