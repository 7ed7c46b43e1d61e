"""Of the places that its company has at others' servers a job takes one for which least waits.

Revision: 0075, after 0074.
"""

from alembic import op

from callwright.db import roles

revision = "0075"
down_revision = "0074"
branch_labels = None
depends_on = None

BEFORE = "(abs(hashtext(key::text)::bigint) % 4)"
# Whoever is slow holds one place, and nobody comes to wait for it while another is free. What is under way with a
# key keeps its place, so that two of a key are not done at once. Equals are told apart by the key, as jobs that are
# entered at one moment do not see one another.
AFTER = """coalesce(
            (SELECT known.lock FROM procrastinate_jobs AS known
             WHERE known.queueing_lock = task || ':' || key AND known.status IN ('todo', 'doing')
             ORDER BY known.id DESC LIMIT 1),
            (SELECT queue || ' of ' || owner || ' ' || place FROM generate_series(0, 3) AS place
             ORDER BY (SELECT count(*) FROM procrastinate_jobs AS other
                       WHERE other.queue_name = queue AND other.status IN ('todo', 'doing')
                         AND other.lock = queue || ' of ' || owner || ' ' || place),
                      (place + abs(hashtext(key::text)::bigint)) % 4 LIMIT 1))"""
OF_KEY = f"queue || ' of ' || owner || ' ' || {BEFORE}"


def upgrade() -> None:
    """Apply."""
    _replace(OF_KEY, AFTER)


def downgrade() -> None:
    """Take back."""
    _replace(AFTER, OF_KEY)


def _replace(before: str, after: str) -> None:
    """Let the function that enters jobs choose another lock."""
    cursor = op.get_bind().connection.cursor()
    cursor.execute(
        "SELECT pg_get_functiondef(oid) FROM pg_proc"
        " WHERE proname = 'enqueue_job' AND pronamespace = current_schema()::regnamespace"
    )
    found = cursor.fetchone()
    assert found is not None
    written = found[0]
    assert before in written
    # It belongs to the system's role, which alone may replace it.
    cursor.execute(f"GRANT CREATE ON SCHEMA public TO {roles.SYSTEM_ROLE}")
    cursor.execute(f"SET LOCAL ROLE {roles.SYSTEM_ROLE}")
    cursor.execute(written.replace(before, after))
    cursor.execute("RESET ROLE")
    cursor.execute(f"REVOKE CREATE ON SCHEMA public FROM {roles.SYSTEM_ROLE}")
