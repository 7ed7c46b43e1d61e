"""Every table, one module a feature; importing this package makes the whole schema known to SQLAlchemy."""

from callwright.db.tables import (
    accounts,
    billing,
    calls,
    contacts,
    corrections,
    crowds,
    dry_runs,
    exports,
    imports,
    lines,
    moves,
    nodes,
    scripts,
    seats,
    tasks,
    trials,
    unanswered,
)
from callwright.db.tables.base import Base, TenantOwned

__all__ = [
    "Base",
    "TenantOwned",
    "accounts",
    "billing",
    "calls",
    "contacts",
    "corrections",
    "crowds",
    "dry_runs",
    "exports",
    "imports",
    "lines",
    "moves",
    "nodes",
    "scripts",
    "seats",
    "tasks",
    "trials",
    "unanswered",
]
