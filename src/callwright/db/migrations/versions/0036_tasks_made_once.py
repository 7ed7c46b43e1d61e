"""Tasks keep the key under which they were asked for, so that what is asked twice is made once.

Revision: 0036, after 0035.
"""

from alembic import op

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute("ALTER TABLE tasks ADD COLUMN key uuid")
    op.execute("ALTER TABLE tasks ADD CONSTRAINT uq_tasks_tenant_id_key UNIQUE (tenant_id, key)")


def downgrade() -> None:
    """Take back."""
    op.execute("ALTER TABLE tasks DROP COLUMN key")
