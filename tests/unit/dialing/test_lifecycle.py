import pytest

from callwright.dialing.lifecycle import TaskAct, TaskState, TaskStateError, after, allowed


def test_a_task_runs_pauses_resumes_and_finishes() -> None:
    state = TaskState.DRAFT
    for act in (TaskAct.START, TaskAct.PAUSE, TaskAct.RESUME, TaskAct.FINISH):
        state = after(state, act)
    assert state is TaskState.FINISHED


@pytest.mark.parametrize("state", TaskState)
@pytest.mark.parametrize("act", TaskAct)
def test_what_is_not_allowed_is_refused_with_what_is(state: TaskState, act: TaskAct) -> None:
    if act in allowed(state):
        after(state, act)
        return
    with pytest.raises(TaskStateError) as refused:
        after(state, act)
    assert all(possible.value in str(refused.value) for possible in allowed(state))


def test_a_finished_task_stays_finished() -> None:
    assert allowed(TaskState.FINISHED) == frozenset()
