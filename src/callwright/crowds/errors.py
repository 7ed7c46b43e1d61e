"""What can be wrong with what is asked of a crowd."""

from callwright.kit.errors import ConflictError, InvalidInputError


class CrowdSizeError(InvalidInputError):
    """A crowd has {least} to {most} people, not {asked}."""

    code = "crowd-size"


class TooManyCrowdsError(ConflictError):
    """Your company has {most} crowds waiting or under way, the most at once.

    Wait for one to end, or call it off.
    """

    code = "too-many-crowds"


class CrowdVoiceError(InvalidInputError):
    """There is no voice for the language {language!r} of the script {name!r}; try it on a crowd that writes."""

    code = "crowd-voice"


class DifferentModesError(ConflictError):
    """One of these crowds spoke and the other wrote. Compare two that spoke, or two that wrote."""

    code = "different-modes"


class CrowdEngineError(InvalidInputError):
    """The script {name!r} is spoken by a language model; crowds try scripts of engine 1.0, which are drawn."""

    code = "crowd-engine"


class CrowdOverError(ConflictError):
    """The crowd is {state}; only one that is under way can be called off."""

    code = "crowd-over"


class CrowdNotDoneError(ConflictError):
    """The crowd is {state}; there is nothing to compare before it is done."""

    code = "crowd-not-done"


class CrowdNeededError(ConflictError):
    """The task {name!r} starts only once version {version} of the script {script!r} has passed before a crowd.

    Try it on one that writes, and mend what it shows.
    """

    code = "crowd-needed"


class NoSuchMeaningError(InvalidInputError):
    """The script has no intent or question called {name!r} to which the sentence could be added."""

    code = "no-such-meaning"


class SentenceKnownError(ConflictError):
    """{text!r} is an example of {name} already."""

    code = "sentence-known"
