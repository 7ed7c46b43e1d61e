"""The latest calls that were dialled are read off an index, however many attempts since then never were.

Revision: 0056, after 0055.
"""

from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute("CREATE INDEX ix_attempts_dialled ON attempts (task_id, id) WHERE dialled_at IS NOT NULL")


def downgrade() -> None:
    """Take back."""
    op.execute("DROP INDEX ix_attempts_dialled")
