"""A task's redial plan as it is kept."""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from callwright.dialing.redial import Redialled, RedialPlan, RedialRule

_JSON: TypeAdapter[RedialPlan] = TypeAdapter(Mapping[Redialled, RedialRule])


def redial_from_json(kept: Mapping[str, Any]) -> RedialPlan:
    """Return the plan as it was kept."""
    return _JSON.validate_python(kept)


def redial_to_json(plan: RedialPlan) -> dict[str, Any]:
    """Return the plan as it is kept."""
    kept: dict[str, Any] = _JSON.dump_python(plan, mode="json")
    return kept
