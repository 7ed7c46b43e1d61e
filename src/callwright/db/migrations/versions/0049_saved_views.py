"""Which columns of a list somebody sees, and views of lists that people saved.

Revision: 0049, after 0048.
"""

from alembic import op

from callwright.db import roles

revision = "0049"
down_revision = "0048"
branch_labels = None
depends_on = None


def _owned(table: str) -> str:
    return f"""tenant_id uuid DEFAULT {roles.CURRENT_TENANT} NOT NULL
                CONSTRAINT fk_{table}_tenant_id REFERENCES tenants ON DELETE CASCADE,
            id uuid NOT NULL CONSTRAINT pk_{table} PRIMARY KEY,
            created_at timestamptz DEFAULT now() NOT NULL,
            user_id uuid NOT NULL CONSTRAINT fk_{table}_user_id REFERENCES users ON DELETE CASCADE,
            list varchar NOT NULL,
            columns jsonb NOT NULL"""


def upgrade() -> None:
    """Apply."""
    op.execute(
        f"""CREATE TABLE list_columns (
            {_owned("list_columns")},
            CONSTRAINT uq_list_columns_user_id_list UNIQUE (user_id, list)
        )"""
    )
    op.execute(
        f"""CREATE TABLE saved_views (
            {_owned("saved_views")},
            name varchar NOT NULL,
            search varchar NOT NULL,
            shared boolean NOT NULL,
            CONSTRAINT uq_saved_views_user_id_list_name UNIQUE (user_id, list, name)
        )"""
    )
    op.execute("CREATE INDEX ix_saved_views_shared ON saved_views (tenant_id, list) WHERE shared")
    for table in ("list_columns", "saved_views"):
        op.execute(f"CREATE INDEX ix_{table}_tenant_id ON {table} (tenant_id)")
        for statement in roles.protect_tenant_table(table):
            op.execute(statement)


def downgrade() -> None:
    """Take back."""
    op.execute("DROP TABLE saved_views")
    op.execute("DROP TABLE list_columns")
