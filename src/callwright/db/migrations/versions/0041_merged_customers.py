"""Customers who are one person: a merged one points to whose card its number belongs to.

Revision: 0041, after 0040.
"""

from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute(
        "ALTER TABLE customers ADD COLUMN merged_into uuid"
        " CONSTRAINT fk_customers_merged_into REFERENCES customers ON DELETE CASCADE"
    )
    op.execute("CREATE INDEX ix_customers_merged ON customers (merged_into) WHERE merged_into IS NOT NULL")


def downgrade() -> None:
    """Take back: each number has a card of its own again."""
    op.execute("ALTER TABLE customers DROP COLUMN merged_into")
