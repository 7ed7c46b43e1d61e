"""Customers of a file told apart: whom it changed, and of whom it said nothing else than was known.

Revision: 0073, after 0072.
"""

from alembic import op

revision = "0073"
down_revision = "0072"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute("ALTER TABLE imports ADD unchanged integer DEFAULT 0 NOT NULL")


def downgrade() -> None:
    """Take back."""
    op.execute("ALTER TABLE imports DROP unchanged")
