"""The rules by which a task's calls are let through, from what its tenant and its people have set."""

import json
from collections.abc import Mapping
from datetime import time
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter

from callwright.accounts.calling_hours import hours_from_json, hours_to_json
from callwright.db.tables.accounts import TenantRow
from callwright.db.tables.tasks import TaskRow
from callwright.dialing.calling_hours import CallingHours
from callwright.dialing.country_rules import UNRESTRICTED, Caps, Purpose, Span, country_rules
from callwright.dialing.gate import ConsentPolicy, GateRules
from callwright.dialing.window import Timetable, timetable

_CAPS: TypeAdapter[Mapping[Span, int]] = TypeAdapter(Mapping[Span, int])


def rules_of(task: TaskRow, tenant: TenantRow, *, fictional: bool) -> GateRules:
    """Return the gate's rules for a task; those of countries are left out where nobody has the number."""
    return _rules(
        _key(tenant.calling_hours),
        _key(task.calling_hours),
        tenant.time_zone,
        Purpose(task.purpose),
        ConsentPolicy(tenant.consent_policy),
        _key(tenant.number_caps),
        fictional=fictional,
    )


def test_rules_of(tenant: TenantRow, *, own_hours: bool, fictional: bool) -> GateRules:
    """Return the gate's rules for a test call, which asks for no consent: with the tenant's hours or without."""
    around_the_clock = json.dumps(hours_to_json(CallingHours(time(0), time(0))))
    return _rules(
        _key(tenant.calling_hours) if own_hours else around_the_clock,
        _key(None),
        tenant.time_zone,
        Purpose.SERVICE,
        ConsentPolicy.NOT_CHECKED,
        _key(tenant.number_caps),
        fictional=fictional,
    )


def timetable_of(task: TaskRow, tenant: TenantRow) -> Timetable:
    """Return the hours in which a task calls: its tenant's, narrowed by its own."""
    return _timetable(_key(tenant.calling_hours), _key(task.calling_hours))


def caps_from_json(kept: Mapping[str, Any]) -> Caps:
    """Return a tenant's own caps as they were kept."""
    return _CAPS.validate_python(kept)


@lru_cache(maxsize=4096)
def _rules(
    tenant_hours: str,
    task_hours: str,
    zone: str,
    purpose: Purpose,
    consent: ConsentPolicy,
    caps: str,
    *,
    fictional: bool,
) -> GateRules:
    return GateRules(
        countries=UNRESTRICTED if fictional else country_rules(),
        timetable=_timetable(tenant_hours, task_hours),
        tenant_zone=zone,
        purpose=purpose,
        consent=consent,
        caps=caps_from_json(json.loads(caps)),
    )


@lru_cache(maxsize=4096)
def _timetable(tenant_hours: str, task_hours: str) -> Timetable:
    own = hours_from_json(json.loads(task_hours))
    tenants = hours_from_json(json.loads(tenant_hours)) or CallingHours()
    return timetable(tenants) if own is None else timetable(tenants, own)


def _key(kept: Mapping[str, Any] | None) -> str:
    return json.dumps(kept or {}, sort_keys=True)
