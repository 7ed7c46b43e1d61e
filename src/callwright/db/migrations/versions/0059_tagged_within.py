"""Customers with a tag that many have are looked up among those in a task, and among those who were called.

Revision: 0059, after 0058.
"""

from alembic import op

from callwright.db import roles

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None

# As find_tagged_customers does: a policy of row-level security keeps what an array holds away from every index. Of
# one who was merged the card's tags count. Entries and calls belong to the customer's tenant; asked for theirs as
# well, PostgreSQL would read each of them instead of their indexes.
FIND = """
    CREATE FUNCTION {name}({parameters}) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan
    AS $$
        SELECT card.id FROM customers AS card
        WHERE card.tenant_id = {tenant} AND card.tags @> ARRAY[tag::varchar] AND card.merged_into IS NULL
          AND EXISTS (SELECT FROM {within} = card.id)
        UNION ALL
        SELECT merged.id FROM customers AS merged JOIN customers AS card ON card.id = merged.merged_into
        WHERE merged.tenant_id = {tenant} AND merged.merged_into IS NOT NULL AND card.tags @> ARRAY[tag::varchar]
          AND EXISTS (SELECT FROM {within} = merged.id)
        LIMIT most
    $$
"""
FUNCTIONS = {
    "find_tagged_in_task": (
        "task uuid, tag text, most integer",
        "task_customers AS entry WHERE entry.task_id = task AND entry.customer_id",
    ),
    "find_tagged_called": ("tag text, most integer", "calls WHERE calls.customer_id"),
}


def upgrade() -> None:
    """Apply."""
    for name, (parameters, within) in FUNCTIONS.items():
        op.execute(FIND.format(name=name, parameters=parameters, tenant=roles.CURRENT_TENANT, within=within))
        op.execute(f"REVOKE ALL ON FUNCTION {name} FROM public")
        op.execute(f"GRANT EXECUTE ON FUNCTION {name} TO {roles.APP_ROLE}, {roles.SYSTEM_ROLE}")
        op.execute(f"GRANT CREATE ON SCHEMA public TO {roles.SYSTEM_ROLE}")
        op.execute(f"ALTER FUNCTION {name} OWNER TO {roles.SYSTEM_ROLE}")
        op.execute(f"REVOKE CREATE ON SCHEMA public FROM {roles.SYSTEM_ROLE}")


def downgrade() -> None:
    """Take back."""
    for name in FUNCTIONS:
        op.execute(f"DROP FUNCTION {name}")
