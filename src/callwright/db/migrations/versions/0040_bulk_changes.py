"""Changes of many customers at once, and what those were before.

Revision: 0040, after 0039.
"""

from alembic import op

from callwright.db import roles

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None

ACTS = "'add_tag', 'remove_tag', 'set_category', 'assign', 'release'"


def _owned(table: str) -> str:
    return f"""tenant_id uuid DEFAULT {roles.CURRENT_TENANT} NOT NULL
                CONSTRAINT fk_{table}_tenant_id REFERENCES tenants ON DELETE CASCADE,
            id uuid NOT NULL CONSTRAINT pk_{table} PRIMARY KEY,
            created_at timestamptz DEFAULT now() NOT NULL"""


def upgrade() -> None:
    """Apply."""
    op.execute(
        f"""CREATE TABLE bulk_changes (
            key uuid NOT NULL,
            asked_by uuid CONSTRAINT fk_bulk_changes_asked_by REFERENCES users ON DELETE SET NULL,
            act varchar NOT NULL CONSTRAINT ck_bulk_changes_act CHECK (act in ({ACTS})),
            value varchar NOT NULL,
            owner_id uuid CONSTRAINT fk_bulk_changes_owner_id REFERENCES users ON DELETE SET NULL,
            whom jsonb NOT NULL,
            state varchar NOT NULL CONSTRAINT ck_bulk_changes_state
                CHECK (state in ('waiting', 'running', 'done', 'undoing', 'undone')),
            total integer NOT NULL,
            looked_at integer NOT NULL,
            changed integer NOT NULL,
            restored integer NOT NULL,
            after uuid,
            failure varchar NOT NULL,
            ended_at timestamptz,
            undoable boolean NOT NULL,
            undone_by uuid CONSTRAINT fk_bulk_changes_undone_by REFERENCES users ON DELETE SET NULL,
            undone_at timestamptz,
            {_owned("bulk_changes")},
            CONSTRAINT uq_bulk_changes_tenant_id_key UNIQUE (tenant_id, key)
        )"""
    )
    op.execute(
        f"""CREATE TABLE bulk_changed (
            bulk_change_id uuid NOT NULL CONSTRAINT fk_bulk_changed_bulk_change_id
                REFERENCES bulk_changes ON DELETE CASCADE,
            customer_id uuid NOT NULL CONSTRAINT fk_bulk_changed_customer_id
                REFERENCES customers ON DELETE CASCADE,
            before varchar,
            {_owned("bulk_changed")},
            CONSTRAINT uq_bulk_changed_bulk_change_id_customer_id UNIQUE (bulk_change_id, customer_id)
        )"""
    )
    op.execute("CREATE INDEX ix_bulk_changes_undoable ON bulk_changes (ended_at) WHERE undoable")
    op.execute("CREATE INDEX ix_bulk_changed_customer_id ON bulk_changed (customer_id)")
    for table in ("bulk_changes", "bulk_changed"):
        op.execute(f"CREATE INDEX ix_{table}_tenant_id ON {table} (tenant_id)")
        for statement in roles.protect_tenant_table(table):
            op.execute(statement)


def downgrade() -> None:
    """Take back."""
    op.execute("DROP TABLE bulk_changed")
    op.execute("DROP TABLE bulk_changes")
