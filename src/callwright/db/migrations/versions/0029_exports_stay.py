"""Exports outlive their task: who took out what stays known.

Revision: 0029, after 0028.
"""

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    _refer("SET NULL")


def downgrade() -> None:
    """Take back."""
    _refer("CASCADE")


def _refer(once_deleted: str) -> None:
    op.execute("ALTER TABLE exports DROP CONSTRAINT fk_exports_task_id")
    op.execute(
        "ALTER TABLE exports ADD CONSTRAINT fk_exports_task_id"
        f" FOREIGN KEY (task_id) REFERENCES tasks ON DELETE {once_deleted}"
    )
