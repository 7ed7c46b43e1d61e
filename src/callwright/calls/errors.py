"""What can be wrong with what is asked of a call."""

from callwright.kit.errors import ConflictError, NotFoundError


class NoRecordingError(NotFoundError):
    """There is no recording of the call {key}: it was never answered, or it is still under way."""

    code = "no-recording"


class TestCallBarredError(ConflictError):
    """{phone} is on a do-not-call list. Test with a number of your own."""

    __test__ = False
    code = "test-call-barred"


class TestCallTooSoonError(ConflictError):
    """Line {line} was tested less than a minute ago. Try again in {seconds} s."""

    __test__ = False
    code = "test-call-too-soon"
