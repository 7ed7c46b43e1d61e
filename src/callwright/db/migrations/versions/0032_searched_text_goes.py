"""No searched name or number outlives the file of its export.

Revision: 0032, after 0031.
"""

from alembic import op

from callwright.db import roles

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None

FORGET = """
    UPDATE exports
    SET shown = jsonb_set(jsonb_set(shown, '{text}', 'null', false), '{filter,text}', 'null', false)
    WHERE file_deleted_at IS NOT NULL OR state = 'cancelled'
"""


def upgrade() -> None:
    """Apply."""
    op.execute(f"SET LOCAL ROLE {roles.SYSTEM_ROLE}")
    op.execute(FORGET)
    op.execute("RESET ROLE")


def downgrade() -> None:
    """Nothing to take back: what was searched for is forgotten."""
