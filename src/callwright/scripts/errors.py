"""What can be wrong with a script as a thing with versions (its contents' faults: dialogue.faults)."""

from callwright.kit.errors import ConflictError


class NothingToPublishError(ConflictError):
    """The newest version of script {name} is published already. Create a new version first."""

    code = "nothing-to-publish"
