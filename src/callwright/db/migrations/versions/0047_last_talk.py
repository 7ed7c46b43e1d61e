"""A task's customers keep how long their latest call was talked, so that they can be found by it.

Revision: 0047, after 0046.
"""

from alembic import op

from callwright.db import roles

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

BACKFILL = """
    UPDATE task_customers AS entry SET last_talk_ms = calls.talk_ms
    FROM attempts JOIN calls ON calls.attempt_id = attempts.id
    WHERE attempts.task_customer_id = entry.id AND calls.dialled_at = entry.last_called_at
      AND calls.phone_state IS NOT NULL
"""


def upgrade() -> None:
    """Apply."""
    # What others write meanwhile would be left out for good.
    op.execute("LOCK TABLE calls, task_customers IN SHARE ROW EXCLUSIVE MODE")
    op.execute("ALTER TABLE task_customers ADD COLUMN last_talk_ms integer")
    op.execute(f"SET LOCAL ROLE {roles.SYSTEM_ROLE}")
    op.execute(BACKFILL)
    op.execute("RESET ROLE")
    op.execute("CREATE INDEX ix_task_customers_by_talk ON task_customers (task_id, last_talk_ms, position)")


def downgrade() -> None:
    """Take back."""
    op.execute("ALTER TABLE task_customers DROP COLUMN last_talk_ms")
