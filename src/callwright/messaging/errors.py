"""What can be wrong with messages, their templates and channels."""

from callwright.kit.errors import ConflictError, InvalidInputError


class TemplateNameTakenError(ConflictError):
    """There is a template {name} already. Choose another name."""

    code = "message-template-name-taken"


class TemplateStateError(ConflictError):
    """The template is {state}, so that it can't be {act}. {remedy}"""

    code = "message-template-state"


class TooManyTemplatesError(ConflictError):
    """There are {most} templates already, and there may be no more. Retire one that isn't needed."""

    code = "too-many-message-templates"


class ChannelNameTakenError(ConflictError):
    """There is a channel {name} already. Choose another name."""

    code = "message-channel-name-taken"


class ChannelInUseError(ConflictError):
    """The channel {name} is still in use. Give its companies another one, or switch it off."""

    code = "message-channel-in-use"


class ChannelMessagesWaitError(ConflictError):
    """Messages still wait for channel {name}: {count}. Let them leave; switched off, they fail 48 hours late."""

    code = "message-channel-waiting"


class ChannelConfigError(InvalidInputError):
    """The channel can't be set up: {why}."""

    code = "message-channel-config"


class SenderError(InvalidInputError):
    """{sender!r} is no sender. Write a number such as +442079460000 or 10690001, or up to 11 letters and digits."""

    code = "message-sender"


class NothingCostsError(InvalidInputError):
    """A channel that sends nothing costs nothing. Set the price to 0, or choose another channel."""

    code = "message-nothing-costs"


class TemplateNotUsableError(ConflictError):
    """The template {name} can't be sent: no version of it is approved. Choose another, or wait for the operator."""

    code = "message-template-not-usable"


class NoMessageChannelError(ConflictError):
    """Messages can't be sent now ({trouble}). Ask the operator, or make the task without them."""

    code = "message-channel-trouble"


class MessageGradeError(InvalidInputError):
    """The script has no intention grade {grade}. Choose among {known}."""

    code = "message-grade"


class MessageHoursNeverMeetError(InvalidInputError):
    """No {kind} message would ever leave from {opens} to {closes}: your country never allows it. Choose others."""

    code = "message-hours-never-meet"


class NotOptedOutError(ConflictError):
    """The opt-out has been taken back already."""

    code = "not-opted-out"


class OptedOutAgainError(ConflictError):
    """They have opted out again since you looked. Read what they wrote last, and decide anew."""

    code = "opted-out-again"


class OtherMessageError(ConflictError):
    """The task sends another message already. Make another task."""

    code = "message-other"
