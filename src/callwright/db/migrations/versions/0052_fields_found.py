"""Customers are looked up by what a field says, as they are by a tag; duplicate names are read off an index alone.

Revision: 0052, after 0051.
"""

from alembic import op

from callwright.db import roles

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None

# As find_tagged_customers does: a policy of row-level security keeps what JSON holds away from every index.
FIND = f"""
    CREATE FUNCTION find_customers_of_field(field text, value text, most integer) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan
    AS $$
        SELECT id FROM customers
        WHERE tenant_id = {roles.CURRENT_TENANT} AND fields @> jsonb_build_object(field, value)
        LIMIT most
    $$
"""  # noqa: S608 - made of constants alone
FIND_ARGUMENTS = "find_customers_of_field(text, text, integer)"


def upgrade() -> None:
    """Apply."""
    op.execute("CREATE INDEX ix_customers_of_field ON customers USING gin (tenant_id, fields jsonb_path_ops)")
    op.execute("DROP INDEX ix_customers_by_name")
    op.execute("CREATE INDEX ix_customers_by_name ON customers (tenant_id, name, id) WHERE merged_into IS NULL")
    op.execute(FIND)
    op.execute(f"REVOKE ALL ON FUNCTION {FIND_ARGUMENTS} FROM public")
    op.execute(f"GRANT EXECUTE ON FUNCTION {FIND_ARGUMENTS} TO {roles.APP_ROLE}, {roles.SYSTEM_ROLE}")
    op.execute(f"GRANT CREATE ON SCHEMA public TO {roles.SYSTEM_ROLE}")
    op.execute(f"ALTER FUNCTION {FIND_ARGUMENTS} OWNER TO {roles.SYSTEM_ROLE}")
    op.execute(f"REVOKE CREATE ON SCHEMA public FROM {roles.SYSTEM_ROLE}")


def downgrade() -> None:
    """Take back."""
    op.execute(f"DROP FUNCTION {FIND_ARGUMENTS}")
    op.execute("DROP INDEX ix_customers_by_name")
    op.execute("CREATE INDEX ix_customers_by_name ON customers (tenant_id, name, id)")
    op.execute("DROP INDEX ix_customers_of_field")
