"""The workbook in which customers are filled in for a script. Pure."""

from collections.abc import Sequence

from callwright.contacts.columns import heading_of, other_fields
from callwright.contacts.custom_fields import CustomField, FieldKind
from callwright.contacts.drafts import NAME_VARIABLES
from callwright.contacts.importing import MOST_ROWS
from callwright.dialogue.graph import Variable
from callwright.kit.tabular import Column, write_workbook

EXAMPLES = {FieldKind.TEXT: "", FieldKind.NUMBER: "1250.5", FieldKind.DATE: "2026-03-01"}


def customers_template(
    variables: Sequence[Variable], *, example_phone: str, fields: Sequence[CustomField] = ()
) -> bytes:
    """Return the XLSX to fill in for a script with these variables, with a sheet of instructions."""
    columns = [
        Column("phone*", "The number to call: with + and country code, or as dialled at home.", example_phone, True)
    ]
    if not NAME_VARIABLES & {variable.name for variable in variables}:
        columns.append(Column("name", "The customer's name.", "Maria Lopez"))
    columns += [
        Column(heading_of(variable) + "*" * variable.required, variable.label, variable.example, variable.required)
        for variable in variables
    ]
    columns += [_column_of(field) for field in other_fields(variables, fields)]
    columns += [
        Column(
            "consent",
            "yes where the person agreed to be called, no where they took that back, else nothing.",
            "yes",
        ),
        Column("consent_source", "Whence that is known; needed beside a yes.", "Web form, 3 March 2026"),
    ]
    return write_workbook(
        columns,
        instructions=[
            "Fill the sheet Customers, one customer a row, and upload the file to the task.",
            "Columns marked * must be filled. Leave the headings as they are; the order of columns doesn't matter.",
            f"At most {MOST_ROWS:,} rows. A number that stands in several rows is imported once.",
        ],
    )


def _column_of(field: CustomField) -> Column:
    about = field.label if field.kind is not FieldKind.CHOICE else f"{field.label}: {', '.join(field.choices)}"
    example = field.choices[0] if field.choices else EXAMPLES[field.kind]
    return Column(field.key + "*" * field.required, about, example, field.required)
