"""What can be wrong with what is asked of a call."""

from callwright.kit.errors import ConflictError, InvalidInputError, NotFoundError


class NoRecordingError(NotFoundError):
    """There is no recording of the call {key}: it was never answered, or it is still under way."""

    code = "no-recording"


class TestCallRefusedError(ConflictError):
    """The rule {rule} lets no test call through to this number now. Wait until it does, or test with another."""

    __test__ = False
    code = "test-call-refused"


class TestCallTooSoonError(ConflictError):
    """Line {line} was tested less than a minute ago. Try again in {seconds} s."""

    __test__ = False
    code = "test-call-too-soon"


class NoGradeError(ConflictError):
    """The call {key} has no grade that could be corrected: nobody talked, or it is still under way."""

    code = "no-grade"


class UnknownGradeError(InvalidInputError):
    """The script has no grade {grade}. Choose one of {known}."""

    code = "unknown-grade"
