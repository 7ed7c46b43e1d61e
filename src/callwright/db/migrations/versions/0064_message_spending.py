"""What messages cost is added up for some days without reading the whole ledger.

Revision: 0064, after 0063.
"""

from alembic import op

revision = "0064"
down_revision = "0063"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute(
        "CREATE INDEX ix_ledger_entries_of_messages ON ledger_entries (tenant_id, created_at)"
        " WHERE kind in ('message_charge', 'message_refund')"
    )


def downgrade() -> None:
    """Take back."""
    op.execute("DROP INDEX ix_ledger_entries_of_messages")
