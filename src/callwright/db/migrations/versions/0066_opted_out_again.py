"""Of an opt-out it is kept when they last asked for it, and lists of them are read from the newest on.

Revision: 0066, after 0065.
"""

from alembic import op

revision = "0066"
down_revision = "0065"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute("ALTER TABLE message_opt_outs ADD asked_at timestamptz")
    op.execute("CREATE INDEX ix_message_opt_outs_newest ON message_opt_outs (tenant_id, id)")


def downgrade() -> None:
    """Take back."""
    op.execute("DROP INDEX ix_message_opt_outs_newest")
    op.execute("ALTER TABLE message_opt_outs DROP asked_at")
