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


class TrialRefusedError(ConflictError):
    """The rule {rule} lets no call through to your phone now. Wait until it does."""

    code = "trial-refused"


class TrialUnderWayError(ConflictError):
    """Your phone is being rung already. Wait until that call is over."""

    code = "trial-under-way"


class TrialTooSoonError(ConflictError):
    """You asked to be rung less than half a minute ago. Try again in {seconds} s."""

    code = "trial-too-soon"


class CustomersNumberError(ConflictError):
    """The number is a customer's, and none is rung to try a script. Use a phone of yours, or the microphone."""

    code = "customers-number"


class CodeNotKeyedInError(ConflictError):
    """Nobody keyed the code in on this phone in {most} calls today. Try again tomorrow, or use the microphone."""

    code = "code-not-keyed-in"


class TooManyTrialsError(ConflictError):
    """You have had {most} calls within a day, the most there are. Try again tomorrow, or use the microphone."""

    code = "too-many-trials"


class TooManyPhonesError(ConflictError):
    """You gave {most} different numbers as your own within a day. Use one of those."""

    code = "too-many-phones"


class NoGradeError(ConflictError):
    """The call {key} has no grade that could be corrected: nobody talked, or it is still under way."""

    code = "no-grade"


class UnknownGradeError(InvalidInputError):
    """The script has no grade {grade}. Choose one of {known}."""

    code = "unknown-grade"
