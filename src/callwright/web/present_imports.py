"""Imports as the API shows them."""

from collections.abc import Sequence
from dataclasses import replace

from callwright.contacts.columns import (
    CONSENT,
    CONSENT_SOURCE,
    FIELD,
    NAME,
    PHONE,
    VARIABLE,
    other_fields,
)
from callwright.contacts.custom_fields import CustomField
from callwright.contacts.drafts import RowFault
from callwright.contacts.importing import Preview
from callwright.dialogue.graph import Variable
from callwright.imports.schemas import ImportView
from callwright.web.schemas.base import Named
from callwright.web.schemas.base import RowFault as ShownFault
from callwright.web.schemas.imports import ColumnChoice, Import, ImportPreview


def an_import(view: ImportView) -> Import:
    """Show an import."""
    row = view.row
    shown = {name: getattr(row, name) for name in Import.model_fields.keys() & set(dir(row))}
    return Import.model_validate(
        shown
        | {
            "task": Named(id=row.task_id, name=view.task_name),
            "asked_by": view.asked_by,
            "asked_at": row.created_at,
            "failure": row.failure or None,
            "file_kept": row.file_deleted_at is None,
        }
    )


def preview(found: Preview, variables: Sequence[Variable], fields: Sequence[CustomField]) -> ImportPreview:
    """Show the beginning of a file, and what its columns may be."""
    return ImportPreview(
        heading_row=found.columns.heading_row,
        headings=list(found.headings),
        rows=[row.cells for row in found.rows],
        places=dict(found.columns.places),
        missing=list(found.missing),
        choices=[
            ColumnChoice(key=PHONE, label=PHONE, required=True),
            ColumnChoice(key=NAME, label=NAME, required=False),
            *(ColumnChoice(key=VARIABLE + one.name, label=one.label, required=one.required) for one in variables),
            *(
                ColumnChoice(key=FIELD + one.key, label=one.label, required=one.required)
                for one in other_fields(variables, fields)
            ),
            ColumnChoice(key=CONSENT, label=CONSENT, required=False),
            ColumnChoice(key=CONSENT_SOURCE, label=CONSENT_SOURCE, required=False),
        ],
    )


def faults(found: Sequence[RowFault], *, masks: bool) -> list[ShownFault]:
    """Show the rows that were not taken; without what stood there for who may not see numbers."""
    return [ShownFault.model_validate(replace(fault, value=None) if masks else fault) for fault in found]
