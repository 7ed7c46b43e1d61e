"""The customer book."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy.ext.asyncio import AsyncSession

from callwright.accounts.roles import Act, require
from callwright.contacts import book, card
from callwright.contacts.card import CustomerChange
from callwright.contacts.custom_fields import FieldKind
from callwright.contacts.duplicates import find_duplicates
from callwright.contacts.hiding import hidden_fields, refuse_hidden
from callwright.contacts.schemas import BookEntry, BookOrder
from callwright.kit.phone import masked
from callwright.tasks.one_person import merge_customers as merge_them
from callwright.web.access import Asking, CustomerChanger, CustomerMerger, CustomerReader
from callwright.web.book_asked import Asked, editor_of, filter_of
from callwright.web.masking import hides_of_book, kinds_hidden_by
from callwright.web.paging import After, Limit, after_customer, customer_cursor, page
from callwright.web.schemas.base import Page
from callwright.web.schemas.customers import (
    BookChoices,
    BookCustomer,
    ChangedCustomer,
    CustomerCard,
    CustomerCount,
    DuplicateCustomers,
    FieldName,
    MergeCustomers,
)

router = APIRouter(prefix="/customers", tags=["customers"])


@router.get("/count")
async def count_book(asking: CustomerReader, asked: Asked) -> CustomerCount:
    """How many a list has."""
    wanted = filter_of(asking, asked)
    async with asking.transaction() as session:
        if await hides_of_book(session, asking, wanted):
            return CustomerCount(count=0)
        return CustomerCount(count=await book.count_book(session, wanted))


@router.get("")
async def list_customers(
    asking: CustomerReader,
    asked: Asked,
    order: Annotated[BookOrder, Query(description="Which come first.")] = BookOrder.NEWEST,
    limit: Limit = 50,
    after: After = None,
) -> Page[BookCustomer]:
    """Customers of the book. An agent sees their own and the public pool's."""
    place, wanted = after_customer(after, order), filter_of(asking, asked)
    async with asking.transaction() as session:
        hides = await hides_of_book(session, asking, wanted)
        found = [] if hides else await book.list_book(session, wanted, order, after=place, limit=limit + 1)
        kinds = await kinds_hidden_by(session, asking)
    shown, cursor = page(found, limit, lambda entry: customer_cursor(entry, order))
    items = [BookCustomer.model_validate(_shown(entry, asking.masks, kinds)) for entry in shown]
    return Page(items=items, next=cursor)


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


@router.get("/duplicates")
async def list_duplicates(
    asking: CustomerMerger,
    field: Annotated[FieldName | None, Query(description="Whose values are compared; else the names are.")] = None,
    limit: Limit = 20,
    after: Annotated[str | None, Query(max_length=500, description="`value` of the last one before.")] = None,
) -> list[DuplicateCustomers]:
    """Two to ten customers who may be one person, again and again, in the order of what they have in common."""
    async with asking.transaction() as session:
        found = await find_duplicates(session, field=field, after=after, limit=limit)
        kinds = await kinds_hidden_by(session, asking)
    shown = (
        {"value": group.value, "customers": [_shown(one, asking.masks, kinds) for one in group.customers]}
        for group in found
    )
    return [DuplicateCustomers.model_validate(group) for group in shown]


@router.post("/{customer_id}/merge")
async def merge_customers(customer_id: UUID, body: MergeCustomers, asking: CustomerMerger) -> CustomerCard:
    """Make one card of several, for good. Each number keeps its do-not-call entries; a task calls one of them."""
    others = {one.id: one.revision for one in body.others}
    async with asking.transaction() as session:
        await merge_them(session, customer_id, others, _change_of(body), editor_of(asking), now=asking.now)
        return await _card(session, customer_id, asking)


@router.get("/{customer_id}")
async def get_customer(customer_id: UUID, asking: CustomerReader) -> CustomerCard:
    """Everything known of a customer but the calls."""
    async with asking.transaction() as session:
        return await _card(session, customer_id, asking)


@router.patch("/{customer_id}")
async def change_customer(customer_id: UUID, body: ChangedCustomer, asking: CustomerChanger) -> CustomerCard:
    """Change a customer, take it from the public pool, give it back or to somebody."""
    if body.owner_id not in (None, asking.who.user_id):
        require(asking.who.role, Act.ASSIGN_CUSTOMERS)
    change, editor = _change_of(body), editor_of(asking)
    if asking.masks:
        refuse_hidden(change.fields)
    async with asking.transaction() as session:
        await card.change_customer(session, customer_id, change, editor, now=asking.now)
        return await _card(session, customer_id, asking)


def _change_of(body: ChangedCustomer) -> CustomerChange:
    named = body.model_fields_set - {"revision", "fields", "others"}
    return CustomerChange(body.revision, {name: getattr(body, name) for name in sorted(named)}, body.fields)


async def _card(session: AsyncSession, customer_id: UUID, asking: Asking) -> CustomerCard:
    found = await card.get_card(session, customer_id, editor_of(asking))
    shown = {**asdict(found), **_shown(found.entry, asking.masks, await kinds_hidden_by(session, asking))}
    if asking.masks:
        shown["other_numbers"] = [{**one, "phone": masked(one["phone"])} for one in shown["other_numbers"]]
    return CustomerCard.model_validate(shown)


def _shown(entry: BookEntry, masks: bool, kinds: Mapping[str, FieldKind]) -> dict[str, Any]:
    shown = {**asdict(entry), "phone_masked": masks}
    if masks:
        shown |= {"phone": masked(entry.phone), "fields": hidden_fields(entry.fields, kinds)}
    return shown
