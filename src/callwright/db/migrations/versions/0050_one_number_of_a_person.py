"""Why the house took a customer out of a task: another number of the same person is called.

Revision: 0050, after 0049.
"""

from alembic import op

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute(
        "ALTER TABLE task_customers ADD COLUMN taken_out_why varchar"
        " CONSTRAINT ck_task_customers_taken_out_why CHECK (taken_out_why in ('same-person'))"
    )


def downgrade() -> None:
    """Take back."""
    op.execute("ALTER TABLE task_customers DROP COLUMN taken_out_why")
