"""Pushes as the API shows them."""

from callwright.pushing import schemas
from callwright.warnings.schemas import WarningKind
from callwright.web.schemas.base import Named
from callwright.web.schemas.pushing import Push, TaskPush


def shown_push(view: schemas.PushView) -> Push:
    """Show a push."""
    return Push(
        id=view.id,
        created_at=view.created_at,
        purpose=view.purpose,
        call_id=view.call_id,
        person=Named(id=view.user_id, name=view.user_name),
        chat_name=view.chat_name,
        chat_kind=view.chat_kind,
        state=view.state,
        tries=view.tries,
        next_at=view.next_at,
        tried_at=view.tried_at,
        failure=view.failure,
        answer=view.answer,
        customer_name=view.customer_name,
        task_name=view.task_name,
        warning_kind=WarningKind(view.warning_kind) if view.warning_kind else None,
    )


def shown_task_push(found: schemas.TaskPush | None) -> TaskPush | None:
    """Show whom a task tells."""
    if found is None:
        return None
    pushers = {grade: list(of) for grade, of in found.pushers.items()}
    return TaskPush(how=found.how, assigns=found.assigns, pushers=pushers)
