"""What can be wrong with what is asked of a task."""

from callwright.contacts.do_not_call import Barred
from callwright.kit.errors import ConflictError, InvalidInputError


class TaskNameTakenError(ConflictError):
    """There is a task named {name!r} already. Choose another name."""

    code = "task-name-taken"


class ConcurrencyError(InvalidInputError):
    """{asked} calls at once can't be placed: the {limit_of} allows from 1 to {most}."""

    code = "task-concurrency"


class TaskEmptyError(ConflictError):
    """The task {name!r} has no customers. Import some before starting it."""

    code = "task-empty"


class AlreadyInTaskError(ConflictError):
    """The customer with the number {phone} is in this task already."""

    code = "customer-in-task"


class DoNotCallError(ConflictError):
    """{phone} is on {whose} do-not-call list."""

    code = "do-not-call"

    def __init__(self, *, phone: str, where: str, by: Barred) -> None:
        whose = "your company's" if by is Barred.BY_TENANT else "the installation's"
        super().__init__(phone=phone, where=where, fault=by.value, whose=whose)


class AttemptWithdrawnError(ConflictError):
    """The attempt may not be dialled: its task stopped, another node has it, or the number is not to be called."""

    code = "attempt-withdrawn"


class ScriptNotPublishedError(ConflictError):
    """The script {name!r} has no published version. Publish it before making a task of it."""

    code = "script-not-published"
