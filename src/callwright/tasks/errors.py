"""What can be wrong with what is asked of a task."""

from callwright.contacts.do_not_call import Barred
from callwright.kit.errors import ConflictError, InvalidInputError


class TaskNameTakenError(ConflictError):
    """There is a task named {name!r} already. Choose another name."""

    code = "task-name-taken"


class TaskKeyError(ConflictError):
    """The key {key} stands for the task {name!r}, asked for otherwise. Ask for another one under a new key."""

    code = "task-key"


class CustomerKeyError(ConflictError):
    """Another customer was sent under the key {key}. Send this one under a new key."""

    code = "task-customer-key"


class ConcurrencyError(InvalidInputError):
    """{asked} calls at once can't be placed: the {limit_of} allows from 1 to {most}."""

    code = "task-concurrency"


class NoSeatsError(InvalidInputError):
    """Your company has no AI seats, and a task takes at least one. The operator opens them."""

    code = "no-seats"


class NoLinesError(InvalidInputError):
    """The policy group has no lines to call over. Choose another one, or bind lines to it."""

    code = "no-lines"


class LinesOfOutboundError(InvalidInputError):
    """A task that goes out by {outbound} needs {wanted}."""

    code = "task-lines"


class LineKindError(InvalidInputError):
    """The line {name!r} is {kind}; a task that goes out by {outbound} needs one of that kind."""

    code = "task-line-kind"


class HoldTimeError(InvalidInputError):
    """A person can't be asked to hold for {asked} s. Choose 0 to {most} s."""

    code = "task-hold-time"


class TaskEmptyError(ConflictError):
    """The task {name!r} has no customers. Import some before starting it."""

    code = "task-empty"


class AlreadyInTaskError(ConflictError):
    """The customer with the number {phone} is in this task already."""

    code = "customer-in-task"


class SamePersonError(ConflictError):
    """The customer with the number {phone} is in this task already under another number, and is called once."""

    code = "same-person"


class BeingCalledError(ConflictError):
    """One of these customers is being called, or put into a task, at this moment. Try it again."""

    code = "customer-being-called"


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


class SharesError(InvalidInputError):
    """The shares of the versions come to {total} %. Let them come to 100 %, of {most} versions at most."""

    code = "task-shares"


class ArmTwiceError(InvalidInputError):
    """Version {number} of the script is there twice. Compare different versions."""

    code = "task-arm-twice"


class FirstArmError(InvalidInputError):
    """The first version to compare is not of the task's script. Begin with a version of that."""

    code = "task-first-arm"


class VersionNotPublishedError(ConflictError):
    """Version {number} of the script {name!r} is not published. Choose one that is, or was."""

    code = "version-not-published"


class ArmVariablesError(InvalidInputError):
    """Version {number} of the script {name!r} must know of a customer what the first does not, or the other way.

    The variables that only one of them needs: {variables}. Choose versions that need the same.
    """

    code = "task-arm-variables"


class NothingToSettleError(ConflictError):
    """The task {name!r} is finished: nobody is left to hear one version or the other."""

    code = "task-nothing-to-settle"


class TaskOverError(ConflictError):
    """The task {name!r} is finished: it makes no more calls that could play another version."""

    code = "task-over"


class TaskSplitError(ConflictError):
    """The task {name!r} compares versions. Give the rest of its customers to one of them instead."""

    code = "task-split"


class VersionVariablesError(InvalidInputError):
    """Version {number} of the script {name!r} must know of a customer what this task never asked for.

    The variables that its customers lack: {variables}. Make a task of that version, and import them there.
    """

    code = "version-variables"
