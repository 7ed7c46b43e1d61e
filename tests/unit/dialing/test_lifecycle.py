import pytest

from callwright.dialing.lifecycle import TaskAct, TaskState, TaskStateError, after

ALLOWED = {
    TaskState.DRAFT: {TaskAct.START, TaskAct.ADD_CUSTOMERS},
    TaskState.RUNNING: {TaskAct.PAUSE, TaskAct.FINISH, TaskAct.ADD_CUSTOMERS},
    TaskState.PAUSED: {TaskAct.RESUME, TaskAct.FINISH, TaskAct.ADD_CUSTOMERS},
    TaskState.FINISHED: set[TaskAct](),
}


def test_a_task_runs_pauses_resumes_and_finishes() -> None:
    state = TaskState.DRAFT
    for act in (TaskAct.START, TaskAct.PAUSE, TaskAct.RESUME, TaskAct.FINISH):
        state = after(state, act)
    assert state is TaskState.FINISHED


@pytest.mark.parametrize("state", TaskState)
@pytest.mark.parametrize("act", TaskAct)
def test_what_is_not_allowed_is_refused_with_what_is(state: TaskState, act: TaskAct) -> None:
    if act in ALLOWED[state]:
        after(state, act)
        return
    with pytest.raises(TaskStateError) as refused:
        after(state, act)
    possible = str(refused.value).partition("Possible now: ")[2].rstrip(".")
    assert set(possible.split(", ")) == ({act.value for act in ALLOWED[state]} or {"nothing"})


@pytest.mark.parametrize("state", [TaskState.DRAFT, TaskState.RUNNING, TaskState.PAUSED])
def test_customers_may_come_at_any_time_and_change_nothing(state: TaskState) -> None:
    assert after(state, TaskAct.ADD_CUSTOMERS) is state
