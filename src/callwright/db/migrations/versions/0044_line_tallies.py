"""What came of a task's calls is counted by line, too, so that its page tells what each line brought and cost.

Revision: 0044, after 0043.
"""

from alembic import op

from callwright.db import roles

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None

# What a row counts as: kind, key, amount, and for which rows.
OVER = "row.dialled_at IS NOT NULL AND row.ended_at IS NOT NULL"
CHARGED = "row.kind = 'charge' AND row.task_id IS NOT NULL"
COUNTED = {
    "attempts": [
        ("dialled", "''", "1", "row.dialled_at IS NOT NULL"),
        ("ended", "coalesce(row.phone_state, 'interrupted')", "1", OVER),
    ],
    "calls": [
        ("graded", "row.grade", "1", "row.grade IS NOT NULL"),
        ("talk_ms", "''", "row.talk_ms", "row.ended_at IS NOT NULL"),
    ],
    "ledger_entries": [("spent", "''", "-row.amount", CHARGED)],
}
BY_LINE = {
    "attempts": [
        ("line_calls", "row.line_id::text", "1", OVER),
        ("line_connected", "row.line_id::text", "1", f"{OVER} AND row.phone_state = 'connected'"),
        ("line_lost", "row.line_id::text", "1", f"{OVER} AND row.phone_state = 'lost'"),
    ],
    "calls": [("line_talk_ms", "row.line_id::text", "row.talk_ms", "row.ended_at IS NOT NULL")],
    "ledger_entries": [
        ("line_spent", "row.line_id::text", "-row.amount", f"{CHARGED} AND row.line_id IS NOT NULL")
    ],
}
KINDS = ", ".join(f"'{kind}'" for counted in BY_LINE.values() for kind, *_ in counted)
EVENTS = {"insert": {"came": 1}, "update": {"gone": -1, "came": 1}, "delete": {"gone": -1}}
Counted = list[tuple[str, str, str, str]]


def tally(counted: Counted, sources: dict[str, int], *, folded: bool) -> str:
    """Return the statement that enters what the rows of ``sources`` count as, each times its number."""
    each = " UNION ALL ".join(
        f"SELECT tenant_id, task_id, '{kind}' AS kind, {key} AS key, {sign} * ({amount})::bigint AS amount"  # noqa: S608
        f" FROM {source} AS row WHERE {condition}"
        for source, sign in sources.items()
        for kind, key, amount, condition in counted
    )
    return (
        "INSERT INTO task_tallies (id, tenant_id, task_id, kind, key, amount, folded)"  # noqa: S608
        f" SELECT gen_random_uuid(), tenant_id, task_id, kind, key, sum(amount), {folded}"
        f" FROM ({each}) AS counted WHERE EXISTS (SELECT FROM tasks WHERE tasks.id = task_id)"
        " GROUP BY tenant_id, task_id, kind, key HAVING sum(amount) <> 0"
    )


def upgrade() -> None:
    """Apply."""
    # What others write between the counting and the triggers would never be counted.
    op.execute(f"LOCK TABLE tasks, {', '.join(COUNTED)} IN SHARE ROW EXCLUSIVE MODE")
    op.execute(f"SET LOCAL ROLE {roles.SYSTEM_ROLE}")
    for table, counted in BY_LINE.items():
        op.execute(tally(counted, {table: 1}, folded=True))
    op.execute("RESET ROLE")
    _count({table: [*COUNTED[table], *BY_LINE[table]] for table in COUNTED})


def downgrade() -> None:
    """Take back."""
    op.execute(f"LOCK TABLE tasks, {', '.join(COUNTED)} IN SHARE ROW EXCLUSIVE MODE")
    _count(COUNTED)
    op.execute(f"SET LOCAL ROLE {roles.SYSTEM_ROLE}")
    op.execute(f"DELETE FROM task_tallies WHERE kind IN ({KINDS})")  # noqa: S608
    op.execute("RESET ROLE")


def _count(counted: dict[str, Counted]) -> None:
    """Let the triggers of each table enter what its rows count as from now on."""
    # The functions are the system's role's, which may make any only for this moment.
    op.execute(f"GRANT CREATE ON SCHEMA public TO {roles.SYSTEM_ROLE}")
    op.execute(f"SET LOCAL ROLE {roles.SYSTEM_ROLE}")
    for table, rows in counted.items():
        for event, sources in EVENTS.items():
            op.execute(
                f"CREATE OR REPLACE FUNCTION tally_{table}_{event}() RETURNS trigger LANGUAGE plpgsql"
                " SECURITY DEFINER SET search_path = public, pg_temp"
                f" AS $$ BEGIN {tally(rows, sources, folded=False)}; RETURN NULL; END $$"
            )
    op.execute("RESET ROLE")
    op.execute(f"REVOKE CREATE ON SCHEMA public FROM {roles.SYSTEM_ROLE}")
