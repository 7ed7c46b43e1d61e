"""The life of a call task: draft → running ⇄ paused → finished."""

from enum import StrEnum

from callwright.kit.errors import ConflictError


class TaskState(StrEnum):
    """Where a call task stands."""

    DRAFT = "draft"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"


class TaskAct(StrEnum):
    """What can be asked of a call task."""

    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    FINISH = "finish"
    ADD_CUSTOMERS = "add_customers"


class TaskReason(StrEnum):
    """Why a task stands where it stands, when nobody asked for it."""

    ALL_CALLED = "all_called"
    SCRIPT_FAULT = "script_fault"
    NO_LANGUAGE_MODEL = "no_language_model"
    """Its script is for engine 2.0, and the node that was to call has no language model."""


class Waiting(StrEnum):
    """Why a running task dials nobody now. The calling hours' own reasons (``window.ClosedReason``) are others."""

    SEATS = "seats"
    """Too few AI seats are free."""
    LINES = "lines"
    """None of its lines can be used: out of order, expired, or taken away."""
    CHANNELS = "channels"
    """Every channel of its lines is in use by other tasks."""
    CREDIT = "credit"
    """The balance does not cover another call."""
    NODES = "nodes"
    """No call node takes calls."""
    ERROR = "error"
    """Something about the task can't be read; the installation's log says what."""
    DUE = "due"
    """Whoever is left is to be called again later, or is held by the gate."""


class TaskStateError(ConflictError):
    """The task is {state}, so it can't be asked to {act}. Possible now: {possible}."""

    code = "task-state"


_RESULTS: dict[TaskState, dict[TaskAct, TaskState]] = {
    TaskState.DRAFT: {TaskAct.START: TaskState.RUNNING, TaskAct.ADD_CUSTOMERS: TaskState.DRAFT},
    TaskState.RUNNING: {
        TaskAct.PAUSE: TaskState.PAUSED,
        TaskAct.FINISH: TaskState.FINISHED,
        TaskAct.ADD_CUSTOMERS: TaskState.RUNNING,
    },
    TaskState.PAUSED: {
        TaskAct.RESUME: TaskState.RUNNING,
        TaskAct.FINISH: TaskState.FINISHED,
        TaskAct.ADD_CUSTOMERS: TaskState.PAUSED,
    },
    TaskState.FINISHED: {},
}


def after(state: TaskState, act: TaskAct) -> TaskState:
    """Return the state of a task in ``state`` after ``act``; raises TaskStateError where it is not allowed."""
    results = _RESULTS[state]
    if act not in results:
        possible = ", ".join(sorted(results)) or "nothing"
        raise TaskStateError(state=state.value, act=act.value, possible=possible)
    return results[act]
