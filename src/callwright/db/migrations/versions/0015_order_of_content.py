"""What a script says keeps the order of its author: jsonb would sort the names of grades and branches.

Revision: 0015, after 0014.
"""

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute("ALTER TABLE script_versions ALTER COLUMN content TYPE json USING content::json")


def downgrade() -> None:
    """Take back."""
    op.execute("ALTER TABLE script_versions ALTER COLUMN content TYPE jsonb USING content::jsonb")
