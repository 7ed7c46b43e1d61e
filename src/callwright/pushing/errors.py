"""What can be wrong with telling people of customers."""

from callwright.kit.errors import ConflictError, InvalidInputError


class PushGradeError(InvalidInputError):
    """The script gives no grade {grade}. It gives: {known}."""

    code = "push-grade"


class PusherError(InvalidInputError):
    """The person {user_id} {why}. Choose among those who have a chat bound."""

    code = "pusher"


class AssignsAllError(InvalidInputError):
    """A customer can't become everybody's own. Have your people told in turn, or assign nobody."""

    code = "assigns-all"


class OtherPushError(ConflictError):
    """The task tells people of customers already, and otherwise. Make another task, or ask for the same."""

    code = "other-push"


class StillUnderWayError(ConflictError):
    """The push is on its way already."""

    code = "push-under-way"


class DeliveredError(ConflictError):
    """The push got there, and nobody is told twice. Send again only what failed."""

    code = "push-delivered"


class NoChatError(ConflictError):
    """The person has no chat that was not told of it already. They bind one under "My chats" first."""

    code = "no-chat"


class StalePushLinkError(InvalidInputError):
    """The link is no longer good: it was for {days} days. Look the call up in the list of calls."""

    code = "stale-push-link"
