"""What the dialer needs: lines by price and place, seats reserved, hours, redial, the gate's word, money.

Revision: 0004, after 0003.
"""

from alembic import op

from callwright.db import roles

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

OWNED = f"""
    tenant_id uuid DEFAULT {roles.CURRENT_TENANT} NOT NULL,
    id uuid NOT NULL,
    created_at timestamptz DEFAULT now() NOT NULL
"""
TABLES = {
    "policy_groups": f"""
        name varchar NOT NULL, {OWNED},
        CONSTRAINT uq_policy_groups_tenant_id_name UNIQUE (tenant_id, name)
    """,
    "policy_group_lines": f"""
        group_id uuid NOT NULL CONSTRAINT fk_policy_group_lines_group_id REFERENCES policy_groups ON DELETE CASCADE,
        line_id uuid NOT NULL CONSTRAINT fk_policy_group_lines_line_id REFERENCES lines ON DELETE CASCADE,
        priority integer NOT NULL CONSTRAINT ck_policy_group_lines_priority CHECK (priority > 0), {OWNED},
        CONSTRAINT uq_policy_group_lines_group_id_line_id UNIQUE (group_id, line_id)
    """,
    "task_lines": f"""
        task_id uuid NOT NULL CONSTRAINT fk_task_lines_task_id REFERENCES tasks ON DELETE CASCADE,
        line_id uuid NOT NULL CONSTRAINT fk_task_lines_line_id REFERENCES lines, {OWNED},
        CONSTRAINT uq_task_lines_task_id_line_id UNIQUE (task_id, line_id)
    """,
    "task_zones": f"""
        task_id uuid NOT NULL CONSTRAINT fk_task_zones_task_id REFERENCES tasks ON DELETE CASCADE,
        zones varchar NOT NULL, {OWNED},
        CONSTRAINT uq_task_zones_task_id_zones UNIQUE (task_id, zones)
    """,
    "reserved_seats": f"""
        task_id uuid NOT NULL CONSTRAINT fk_reserved_seats_task_id REFERENCES tasks ON DELETE CASCADE,
        attempt_id uuid CONSTRAINT fk_reserved_seats_attempt_id REFERENCES attempts ON DELETE SET NULL,
        leaving boolean NOT NULL, {OWNED},
        CONSTRAINT uq_reserved_seats_attempt_id UNIQUE (attempt_id)
    """,
    "ledger_entries": f"""
        kind varchar NOT NULL CONSTRAINT ck_ledger_entries_kind
            CHECK (kind in ('top_up', 'correction', 'hold', 'release', 'charge')),
        amount bigint NOT NULL,
        attempt_id uuid, task_id uuid, line_id uuid, user_id uuid,
        note varchar NOT NULL, key varchar, {OWNED},
        CONSTRAINT ck_ledger_entries_amount CHECK (
            case kind when 'correction' then amount <> 0 when 'hold' then amount < 0
            when 'charge' then amount < 0 else amount > 0 end),
        CONSTRAINT ck_ledger_entries_attempt
            CHECK ((attempt_id is not null) = (kind in ('hold', 'release', 'charge')))
    """,
}
INDEXES = (
    "INDEX ix_policy_group_lines_line_id ON policy_group_lines (line_id)",
    "INDEX ix_task_lines_line_id ON task_lines (line_id)",
    "INDEX ix_reserved_seats_free ON reserved_seats (task_id) WHERE attempt_id is null",
    "UNIQUE INDEX uq_ledger_entries_once ON ledger_entries (attempt_id, kind) WHERE attempt_id is not null",
    "INDEX ix_ledger_entries_newest ON ledger_entries (tenant_id, id)",
    "INDEX ix_ledger_entries_when ON ledger_entries (tenant_id, created_at) WHERE kind = 'charge'",
    "UNIQUE INDEX uq_ledger_entries_key ON ledger_entries (tenant_id, key) WHERE key is not null",
    "INDEX ix_ledger_entries_charges ON ledger_entries (task_id) INCLUDE (amount) WHERE kind = 'charge'",
    "INDEX ix_calls_of_number ON calls (tenant_id, phone, dialled_at)",
    "INDEX ix_tasks_running ON tasks (id) WHERE state = 'running'",
    "INDEX ix_task_customers_next ON task_customers (task_id, zones, position) WHERE state = 'uncalled'",
    "INDEX ix_task_customers_due ON task_customers (task_id, zones, due_at) WHERE state = 'waiting'",
    "INDEX ix_attempts_latest ON attempts (task_id, ended_at) WHERE phone_state is not null",
)
COLUMNS = {
    "tenants": (
        "currency varchar DEFAULT 'USD' NOT NULL",
        "calling_hours jsonb DEFAULT '{}' NOT NULL",
        "number_caps jsonb DEFAULT '{}' NOT NULL",
        (
            "consent_policy varchar DEFAULT 'not_checked' NOT NULL CONSTRAINT ck_tenants_consent_policy"
            " CHECK (consent_policy in ('not_checked', 'as_country_asks', 'always'))"
        ),
        (
            "ceiling_per_seat integer DEFAULT 2 NOT NULL"
            " CONSTRAINT ck_tenants_ceiling_per_seat CHECK (ceiling_per_seat between 2 and 4)"
        ),
    ),
    "lines": (
        "more_numbers jsonb DEFAULT '[]' NOT NULL",
        "home_region varchar DEFAULT '' NOT NULL",
        (
            "calls_per_second double precision DEFAULT 5 NOT NULL"
            " CONSTRAINT ck_lines_calls_per_second CHECK (calls_per_second > 0)"
        ),
        (
            "price_per_minute bigint DEFAULT 0 NOT NULL"
            " CONSTRAINT ck_lines_price_per_minute CHECK (price_per_minute >= 0)"
        ),
        "billed_first_s integer DEFAULT 60 NOT NULL",
        (
            "billed_next_s integer DEFAULT 60 NOT NULL"
            " CONSTRAINT ck_lines_billed CHECK (billed_first_s > 0 and billed_next_s > 0)"
        ),
        "expires_at timestamptz CONSTRAINT ck_lines_expires_at CHECK (expires_at < '2200-01-02')",
        "health jsonb DEFAULT '{}' NOT NULL",
    ),
    "customers": ("consent boolean", "consent_note varchar DEFAULT '' NOT NULL"),
    "tasks": (
        (
            "outbound varchar DEFAULT 'fixed' NOT NULL"
            " CONSTRAINT ck_tasks_outbound CHECK (outbound in ('mobile', 'fixed', 'pooled', 'group'))"
        ),
        "policy_group_id uuid CONSTRAINT fk_tasks_policy_group_id REFERENCES policy_groups",
        "seats integer DEFAULT 1 NOT NULL CONSTRAINT ck_tasks_seats CHECK (seats > 0)",
        (
            "mode varchar DEFAULT 'plain' NOT NULL"
            " CONSTRAINT ck_tasks_mode CHECK (mode in ('plain', 'multi', 'adaptive'))"
        ),
        "lost_limit_percent double precision DEFAULT 3 NOT NULL",
        "hold_s double precision DEFAULT 2 NOT NULL",
        (
            "start_mode varchar DEFAULT 'manual' NOT NULL"
            " CONSTRAINT ck_tasks_start_mode CHECK (start_mode in ('manual', 'automatic'))"
        ),
        "starts_at timestamptz",
        "calling_hours jsonb",
        "redial jsonb DEFAULT '{}' NOT NULL",
        (
            "purpose varchar DEFAULT 'marketing' NOT NULL"
            " CONSTRAINT ck_tasks_purpose CHECK (purpose in ('marketing', 'service'))"
        ),
        "scramble boolean DEFAULT false NOT NULL",
        "waiting_reason varchar DEFAULT '' NOT NULL",
        "waiting_until timestamptz",
        "waiting_detail jsonb DEFAULT '{}' NOT NULL",
    ),
    "task_customers": ("zones varchar DEFAULT '' NOT NULL", "due_at timestamptz"),
    "attempts": (
        "region varchar",
        "gate_verdict varchar",
        "gate_rule varchar DEFAULT '' NOT NULL",
        "gate_until timestamptz",
        "gate_detail jsonb DEFAULT '{}' NOT NULL",
    ),
}
OWN_SETTINGS = ("time_zone", "calling_hours", "number_caps", "consent_policy")
CUSTOMER_STATES = "state in ('uncalled', 'waiting', 'calling', 'called', 'denied', 'do_not_call')"
# The owner of the tables writes the sum, whoever enters a movement; nobody else may.
SUM = """
    CREATE FUNCTION sum_ledger() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
    BEGIN
        INSERT INTO balances AS b (tenant_id, available, held)
        SELECT tenant_id, sum(amount), coalesce(-sum(amount) FILTER (WHERE kind IN ('hold', 'release')), 0)
        FROM entered GROUP BY tenant_id ORDER BY tenant_id
        ON CONFLICT (tenant_id) DO UPDATE
        SET available = b.available + excluded.available, held = b.held + excluded.held;
        RETURN NULL;
    END $$
"""


def upgrade() -> None:
    """Apply."""
    for table, columns in TABLES.items():
        owner = f"CONSTRAINT fk_{table}_tenant_id FOREIGN KEY (tenant_id) REFERENCES tenants ON DELETE CASCADE"
        op.execute(f"CREATE TABLE {table} ({columns}, CONSTRAINT pk_{table} PRIMARY KEY (id), {owner})")
        op.execute(f"CREATE INDEX ix_{table}_tenant_id ON {table} (tenant_id)")
        for statement in roles.protect_tenant_table(table):
            op.execute(statement)
    for table, added in COLUMNS.items():
        for column in added:
            op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    for statement in roles.let_tenants_set(OWN_SETTINGS):
        op.execute(statement)
    op.execute(
        "ALTER TABLE ai_seat_packs ADD CONSTRAINT ck_ai_seat_packs_moments"
        " CHECK (greatest(opens_at, expires_at) < '2200-01-02')"
    )
    _move_lines()
    _let_customers_wait()
    op.execute("DROP INDEX ix_task_customers_next")
    for index in INDEXES:
        op.execute(f"CREATE {index}")
    _keep_the_sum()


def _move_lines() -> None:
    op.execute("UPDATE tasks SET seats = concurrency, outbound = (SELECT kind FROM lines WHERE id = line_id)")
    op.execute(
        "INSERT INTO task_lines (id, tenant_id, task_id, line_id)"
        " SELECT gen_random_uuid(), tenant_id, id, line_id FROM tasks"
    )
    op.execute("ALTER TABLE tasks DROP COLUMN line_id, DROP CONSTRAINT ck_tasks_concurrency")
    op.execute("ALTER TABLE tasks ADD CONSTRAINT ck_tasks_concurrency CHECK (concurrency >= seats)")
    op.execute(
        "ALTER TABLE tasks ADD CONSTRAINT ck_tasks_policy_group"
        " CHECK ((outbound = 'group') = (policy_group_id is not null))"
    )


def _let_customers_wait() -> None:
    op.execute(
        "INSERT INTO task_zones (id, tenant_id, task_id, zones)"
        " SELECT DISTINCT ON (task_id) gen_random_uuid(), tenant_id, task_id, '' FROM task_customers"
    )
    op.execute("ALTER TABLE task_customers ALTER COLUMN position TYPE bigint")
    op.execute("ALTER TABLE task_customers DROP CONSTRAINT ck_task_customers_state")
    op.execute(f"ALTER TABLE task_customers ADD CONSTRAINT ck_task_customers_state CHECK ({CUSTOMER_STATES})")
    op.execute(
        "ALTER TABLE task_customers ADD CONSTRAINT ck_task_customers_due_at"
        " CHECK ((state = 'waiting') = (due_at is not null))"
    )


def _keep_the_sum() -> None:
    op.execute(
        "CREATE TABLE balances (tenant_id uuid CONSTRAINT pk_balances PRIMARY KEY"
        " CONSTRAINT fk_balances_tenant_id REFERENCES tenants ON DELETE CASCADE,"
        " available bigint NOT NULL, held bigint NOT NULL)"
    )
    for statement in (*roles.protect_sum("balances"), *roles.append_only("ledger_entries"), SUM):
        op.execute(statement)
    op.execute(
        "CREATE TRIGGER sum_ledger AFTER INSERT ON ledger_entries"
        " REFERENCING NEW TABLE AS entered FOR EACH STATEMENT EXECUTE FUNCTION sum_ledger()"
    )


def downgrade() -> None:
    """Take back."""
    op.execute("DROP POLICY tenant_settings ON tenants")
    op.execute(f"REVOKE UPDATE ON tenants FROM {roles.APP_ROLE}")
    op.execute("ALTER TABLE ai_seat_packs DROP CONSTRAINT ck_ai_seat_packs_moments")
    op.execute("DROP TABLE balances, ledger_entries")
    op.execute("DROP FUNCTION sum_ledger")
    op.execute("ALTER TABLE tasks ADD COLUMN line_id uuid CONSTRAINT fk_tasks_line_id REFERENCES lines")
    op.execute(
        "UPDATE tasks SET line_id = (SELECT line_id FROM task_lines WHERE task_id = tasks.id ORDER BY id LIMIT 1)"
    )
    op.execute("ALTER TABLE tasks ALTER COLUMN line_id SET NOT NULL")
    op.execute("UPDATE task_customers SET state = 'uncalled', due_at = NULL WHERE state = 'waiting'")
    op.execute("UPDATE task_customers SET state = 'called' WHERE state = 'denied'")
    op.execute("ALTER TABLE task_customers DROP CONSTRAINT ck_task_customers_state")
    op.execute(
        "ALTER TABLE task_customers ADD CONSTRAINT ck_task_customers_state"
        " CHECK (state in ('uncalled', 'calling', 'called', 'do_not_call'))"
    )
    op.execute("ALTER TABLE task_customers ALTER COLUMN position TYPE integer")
    op.execute("ALTER TABLE tasks DROP CONSTRAINT ck_tasks_policy_group, DROP CONSTRAINT ck_tasks_concurrency")
    op.execute("ALTER TABLE tasks ADD CONSTRAINT ck_tasks_concurrency CHECK (concurrency > 0)")
    op.execute("DROP INDEX ix_calls_of_number, ix_tasks_running, ix_task_customers_next, ix_attempts_latest")
    for table, added in COLUMNS.items():
        for column in added:
            op.execute(f"ALTER TABLE {table} DROP COLUMN {column.split()[0]} CASCADE")
    op.execute("DROP TABLE reserved_seats, task_zones, task_lines, policy_group_lines, policy_groups")
    op.execute("CREATE INDEX ix_task_customers_next ON task_customers (task_id, position) WHERE state = 'uncalled'")
