"""Calling hours and redials in a body: what is wrong with them is told with the field in which they stand."""

from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationInfo, ValidatorFunctionWrapHandler, WrapSerializer, WrapValidator

from callwright.dialing.calling_hours import CallingHours, Weekday
from callwright.dialing.redial import Redialled, RedialRule
from callwright.kit.errors import InvalidInputError

_RULE = TypeAdapter(RedialRule)


def _at_its_field(value: Any, check: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
    try:
        return check(value)
    except InvalidInputError as error:
        error.fields["where"] = info.field_name
        raise


def _at_its_outcome(value: Any, check: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
    try:
        return check(value)
    except InvalidInputError as error:
        error.fields["where"] = f"{info.field_name}.{_first_wrong(value)}"
        raise


def _first_wrong(rules: dict[str, Any]) -> str:
    for outcome, rule in rules.items():
        try:
            _RULE.validate_python(rule)
        except InvalidInputError:
            return outcome
    return ""


def _in_order(hours: dict[str, Any]) -> dict[str, Any]:
    days = [day for day in Weekday if day in hours["days"]]
    return {**hours, "days": days, "holidays": sorted(hours["holidays"])}


# A function that says what it returns would hide from the API's description what hours are.
Hours = Annotated[
    CallingHours, WrapValidator(_at_its_field), WrapSerializer(lambda hours, shown: _in_order(shown(hours)))
]
"""Told with their days in the order of the week, and their holidays in that of the year."""
Redials = Annotated[dict[Redialled, RedialRule], WrapValidator(_at_its_outcome)]
