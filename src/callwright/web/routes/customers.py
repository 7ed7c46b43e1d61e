"""The customer book."""

from dataclasses import asdict
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from callwright.accounts.roles import Act, require
from callwright.contacts import book, card
from callwright.contacts.card import CustomerChange
from callwright.contacts.schemas import BookEntry, BookFilter, BookOrder, Card, Editor
from callwright.kit.phone import masked
from callwright.web.access import Asking, CustomerChanger, CustomerReader
from callwright.web.masking import hides
from callwright.web.paging import After, Limit, after_customer, customer_cursor, page
from callwright.web.schemas.base import Line, Page, SomeMoment
from callwright.web.schemas.calls import PhoneStateName
from callwright.web.schemas.customers import (
    BookChoices,
    BookCustomer,
    Category,
    ChangedCustomer,
    CustomerCard,
    FieldAsked,
    Tag,
    Whose,
)

router = APIRouter(prefix="/customers", tags=["customers"])


def of_latest_call(
    phone_state: Annotated[PhoneStateName | None, Query(description="Of the latest call.")] = None,
    grade: Annotated[Line | None, Query(max_length=20, description="Of the latest call.")] = None,
) -> tuple[str | None, str | None]:
    """Return the phone state and the grade that a query asks for."""
    return phone_state, grade


def book_filter(
    asking: CustomerReader,
    latest: Annotated[tuple[str | None, str | None], Depends(of_latest_call)],
    text: Annotated[str | None, Query(max_length=200, description="Part of a name or a number.")] = None,
    owner: Annotated[Whose | UUID | None, Query(description="`nobody` for the public pool, or whose.")] = None,
    category: Category | None = None,
    tag: Tag | None = None,
    due_before: Annotated[SomeMoment | None, Query(description="To be followed up earlier.")] = None,
    field: Annotated[FieldAsked | None, Query(description="A custom field's key, a colon, and its value.")] = None,
) -> BookFilter:
    """Return which customers a query asks for."""
    key, _, value = (field or "").partition(":")
    whose = {"me": asking.who.user_id, "nobody": None}.get(owner) if isinstance(owner, str) else owner
    return BookFilter(
        text=text,
        seen_by=asking.scope,
        owner_id=whose,
        in_pool=owner == "nobody",
        category=category,
        tag=tag,
        phone_state=latest[0],
        grade=latest[1],
        due_before=due_before,
        field=(key, value) if field else None,
    )


@router.get("")
async def list_customers(
    asking: CustomerReader,
    wanted: Annotated[BookFilter, Depends(book_filter)],
    order: Annotated[BookOrder, Query(description="Which come first.")] = BookOrder.NEWEST,
    limit: Limit = 50,
    after: After = None,
) -> Page[BookCustomer]:
    """Customers of the book. An agent sees their own and the public pool's."""
    place = after_customer(after, order)
    async with asking.transaction() as session:
        found = await book.list_book(session, wanted, order, after=place, limit=limit + 1)
    if hides(asking, wanted.text):
        found = []
    shown, cursor = page(found, limit, lambda entry: customer_cursor(entry, order))
    return Page(items=[_entry(entry, masks=asking.masks) for entry in shown], next=cursor)


@router.get("/choices")
async def get_customer_choices(asking: CustomerReader) -> BookChoices:
    """What customers can be told apart by, and to whom they can be given."""
    async with asking.transaction() as session:
        owners = await book.list_owners(session)
        categories = await book.list_categories(session)
    if asking.scope is not None:
        owners = [owner for owner in owners if owner.id == asking.who.user_id]
    me = asking.who.user_id
    return BookChoices.model_validate({"me": me, "owners": owners, "categories": categories})


@router.get("/{customer_id}")
async def get_customer(customer_id: UUID, asking: CustomerReader) -> CustomerCard:
    """Everything known of a customer but the calls."""
    async with asking.transaction() as session:
        return _card(await card.get_card(session, customer_id, _editor(asking)), masks=asking.masks)


@router.patch("/{customer_id}")
async def change_customer(customer_id: UUID, body: ChangedCustomer, asking: CustomerChanger) -> CustomerCard:
    """Change a customer, take it from the public pool, give it back or to somebody."""
    if body.owner_id not in (None, asking.who.user_id):
        require(asking.who.role, Act.ASSIGN_CUSTOMERS)
    named = body.model_fields_set - {"revision", "fields"}
    change = CustomerChange(body.revision, {name: getattr(body, name) for name in sorted(named)}, body.fields)
    editor = _editor(asking)
    async with asking.transaction() as session:
        await card.change_customer(session, customer_id, change, editor, now=asking.now)
        return _card(await card.get_card(session, customer_id, editor), masks=asking.masks)


def _editor(asking: Asking) -> Editor:
    return Editor(asking.who.user_id, leading=asking.scope is None)


def _entry(entry: BookEntry, *, masks: bool) -> BookCustomer:
    return BookCustomer.model_validate(_shown(entry, masks))


def _card(found: Card, *, masks: bool) -> CustomerCard:
    return CustomerCard.model_validate({**asdict(found), **_shown(found.entry, masks)})


def _shown(entry: BookEntry, masks: bool) -> dict[str, Any]:
    shown = asdict(entry)
    return {**shown, "phone": masked(entry.phone) if masks else entry.phone, "phone_masked": masks}
