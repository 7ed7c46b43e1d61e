"""What can be wrong with binding a chat."""

from callwright.kit.errors import ConflictError


class TooManyChatsError(ConflictError):
    """You have {most} chats bound already, and there may be no more. Take one away that you don't need."""

    code = "too-many-chats"
