"""Lines that are retired.

Revision: 0009, after 0008.
"""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute("ALTER TABLE lines ADD COLUMN retired_at timestamptz")


def downgrade() -> None:
    """Take back."""
    op.execute("UPDATE lines SET expires_at = retired_at WHERE retired_at < coalesce(expires_at, 'infinity')")
    op.execute("ALTER TABLE lines DROP COLUMN retired_at")
