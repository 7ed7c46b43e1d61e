"""Which customers are asked for, and by whom: in a query, in a body."""

from typing import Annotated

from fastapi import Depends, Query

from callwright.contacts.schemas import BookFilter, Editor
from callwright.web.access import Asking
from callwright.web.schemas.base import SomeMoment, Sought
from callwright.web.schemas.calls import PhoneStateName
from callwright.web.schemas.customers import BookAsked, Category, FieldAsked, GradeAsked, Tag, WhoseAsked


def editor_of(asking: Asking) -> Editor:
    """Return who asks, as the book tells whom they reach."""
    return Editor(asking.who.user_id, leading=asking.scope is None)


def filter_of(asking: Asking, asked: BookAsked) -> BookFilter:
    """Return whom they mean, of those whom they reach."""
    whose = {"me": asking.who.user_id, "nobody": None}
    key, _, value = (asked.field or "").partition(":")
    return BookFilter(
        text=asked.text,
        seen_by=asking.scope,
        owner_id=whose.get(asked.owner) if isinstance(asked.owner, str) else asked.owner,
        in_pool=asked.owner == "nobody",
        category=asked.category,
        tag=asked.tag,
        phone_state=asked.phone_state,
        grade=asked.grade,
        due_since=asked.due_since,
        due_before=asked.due_before,
        due=asked.due,
        field=(key, value) if asked.field else None,
    )


def _latest(
    phone_state: Annotated[PhoneStateName | None, Query(description="Of the latest call.")] = None,
    grade: Annotated[GradeAsked | None, Query(description="Of the latest call.")] = None,
) -> BookAsked:
    return BookAsked(phone_state=phone_state, grade=grade)


def _due(
    due_since: Annotated[SomeMoment | None, Query(description="To be followed up then or later.")] = None,
    due_before: Annotated[SomeMoment | None, Query(description="To be followed up earlier.")] = None,
    due: Annotated[bool | None, Query(description="Whether to be followed up at all.")] = None,
) -> BookAsked:
    return BookAsked(due_since=due_since, due_before=due_before, due=due)


def _asked(
    latest: Annotated[BookAsked, Depends(_latest)],
    due: Annotated[BookAsked, Depends(_due)],
    text: Annotated[Sought | None, Query()] = None,
    owner: Annotated[WhoseAsked | None, Query()] = None,
    category: Category | None = None,
    tag: Tag | None = None,
    field: Annotated[FieldAsked | None, Query()] = None,
) -> BookAsked:
    here = {"text": text, "owner": owner, "category": category, "tag": tag, "field": field}
    when = due.model_dump(include={"due_since", "due_before", "due"})
    return latest.model_copy(update=when | here)


Asked = Annotated[BookAsked, Depends(_asked)]
"""Which customers a query asks for."""
