"""Customers of the book can be exported.

Revision: 0045, after 0044.
"""

from alembic import op

from callwright.db import roles

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    _allow("'customers', 'calls', 'book'")


def downgrade() -> None:
    """Take back, with what was exported since."""
    op.execute(f"SET LOCAL ROLE {roles.SYSTEM_ROLE}")
    op.execute("DELETE FROM exports WHERE what = 'book'")
    op.execute("RESET ROLE")
    _allow("'customers', 'calls'")


def _allow(lists: str) -> None:
    op.execute("ALTER TABLE exports DROP CONSTRAINT ck_exports_what")
    op.execute(f"ALTER TABLE exports ADD CONSTRAINT ck_exports_what CHECK (what in ({lists}))")
