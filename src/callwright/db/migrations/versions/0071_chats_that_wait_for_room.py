"""A chat whose server has no room is passed over until it has.

Revision: 0071, after 0070.
"""

from alembic import op

revision = "0071"
down_revision = "0070"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute("ALTER TABLE chats ADD full_until timestamptz")


def downgrade() -> None:
    """Take back."""
    op.execute("ALTER TABLE chats DROP full_until")
