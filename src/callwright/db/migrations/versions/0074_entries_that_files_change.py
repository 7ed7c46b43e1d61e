"""Who of a file was in its task already, told apart: whom it changed there, for whom it came too late, the others.

Revision: 0074, after 0073.
"""

from alembic import op

revision = "0074"
down_revision = "0073"
branch_labels = None
depends_on = None

COUNTS = ("changed_in_task", "too_late")


def upgrade() -> None:
    """Apply."""
    for column in COUNTS:
        op.execute(f"ALTER TABLE imports ADD {column} integer DEFAULT 0 NOT NULL")


def downgrade() -> None:
    """Take back."""
    for column in COUNTS:
        op.execute(f"ALTER TABLE imports DROP {column}")
