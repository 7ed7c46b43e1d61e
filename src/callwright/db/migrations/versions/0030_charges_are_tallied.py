"""No index of a task's charges, which its tally adds up.

Revision: 0030, after 0029.
"""

from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute("DROP INDEX ix_ledger_entries_charges")


def downgrade() -> None:
    """Take back."""
    op.execute(
        "CREATE INDEX ix_ledger_entries_charges ON ledger_entries (task_id) INCLUDE (amount) WHERE kind = 'charge'"
    )
