"""What can be wrong with what is asked of a call."""

from callwright.kit.errors import NotFoundError


class NoRecordingError(NotFoundError):
    """There is no recording of the call {key}: it was never answered, or it is still under way."""

    code = "no-recording"
