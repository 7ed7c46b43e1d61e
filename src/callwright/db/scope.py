"""The one place where a tenant's rows are told from a neighbour's (PostgreSQL's policies tell them again).

A session scoped to a tenant adds ``tenant_id = …`` to everything it selects, updates or deletes through the ORM,
stamps new rows, and refuses to write a row of another tenant.
"""

from typing import Any
from uuid import UUID

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction, with_loader_criteria

from callwright.db.errors import ForeignTenantError
from callwright.db.tables.accounts import TenantRow
from callwright.db.tables.base import TenantOwned


def scope_to(session: Session, tenant_id: UUID) -> None:
    """Bind ``session`` to the rows of one tenant, for its whole life."""
    session.info["tenant_id"] = tenant_id
    event.listen(session, "do_orm_execute", _only_own_rows)
    event.listen(session, "before_flush", _stamp_and_check)


def _only_own_rows(state: ORMExecuteState) -> None:
    if state.is_insert or state.is_column_load or state.is_relationship_load:
        return
    tenant_id = state.session.info["tenant_id"]
    state.statement = state.statement.options(
        with_loader_criteria(TenantOwned, lambda row: row.tenant_id == tenant_id, include_aliases=True),
        with_loader_criteria(TenantRow, TenantRow.id == tenant_id, include_aliases=True),
    )


def _stamp_and_check(session: Session, _context: UOWTransaction, _instances: Any) -> None:
    tenant_id = session.info["tenant_id"]
    for row in session.new:
        if isinstance(row, TenantOwned) and row.tenant_id is None:
            row.tenant_id = tenant_id
    for row in (*session.new, *session.dirty, *session.deleted):
        if isinstance(row, TenantOwned) and row.tenant_id != tenant_id:
            raise ForeignTenantError(table=type(row).__name__)
