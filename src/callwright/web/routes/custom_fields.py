"""The fields that a company defines for its customers."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from callwright.contacts import field_list
from callwright.contacts.field_list import FieldChange, NewField
from callwright.web.access import CustomerReader, FieldDefiner
from callwright.web.schemas.custom_fields import ChangedCustomField, CustomField, FieldOrder, NewCustomField

router = APIRouter(prefix="/custom-fields", tags=["customers"])


@router.get("")
async def list_custom_fields(
    asking: CustomerReader,
    retired: Annotated[bool, Query(description="With those that are no longer in use, last.")] = False,
) -> list[CustomField]:
    """The fields in their order."""
    async with asking.transaction() as session:
        found = await field_list.list_fields(session, retired=retired)
    return [CustomField.model_validate(field) for field in found]


@router.post("", status_code=201)
async def add_custom_field(body: NewCustomField, asking: FieldDefiner) -> CustomField:
    """Define a field; it stands behind the others."""
    async with asking.transaction() as session:
        wanted = NewField(body.label, body.kind, body.key, body.required, body.choices)
        return CustomField.model_validate(await field_list.add_field(session, wanted))


@router.put("/order")
async def order_custom_fields(body: FieldOrder, asking: FieldDefiner) -> list[CustomField]:
    """Put the fields in an order: all that are in use, each once."""
    async with asking.transaction() as session:
        await field_list.order_fields(session, body.ids)
        found = await field_list.list_fields(session)
    return [CustomField.model_validate(field) for field in found]


@router.put("/{field_id}")
async def change_custom_field(field_id: UUID, body: ChangedCustomField, asking: FieldDefiner) -> CustomField:
    """Change a field, retire it, or take it back into use. What customers have stays."""
    change = FieldChange(body.label, body.required, body.choices, body.retired)
    async with asking.transaction() as session:
        return CustomField.model_validate(await field_list.change_field(session, field_id, change, now=asking.now))
