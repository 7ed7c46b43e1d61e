"""Tasks keep what was asked for under their key, so that the key stands for that alone.

Revision: 0042, after 0041.
"""

from alembic import op

revision = "0042"
down_revision = "0041"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute("ALTER TABLE tasks ADD COLUMN key_digest varchar")


def downgrade() -> None:
    """Take back."""
    op.execute("ALTER TABLE tasks DROP COLUMN key_digest")
