"""What there is of everything in a task, counted as it is written, so that no page counts a million rows.

Revision: 0026, after 0025.
"""

from alembic import op

from callwright.db import roles

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

# What a row counts as: kind, key, amount, and for which rows.
COUNTED = {
    "task_customers": [("customers", "row.state", "1", "true")],
    "attempts": [
        ("dialled", "''", "1", "row.dialled_at IS NOT NULL"),
        (
            "ended",
            "coalesce(row.phone_state, 'interrupted')",
            "1",
            "row.dialled_at IS NOT NULL AND row.ended_at IS NOT NULL",
        ),
    ],
    "calls": [
        ("graded", "row.grade", "1", "row.grade IS NOT NULL"),
        ("talk_ms", "''", "row.talk_ms", "row.ended_at IS NOT NULL"),
    ],
    "ledger_entries": [("spent", "''", "-row.amount", "row.kind = 'charge' AND row.task_id IS NOT NULL")],
}
GONE, CAME = "OLD TABLE AS gone", "NEW TABLE AS came"
EVENTS = {"insert": {"came": 1}, "update": {"gone": -1, "came": 1}, "delete": {"gone": -1}}
TABLES = {"insert": CAME, "update": f"{GONE} {CAME}", "delete": GONE}


def tally(table: str, sources: dict[str, int], *, folded: bool) -> str:
    """Return the statement that enters what the rows of ``sources`` count as, each times its number."""
    counted = " UNION ALL ".join(
        f"SELECT tenant_id, task_id, '{kind}' AS kind, {key} AS key, {sign} * ({amount})::bigint AS amount"  # noqa: S608
        f" FROM {source} AS row WHERE {condition}"
        for source, sign in sources.items()
        for kind, key, amount, condition in COUNTED[table]
    )
    return (
        "INSERT INTO task_tallies (id, tenant_id, task_id, kind, key, amount, folded)"  # noqa: S608
        f" SELECT gen_random_uuid(), tenant_id, task_id, kind, key, sum(amount), {folded}"
        f" FROM ({counted}) AS counted WHERE EXISTS (SELECT FROM tasks WHERE tasks.id = task_id)"
        " GROUP BY tenant_id, task_id, kind, key HAVING sum(amount) <> 0"
    )


def upgrade() -> None:
    """Apply."""
    op.execute(
        f"""CREATE TABLE task_tallies (
            task_id uuid NOT NULL,
            kind varchar NOT NULL,
            key varchar NOT NULL,
            amount bigint NOT NULL,
            folded boolean NOT NULL,
            tenant_id uuid DEFAULT {roles.CURRENT_TENANT} NOT NULL
                CONSTRAINT fk_task_tallies_tenant_id REFERENCES tenants ON DELETE CASCADE,
            id uuid NOT NULL CONSTRAINT pk_task_tallies PRIMARY KEY,
            created_at timestamptz DEFAULT now() NOT NULL
        )"""
    )
    op.execute("CREATE INDEX ix_task_tallies_tenant_id ON task_tallies (tenant_id)")
    op.execute("CREATE INDEX ix_task_tallies_of_task ON task_tallies (task_id, kind)")
    op.execute("CREATE UNIQUE INDEX uq_task_tallies_folded ON task_tallies (task_id, kind, key) WHERE folded")
    op.execute("CREATE INDEX ix_task_tallies_loose ON task_tallies (id) WHERE NOT folded")
    for statement in roles.protect_tenant_table("task_tallies"):
        op.execute(statement)
    op.execute(f"REVOKE INSERT, UPDATE, DELETE ON task_tallies FROM {roles.APP_ROLE}")
    # What others write between the counting and the triggers would never be counted.
    op.execute(f"LOCK TABLE tasks, {', '.join(COUNTED)} IN SHARE ROW EXCLUSIVE MODE")
    op.execute(f"SET LOCAL ROLE {roles.SYSTEM_ROLE}")
    for table in COUNTED:
        op.execute(tally(table, {table: 1}, folded=True))
    op.execute("RESET ROLE")
    op.execute(f"GRANT CREATE ON SCHEMA public TO {roles.SYSTEM_ROLE}")
    for table in COUNTED:
        for event, sources in EVENTS.items():
            _on(event, table, tally(table, sources, folded=False))
    _on("delete", "tasks", "DELETE FROM task_tallies WHERE task_id IN (SELECT id FROM gone)")
    op.execute(f"REVOKE CREATE ON SCHEMA public FROM {roles.SYSTEM_ROLE}")
    op.execute("DROP INDEX ix_attempts_task_id")
    op.execute("CREATE INDEX ix_attempts_newest ON attempts (task_id, id)")


def downgrade() -> None:
    """Take back."""
    op.execute("DROP INDEX ix_attempts_newest")
    op.execute("CREATE INDEX ix_attempts_task_id ON attempts (task_id)")
    for table, events in {**{key: list(EVENTS) for key in COUNTED}, "tasks": ["delete"]}.items():
        for event in events:
            op.execute(f"DROP TRIGGER tally_{event} ON {table}")
            op.execute(f"DROP FUNCTION tally_{table}_{event}()")
    op.execute("DROP TABLE task_tallies")


def _on(event: str, table: str, statement: str) -> None:
    # The system's role enters the counts, whoever writes the rows; a tenant may not.
    name = f"tally_{table}_{event}()"
    op.execute(
        f"CREATE FUNCTION {name} RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER"
        " SET search_path = public, pg_temp"
        f" AS $$ BEGIN {statement}; RETURN NULL; END $$"
    )
    op.execute(
        f"CREATE TRIGGER tally_{event} AFTER {event} ON {table} REFERENCING {TABLES[event]}"
        f" FOR EACH STATEMENT EXECUTE FUNCTION {name}"
    )
    # Asked for when a trigger is made, not when it fires.
    op.execute(f"REVOKE ALL ON FUNCTION {name} FROM public")
    op.execute(f"ALTER FUNCTION {name} OWNER TO {roles.SYSTEM_ROLE}")
