"""The customer book: whose a customer is, tags, category, notes, follow-up, and who changed what.

Revision: 0027, after 0026.
"""

from alembic import op

from callwright.db import roles

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

COLUMNS = {
    "owner_id": "uuid CONSTRAINT fk_customers_owner_id REFERENCES users ON DELETE SET NULL",
    "category": "varchar DEFAULT '' NOT NULL",
    "tags": "varchar[] DEFAULT '{}' NOT NULL",
    "notes": "varchar DEFAULT '' NOT NULL",
    "follow_up_at": "timestamptz",
    "revision": "integer DEFAULT 0 NOT NULL",
}
INDEXES = {
    "ix_customers_newest": "customers (tenant_id, id)",
    "ix_customers_by_name": "customers (tenant_id, name, id)",
    "ix_customers_by_owner": "customers (tenant_id, owner_id, id)",
    "ix_customers_by_category": "customers (tenant_id, category, id)",
    "ix_customers_to_follow_up": "customers (tenant_id, follow_up_at, id) WHERE follow_up_at IS NOT NULL",
    "ix_customers_tagged": "customers USING gin (tenant_id, tags)",
    "ix_last_calls_by_state": "last_calls (tenant_id, phone_state, customer_id)",
    "ix_last_calls_by_grade": "last_calls (tenant_id, grade, customer_id)",
}
# As find_customers does: a policy of row-level security keeps what an array holds away from every index.
FIND = f"""
    CREATE FUNCTION find_tagged_customers(tag text, most integer) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan
    AS $$
        SELECT id FROM customers
        WHERE tenant_id = {roles.CURRENT_TENANT} AND tags @> ARRAY[tag::varchar]
        LIMIT most
    $$
"""  # noqa: S608 - made of constants alone
FIND_ARGUMENTS = "find_tagged_customers(text, integer)"


def upgrade() -> None:
    """Apply."""
    for name, kind in COLUMNS.items():
        op.execute(f"ALTER TABLE customers ADD COLUMN {name} {kind}")
    op.execute("DROP INDEX ix_customers_tenant_id")
    for name, columns in INDEXES.items():
        op.execute(f"CREATE INDEX {name} ON {columns}")
    _make_find()
    op.execute(
        f"""CREATE TABLE customer_changes (
            customer_id uuid NOT NULL CONSTRAINT fk_customer_changes_customer_id
                REFERENCES customers ON DELETE CASCADE,
            revision integer NOT NULL,
            what jsonb NOT NULL,
            changed_by uuid CONSTRAINT fk_customer_changes_changed_by REFERENCES users ON DELETE SET NULL,
            changed_at timestamptz NOT NULL,
            tenant_id uuid DEFAULT {roles.CURRENT_TENANT} NOT NULL
                CONSTRAINT fk_customer_changes_tenant_id REFERENCES tenants ON DELETE CASCADE,
            id uuid NOT NULL CONSTRAINT pk_customer_changes PRIMARY KEY,
            created_at timestamptz DEFAULT now() NOT NULL,
            CONSTRAINT uq_customer_changes_customer_id_revision UNIQUE (customer_id, revision)
        )"""
    )
    op.execute("CREATE INDEX ix_customer_changes_tenant_id ON customer_changes (tenant_id)")
    for statement in (*roles.protect_tenant_table("customer_changes"), *roles.append_only("customer_changes")):
        op.execute(statement)


def downgrade() -> None:
    """Take back."""
    op.execute("DROP TABLE customer_changes")
    op.execute(f"DROP FUNCTION {FIND_ARGUMENTS}")
    for name in INDEXES:
        op.execute(f"DROP INDEX {name}")
    op.execute("CREATE INDEX ix_customers_tenant_id ON customers (tenant_id)")
    for name in COLUMNS:
        op.execute(f"ALTER TABLE customers DROP COLUMN {name}")


def _make_find() -> None:
    op.execute(FIND)
    op.execute(f"REVOKE ALL ON FUNCTION {FIND_ARGUMENTS} FROM public")
    op.execute(f"GRANT EXECUTE ON FUNCTION {FIND_ARGUMENTS} TO {roles.APP_ROLE}, {roles.SYSTEM_ROLE}")
    op.execute(f"GRANT CREATE ON SCHEMA public TO {roles.SYSTEM_ROLE}")
    op.execute(f"ALTER FUNCTION {FIND_ARGUMENTS} OWNER TO {roles.SYSTEM_ROLE}")
    op.execute(f"REVOKE CREATE ON SCHEMA public FROM {roles.SYSTEM_ROLE}")
