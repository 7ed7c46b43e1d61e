"""Pushes that failed, and tests of chats to be forgotten, are read off indexes, however many arrived.

Revision: 0065, after 0064.
"""

from alembic import op

revision = "0065"
down_revision = "0064"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute("CREATE INDEX ix_pushes_failed ON pushes (tenant_id, id) WHERE state = 'failed'")
    op.execute("CREATE INDEX ix_pushes_tests ON pushes (id) WHERE purpose = 'test'")


def downgrade() -> None:
    """Take back."""
    op.execute("DROP INDEX ix_pushes_tests, ix_pushes_failed")
