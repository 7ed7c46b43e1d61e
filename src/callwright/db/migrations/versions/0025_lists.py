"""Lists that stay quick at a million customers: a search by part of a name or number, and who was called how last.

Revision: 0025, after 0024.
"""

from alembic import op

from callwright.db import roles

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

# One row of text to look in: names in small letters with each ideograph thrice, so that one of them alone makes a
# trigram, and the number behind a character that nobody can type, so that no text reaches from name to number.
SEARCHABLE = r"""
    CREATE FUNCTION searchable(name text, phone text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN ' ' || regexp_replace(lower(normalize(name, NFKC)), '([⺀-鿿가-힣豈-﫿])', '\1\1\1', 'g')
           || E'\x01' || phone
"""
# A policy of row-level security keeps LIKE away from every index, as LIKE might tell of rows that it hides. The
# system's role is bound by no such policy, and this function asks for the transaction's own tenant alone.
FIND = f"""
    CREATE FUNCTION find_customers(pattern text, most integer) RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan
    AS $$
        SELECT id FROM customers
        WHERE tenant_id = {roles.CURRENT_TENANT} AND searchable(name, phone) LIKE pattern
        LIMIT most
    $$
"""  # noqa: S608 - made of constants alone
FIND_ARGUMENTS = "find_customers(text, integer)"
BACKFILL_BOOK = """
    INSERT INTO last_calls (id, tenant_id, customer_id, call_id, called_at, phone_state, grade, calls)
    SELECT DISTINCT ON (customer_id) gen_random_uuid(), tenant_id, customer_id, id, dialled_at, phone_state, grade,
           count(*) OVER (PARTITION BY customer_id)
    FROM calls WHERE phone_state IS NOT NULL ORDER BY customer_id, id DESC
"""
BACKFILL_TASKS = """
    UPDATE task_customers AS entry
    SET last_phone_state = latest.phone_state, last_grade = latest.grade, last_called_at = latest.dialled_at
    FROM (
        SELECT DISTINCT ON (attempts.task_customer_id) attempts.task_customer_id, calls.phone_state, calls.grade,
               calls.dialled_at
        FROM calls JOIN attempts ON attempts.id = calls.attempt_id
        WHERE calls.phone_state IS NOT NULL ORDER BY attempts.task_customer_id, calls.id DESC
    ) AS latest
    WHERE latest.task_customer_id = entry.id
"""
CALLS = {
    "ix_calls_newest": "tenant_id, id",
    "ix_calls_longest": "tenant_id, talk_ms, id",
    "ix_calls_by_state": "tenant_id, phone_state, id",
    "ix_calls_by_grade": "tenant_id, grade, id",
    "ix_calls_of_task_by_state": "task_id, phone_state, id",
    "ix_calls_of_task_by_grade": "task_id, grade, id",
}
ENTRIES = {
    "ix_task_customers_in_order": "task_id, position",
    "ix_task_customers_by_state": "task_id, last_phone_state, position",
    "ix_task_customers_by_grade": "task_id, last_grade, position",
}


def upgrade() -> None:
    """Apply."""
    op.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
    op.execute("CREATE EXTENSION IF NOT EXISTS btree_gin")
    _make_search()
    _make_last_calls()
    # What others write meanwhile would be left out for good.
    op.execute("LOCK TABLE calls, task_customers IN SHARE ROW EXCLUSIVE MODE")
    for column in ("last_phone_state varchar", "last_grade varchar", "last_called_at timestamptz"):
        op.execute(f"ALTER TABLE task_customers ADD COLUMN {column}")
    op.execute(f"SET LOCAL ROLE {roles.SYSTEM_ROLE}")
    op.execute(BACKFILL_BOOK)
    op.execute(BACKFILL_TASKS)
    op.execute("RESET ROLE")
    op.execute("DROP INDEX ix_calls_tenant_id")
    for table, indexes in (("calls", CALLS), ("task_customers", ENTRIES)):
        for name, columns in indexes.items():
            op.execute(f"CREATE INDEX {name} ON {table} ({columns})")


def downgrade() -> None:
    """Take back."""
    for name in (*CALLS, *ENTRIES):
        op.execute(f"DROP INDEX {name}")
    op.execute("CREATE INDEX ix_calls_tenant_id ON calls (tenant_id)")
    for column in ("last_phone_state", "last_grade", "last_called_at"):
        op.execute(f"ALTER TABLE task_customers DROP COLUMN {column}")
    op.execute("DROP TABLE last_calls")
    op.execute(f"DROP FUNCTION {FIND_ARGUMENTS}")
    op.execute("DROP INDEX ix_customers_searchable")
    op.execute("DROP FUNCTION searchable(text, text)")


def _make_search() -> None:
    op.execute(SEARCHABLE)
    op.execute(
        "CREATE INDEX ix_customers_searchable ON customers"
        " USING gin (tenant_id, searchable(name, phone) gin_trgm_ops)"
    )
    op.execute(FIND)
    op.execute(f"REVOKE ALL ON FUNCTION {FIND_ARGUMENTS} FROM public")
    op.execute(f"GRANT EXECUTE ON FUNCTION {FIND_ARGUMENTS} TO {roles.APP_ROLE}, {roles.SYSTEM_ROLE}")
    op.execute(f"GRANT CREATE ON SCHEMA public TO {roles.SYSTEM_ROLE}")
    op.execute(f"ALTER FUNCTION {FIND_ARGUMENTS} OWNER TO {roles.SYSTEM_ROLE}")
    op.execute(f"REVOKE CREATE ON SCHEMA public FROM {roles.SYSTEM_ROLE}")


def _make_last_calls() -> None:
    op.execute(
        f"""CREATE TABLE last_calls (
            customer_id uuid NOT NULL CONSTRAINT uq_last_calls_customer_id UNIQUE
                CONSTRAINT fk_last_calls_customer_id REFERENCES customers ON DELETE CASCADE,
            call_id uuid CONSTRAINT fk_last_calls_call_id REFERENCES calls ON DELETE SET NULL,
            called_at timestamptz NOT NULL,
            phone_state varchar NOT NULL,
            grade varchar,
            calls integer NOT NULL,
            tenant_id uuid DEFAULT {roles.CURRENT_TENANT} NOT NULL
                CONSTRAINT fk_last_calls_tenant_id REFERENCES tenants ON DELETE CASCADE,
            id uuid NOT NULL CONSTRAINT pk_last_calls PRIMARY KEY,
            created_at timestamptz DEFAULT now() NOT NULL
        )"""
    )
    op.execute("CREATE INDEX ix_last_calls_tenant_id ON last_calls (tenant_id)")
    op.execute("CREATE INDEX ix_last_calls_call_id ON last_calls (call_id)")
    op.execute("CREATE INDEX ix_last_calls_newest ON last_calls (tenant_id, called_at, customer_id)")
    for statement in roles.protect_tenant_table("last_calls"):
        op.execute(statement)
