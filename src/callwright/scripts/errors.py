"""What can be wrong with a script as a thing with versions (its contents' faults: dialogue.faults)."""

from callwright.kit.errors import ConflictError, NotFoundError


class NothingToPublishError(ConflictError):
    """Script {name} has no draft to publish. Change it first, or name an earlier version to publish again."""

    code = "nothing-to-publish"


class AlreadyPublishedError(ConflictError):
    """Version {number} of script {name} is the published one already."""

    code = "already-published"


class ScriptBeingMadeError(ConflictError):
    """Someone else is making script {name} at this moment. Try again."""

    code = "script-being-made"


class StaleRevisionError(ConflictError):
    """{who} changed script {name} while you were at it. Look at their change, and make yours again."""

    code = "stale-revision"


class ScriptNameTakenError(ConflictError):
    """There is a script {name} already. Choose another name."""

    code = "script-name-taken"


class NotDrawnError(ConflictError):
    """Script {name} is spoken by a language model and has no graph. Open it as a brief."""

    code = "not-drawn"


class DrawnError(ConflictError):
    """Script {name} is drawn: no language model speaks it. Open it in the designer."""

    code = "drawn"


class NoDraftError(NotFoundError):
    """Script {name} has no draft."""

    code = "no-draft"


class OnlyVersionError(ConflictError):
    """Script {name} has never been published: without its draft nothing is left. Delete the script instead."""

    code = "only-version"


class ScriptInUseError(ConflictError):
    """Script {name} was used by tasks or calls, whose record it is. Archive it instead."""

    code = "script-in-use"


class ScriptArchivedError(ConflictError):
    """Script {name} is archived. Take it out of the archive first."""

    code = "script-archived"
