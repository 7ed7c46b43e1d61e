"""Customers with a text that many have are looked up in a task, or among who was called, and by whom they merged.

Revision: 0062, after 0061.
"""

from alembic import op

from callwright.db import roles

revision = "0062"
down_revision = "0061"
branch_labels = None
depends_on = None

# As find_tagged_in_task does. A card is found by the names and numbers of those who were merged into it, too.
FIND = """
    CREATE FUNCTION {name}({parameters}) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan
    AS $$
        SELECT one.id FROM customers AS one
        WHERE one.tenant_id = {tenant} AND searchable(one.name, one.phone) LIKE pattern {own}
        UNION ALL
        SELECT one.merged_into FROM customers AS one
        WHERE one.tenant_id = {tenant} AND searchable(one.name, one.phone) LIKE pattern
          AND one.merged_into IS NOT NULL {card}
        LIMIT most
    $$
"""
FUNCTIONS = {
    "find_customers": ("pattern text, most integer", ""),
    "find_customers_in_task": (
        "task uuid, pattern text, most integer",
        "AND EXISTS (SELECT FROM task_customers AS entry WHERE entry.task_id = task AND entry.customer_id = {id})",
    ),
    "find_customers_called": (
        "pattern text, most integer",
        "AND EXISTS (SELECT FROM calls WHERE calls.customer_id = {id})",
    ),
}
BEFORE = f"""
    CREATE FUNCTION find_customers(pattern text, most integer) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan
    AS $$
        SELECT id FROM customers
        WHERE tenant_id = {roles.CURRENT_TENANT} AND searchable(name, phone) LIKE pattern
        LIMIT most
    $$
"""  # noqa: S608 - made of constants alone


def upgrade() -> None:
    """Apply."""
    op.execute("DROP FUNCTION find_customers")
    for name, (parameters, within) in FUNCTIONS.items():
        own, card = within.format(id="one.id"), within.format(id="one.merged_into")
        _make(name, FIND.format(name=name, parameters=parameters, tenant=roles.CURRENT_TENANT, own=own, card=card))


def downgrade() -> None:
    """Take back."""
    for name in FUNCTIONS:
        op.execute(f"DROP FUNCTION {name}")
    _make("find_customers", BEFORE)


def _make(name: str, function: str) -> None:
    op.execute(function)
    op.execute(f"REVOKE ALL ON FUNCTION {name} FROM public")
    op.execute(f"GRANT EXECUTE ON FUNCTION {name} TO {roles.APP_ROLE}, {roles.SYSTEM_ROLE}")
    op.execute(f"GRANT CREATE ON SCHEMA public TO {roles.SYSTEM_ROLE}")
    op.execute(f"ALTER FUNCTION {name} OWNER TO {roles.SYSTEM_ROLE}")
    op.execute(f"REVOKE CREATE ON SCHEMA public FROM {roles.SYSTEM_ROLE}")
