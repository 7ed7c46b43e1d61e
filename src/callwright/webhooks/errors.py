"""What can be wrong with a webhook."""

from callwright.kit.errors import ConflictError, InvalidInputError


class TooManyWebhooksError(ConflictError):
    """There are {most} webhooks already, and there may be no more. Delete one that isn't needed."""

    code = "too-many-webhooks"


class UnknownEventKindError(InvalidInputError):
    """There is no kind of event {kind}. Known: {known}."""

    code = "unknown-event-kind"


class StillWaitingError(ConflictError):
    """The delivery waits to be sent already."""

    code = "delivery-waits"
