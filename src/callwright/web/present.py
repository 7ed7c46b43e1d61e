"""What services hand out, as the API shows it: field by field the same, phone numbers hidden where they must be."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from callwright.accounts.roles import Act, Role, may
from callwright.accounts.sign_in import SignedIn
from callwright.calls.corrections import Correction
from callwright.calls.schemas import AttemptView, CallView, TaskCustomerView
from callwright.calls.schemas import CallSummary as CallSummaryView
from callwright.calls.schemas import Progress as ProgressView
from callwright.contacts.consent import ConsentNote
from callwright.contacts.custom_fields import FieldKind
from callwright.contacts.hiding import hidden_fields
from callwright.dialogue.graph import Variable as GraphVariable
from callwright.kit.phone import masked
from callwright.lines.groups import GroupView
from callwright.messaging.schemas import HangUpMessage
from callwright.pushing.schemas import TaskPush
from callwright.tasks.schemas import ArmRef, TaskView
from callwright.web.access import Asking
from callwright.web.present_pushes import shown_task_push
from callwright.web.present_scripts import variable
from callwright.web.schemas.calls import CallDetail, CallSummary
from callwright.web.schemas.session import Me
from callwright.web.schemas.tasks import CustomerHistory, GroupChoice, Progress, Task, TaskCustomer, TaskSummary

Kinds = Mapping[str, FieldKind]
"""Of which kind each of a company's fields is."""


def me(who: SignedIn) -> Me:
    """Show who is signed in."""
    tenant = {
        "id": who.tenant_id,
        "name": who.tenant_name,
        "time_zone": who.time_zone,
        "region": who.region,
        "currency": who.currency,
    }
    user = {"id": who.user_id, "email": who.email, "name": who.name, "role": who.role, "language": who.language}
    permissions = [_permission(act, who.role) for act in Act]
    return Me.model_validate({"user": user, "tenant": tenant, "permissions": permissions})


def _permission(act: Act, role: Role) -> dict[str, Any]:
    roles = [other for other in Role if may(other, act)]
    return {"act": act.name.lower(), "allowed": role in roles, "roles": roles}


def task_summary(view: TaskView, arms: list[ArmRef]) -> TaskSummary:
    """Show a task in a list."""
    return TaskSummary.model_validate({**asdict(view), "arms": [asdict(arm) for arm in arms]})


def task(
    view: TaskView,
    arms: list[ArmRef],
    variables: list[GraphVariable],
    grades: list[str],
    found: ProgressView,
    message: HangUpMessage | None,
    push: TaskPush | None,
    who: Asking,
) -> Task:
    """Show a task with everything."""
    return Task.model_validate(
        {
            **asdict(view),
            "arms": [asdict(arm) for arm in arms],
            "variables": [variable(one) for one in variables],
            "grades": grades,
            "progress": progress(found, who),
            "hang_up_message": message,
            "push": shown_task_push(push),
        }
    )


def progress(view: ProgressView, who: Asking) -> Progress:
    """Show how a task gets on, with those of its calls whose customers somebody sees."""
    live = [_mask(asdict(call), who.masks) for call in view.live if who.reaches(call.owner_id)]
    return Progress.model_validate({**asdict(view), "live": live})


def task_customer(view: TaskCustomerView, kinds: Kinds, *, masks: bool) -> TaskCustomer:
    """Show a customer of a task; a variable is hidden as the field of its name is in the book."""
    return TaskCustomer.model_validate(_task_customer(view, kinds, masks))


def customer_history(
    customer: TaskCustomerView,
    attempts: list[AttemptView],
    consents: list[ConsentNote],
    kinds: Kinds,
    *,
    masks: bool,
) -> CustomerHistory:
    """Show why a customer was called, or was not."""
    shown = {
        "customer": _task_customer(customer, kinds, masks),
        "attempts": [asdict(attempt) for attempt in attempts],
        "consents": [asdict(consent) for consent in consents],
    }
    return CustomerHistory.model_validate(shown)


def group_choice(view: GroupView) -> GroupChoice:
    """Show a policy group to somebody who makes a task."""
    channels = sum(bound.line.channels for bound in view.lines)
    return GroupChoice(id=view.id, name=view.name, lines=len(view.lines), channels=channels)


def call_summary(view: CallSummaryView, *, masks: bool) -> CallSummary:
    """Show a call in a list."""
    return CallSummary.model_validate(_call(view, masks))


def call(view: CallView, correction: Correction | None, *, masks: bool) -> CallDetail:
    """Show a call with everything, and what a person made of its grade."""
    shown = {**asdict(view), "grade_correction": correction}
    shown.update(_call(view.summary, masks))
    shown["path"] = [{"title": step["node"], **step} for step in shown["path"]]
    return CallDetail.model_validate(shown)


def _call(view: CallSummaryView, masks: bool) -> dict[str, Any]:
    shown = asdict(view)
    _mask(shown["customer"], masks)
    return shown


def _mask(shown: dict[str, Any], masks: bool) -> dict[str, Any]:
    shown["phone_masked"] = masks
    if masks:
        shown["phone"] = masked(shown["phone"])
    return shown


def _task_customer(view: TaskCustomerView, kinds: Kinds, masks: bool) -> dict[str, Any]:
    shown = _mask(asdict(view), masks)
    if masks:
        shown["variables"] = hidden_fields(view.variables, kinds)
    return shown
