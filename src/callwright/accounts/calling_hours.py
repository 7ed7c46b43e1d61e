"""A company's calling hours: kept as JSON, 09:00 to 20:00 every day where it has said nothing."""

from collections.abc import Mapping
from typing import Any

from pydantic import TypeAdapter

from callwright.db.tables.accounts import TenantRow
from callwright.dialing.calling_hours import CallingHours

_JSON = TypeAdapter(CallingHours)


def hours_of(tenant: TenantRow) -> CallingHours:
    """Return a tenant's calling hours."""
    return hours_from_json(tenant.calling_hours) or CallingHours()


def hours_from_json(kept: Mapping[str, Any] | None) -> CallingHours | None:
    """Return the hours as they were kept, nothing where nothing was."""
    return _JSON.validate_python(kept) if kept else None


def hours_to_json(hours: CallingHours) -> dict[str, Any]:
    """Return the hours as they are kept."""
    kept: dict[str, Any] = _JSON.dump_python(hours, mode="json")
    return kept | {"days": sorted(kept["days"]), "holidays": sorted(kept["holidays"])}
