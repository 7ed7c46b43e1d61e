"""Of the places that wait for others' servers a company holds at most four, whatever its servers are like.

Revision: 0069, after 0068.
"""

from alembic import op

from callwright.db import roles

revision = "0069"
down_revision = "0068"
branch_labels = None
depends_on = None

BEFORE = "ELSE task || ':' || key END"
# A job takes one of its company's places by its key, so that two of a key are never done at once.
AFTER = (
    "WHEN 'callwright-webhooks' THEN queue || ' of ' || owner || ' ' || (abs(hashtext(key::text)::bigint) % 4) "
    + BEFORE
)


def upgrade() -> None:
    """Apply."""
    _replace(BEFORE, AFTER)


def downgrade() -> None:
    """Take back."""
    _replace(AFTER, BEFORE)


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
