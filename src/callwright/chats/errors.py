"""What can be wrong with binding a chat."""

from callwright.kit.errors import ConflictError


class TooManyChatsError(ConflictError):
    """You have {most} chats bound already, and there may be no more. Take one away that you don't need."""

    code = "too-many-chats"


class ChatBoundError(ConflictError):
    """This is the chat that you have bound as {name}, and nobody is told twice in one chat. Bind another."""

    code = "chat-bound"
