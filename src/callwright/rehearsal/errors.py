"""Why a rehearsal can't be held."""

from callwright.kit.errors import ConflictError, InvalidInputError


class OuterLineError(InvalidInputError):
    """A rehearsal's line leads to {host}, which is not within this machine. Give an address of 127.0.0.0/8."""

    code = "rehearsal-outer-line"


class BusyWithCallsError(ConflictError):
    """Real calls take more than half of what the call nodes hold, or did for half an hour. Try the script later."""

    code = "crowd-busy"


class NobodyReachedError(ConflictError):
    """None of the simulated people could be called. Look into the log of the job worker."""

    code = "crowd-nobody"
