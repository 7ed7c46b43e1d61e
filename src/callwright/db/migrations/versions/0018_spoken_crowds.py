"""Crowds that speak, beside those that write.

Revision: 0018, after 0017.
"""

from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute(
        "ALTER TABLE crowd_runs ADD COLUMN mode varchar DEFAULT 'text' NOT NULL"
        " CONSTRAINT ck_crowd_runs_mode CHECK (mode in ('text', 'speech'))"
    )


def downgrade() -> None:
    """Take back."""
    op.execute("ALTER TABLE crowd_runs DROP COLUMN mode")
