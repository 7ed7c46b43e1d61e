"""Customers put into a task by hand keep the key they were sent under, so that what is sent twice is done once.

Revision: 0054, after 0053.
"""

from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute("ALTER TABLE task_customers ADD COLUMN key uuid, ADD COLUMN key_digest varchar")
    op.execute("CREATE UNIQUE INDEX uq_task_customers_key ON task_customers (task_id, key) WHERE key IS NOT NULL")


def downgrade() -> None:
    """Take back."""
    op.execute("ALTER TABLE task_customers DROP COLUMN key, DROP COLUMN key_digest")
