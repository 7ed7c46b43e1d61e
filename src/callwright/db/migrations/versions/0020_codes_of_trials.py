"""A code by which whoever tries a script shows that the phone is theirs.

Revision: 0020, after 0019.
"""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute("ALTER TABLE test_calls ADD COLUMN code varchar, ADD COLUMN confirmed_at timestamptz")


def downgrade() -> None:
    """Take back."""
    op.execute("ALTER TABLE test_calls DROP COLUMN code, DROP COLUMN confirmed_at")
