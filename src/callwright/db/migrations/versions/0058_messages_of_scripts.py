"""A script sends messages while it talks, one of each of its nodes in a call.

Revision: 0058, after 0057.
"""

from alembic import op

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None

NAME = "ck_messages_purpose"


def upgrade() -> None:
    """Apply."""
    _check("purpose = 'hang_up' or purpose like 'node:%'")


def downgrade() -> None:
    """Take back; messages that were sent stay."""
    _check("purpose in ('hang_up')", " NOT VALID")


def _check(what: str, valid: str = "") -> None:
    op.execute(f"ALTER TABLE messages DROP CONSTRAINT {NAME}")
    op.execute(f"ALTER TABLE messages ADD CONSTRAINT {NAME} CHECK ({what}){valid}")
