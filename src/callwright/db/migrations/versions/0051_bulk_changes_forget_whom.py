"""No searched name or number outlives the change of many customers that it was searched for.

Revision: 0051, after 0050.
"""

from alembic import op

from callwright.db import roles

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute("ALTER TABLE bulk_changes ADD COLUMN digest varchar, ALTER COLUMN whom DROP NOT NULL")
    op.execute(f"SET LOCAL ROLE {roles.SYSTEM_ROLE}")
    op.execute("UPDATE bulk_changes SET whom = NULL WHERE state IN ('done', 'undoing', 'undone')")
    op.execute("RESET ROLE")


def downgrade() -> None:
    """Take back; whom a change meant that is over stays forgotten: it means nobody."""
    op.execute(f"SET LOCAL ROLE {roles.SYSTEM_ROLE}")
    op.execute("""UPDATE bulk_changes SET whom = '{"seen_by": null, "ids": []}' WHERE whom IS NULL""")
    op.execute("RESET ROLE")
    op.execute("ALTER TABLE bulk_changes DROP COLUMN digest, ALTER COLUMN whom SET NOT NULL")
