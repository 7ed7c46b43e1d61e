"""Files of imports: told apart by their content, and deleted some time after their import.

Revision: 0022, after 0021.
"""

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute("ALTER TABLE imports ADD file_sha256 varchar NOT NULL DEFAULT '', ADD file_deleted_at timestamptz")
    op.execute("ALTER TABLE imports ALTER file_sha256 DROP DEFAULT")
    op.execute("CREATE INDEX ix_imports_kept ON imports (state, ended_at) WHERE file_deleted_at IS NULL")


def downgrade() -> None:
    """Take back."""
    op.execute("DROP INDEX ix_imports_kept")
    op.execute("ALTER TABLE imports DROP file_deleted_at, DROP file_sha256")
