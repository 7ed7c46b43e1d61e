"""What can be wrong with speech besides being late or absent (those two are in the port)."""

from callwright.kit.errors import ConflictError, InvalidInputError, UnavailableError


class UnknownProviderError(InvalidInputError):
    """There is no {kind} provider {name!r}. Choose one of: {known}."""

    code = "speech-provider-unknown"


class ProviderOptionError(InvalidInputError):
    """The {kind} provider {name!r} can't be set up: {why}. Correct its options."""

    code = "speech-provider-option"


class ModelFileError(UnavailableError):
    """The model file {path} can't be used: {why}. Install Callwright again, or name another model folder."""

    code = "speech-model"


class LanguageNotSpokenError(InvalidInputError):
    """The {provider} provider does not know the language {language!r}. It knows: {known}."""

    code = "speech-language"


class UnknownVoiceError(InvalidInputError):
    """The {provider} provider has no voice {voice!r}. It has: {known}."""

    code = "speech-voice"


class UnsayableTextError(InvalidInputError):
    """Nothing here can say {signs!r} in the language {language!r}. Write it in words, or leave it out."""

    code = "speech-unsayable"


class SpeechRequestError(InvalidInputError):
    """The speech server refused the request: {why}."""

    code = "speech-request"


class SpeechFailedError(UnavailableError):
    """The {what} failed on this request: {why}. The speech server's log has the details."""

    code = "speech-failed"


class SpeechServerRunningError(ConflictError):
    """Another speech server already serves {path}. Use that one, stop it first, or choose another path."""

    code = "speech-server-running"


class SocketPathError(InvalidInputError):
    """The speech server can't listen at {path}: {why}. Choose another path."""

    code = "speech-socket"


class SpeechBusyError(UnavailableError):
    """The {what} has {waiting} requests waiting, as many as it takes. Run fewer calls, or more speech servers."""

    code = "speech-busy"
