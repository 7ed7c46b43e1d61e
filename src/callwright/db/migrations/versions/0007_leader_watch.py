"""When a leader last looked for silent nodes.

Revision: 0007, after 0006.
"""

from alembic import op

from callwright.db import roles

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute(
        "CREATE TABLE leader_watch (one boolean CONSTRAINT pk_leader_watch PRIMARY KEY"
        " CONSTRAINT ck_leader_watch_one CHECK (one), looked_at timestamptz NOT NULL,"
        " watched_since timestamptz NOT NULL, unwatched_s double precision NOT NULL)"
    )
    for statement in roles.protect_system_table("leader_watch"):
        op.execute(statement)


def downgrade() -> None:
    """Take back."""
    op.execute("DROP TABLE leader_watch")
