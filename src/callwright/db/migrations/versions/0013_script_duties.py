"""What a company's scripts must make known by their first question.

Revision: 0013, after 0012.
"""

from alembic import op

from callwright.db import roles

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

DUTIES = {"scripts_say_ai": "true", "scripts_say_recorded": "true", "scripts_offer_way_out": "false"}


def upgrade() -> None:
    """Apply."""
    for column, default in DUTIES.items():
        op.execute(f"ALTER TABLE tenants ADD COLUMN {column} boolean DEFAULT {default} NOT NULL")
    op.execute(f"GRANT UPDATE ({', '.join(DUTIES)}) ON tenants TO {roles.APP_ROLE}")


def downgrade() -> None:
    """Take back."""
    for column in DUTIES:
        op.execute(f"ALTER TABLE tenants DROP COLUMN {column}")
