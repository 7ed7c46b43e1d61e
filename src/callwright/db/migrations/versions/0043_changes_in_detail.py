"""Changes of customers keep what they led to; a number's entries on a do-not-call list are found by it.

Revision: 0043, after 0042.
"""

from alembic import op

revision = "0043"
down_revision = "0042"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute("ALTER TABLE customer_changes ADD COLUMN detail jsonb")
    op.execute("CREATE INDEX ix_do_not_call_of_number ON do_not_call (tenant_id, phone)")


def downgrade() -> None:
    """Take back."""
    op.execute("DROP INDEX ix_do_not_call_of_number")
    op.execute("ALTER TABLE customer_changes DROP COLUMN detail")
