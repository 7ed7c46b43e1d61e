"""Scripts written in place: which version is the draft, which is published, who changed what.

Revision: 0006, after 0005.
"""

from alembic import op

from callwright.db import roles

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

CHANGES = f"""
    CREATE TABLE script_changes (
        script_id uuid NOT NULL,
        script_name varchar NOT NULL,
        kind varchar NOT NULL,
        number integer,
        made_by uuid CONSTRAINT fk_script_changes_made_by REFERENCES users ON DELETE SET NULL,
        note varchar NOT NULL,
        tenant_id uuid DEFAULT {roles.CURRENT_TENANT} NOT NULL
            CONSTRAINT fk_script_changes_tenant_id REFERENCES tenants ON DELETE CASCADE,
        id uuid NOT NULL CONSTRAINT pk_script_changes PRIMARY KEY,
        created_at timestamptz DEFAULT now() NOT NULL
    )
"""
SOMEONE = "uuid CONSTRAINT fk_{table}_{column} REFERENCES users ON DELETE SET NULL"
COLUMNS = {
    "scripts": (
        "revision integer DEFAULT 1 NOT NULL",
        "draft_number integer",
        "published_number integer",
        "changed_at timestamptz DEFAULT now() NOT NULL",
        "changed_by " + SOMEONE.format(table="scripts", column="changed_by"),
        "archived_at timestamptz",
    ),
    "script_versions": (
        "changed_at timestamptz DEFAULT now() NOT NULL",
        "changed_by " + SOMEONE.format(table="script_versions", column="changed_by"),
        "published_by " + SOMEONE.format(table="script_versions", column="published_by"),
        "note varchar DEFAULT '' NOT NULL",
    ),
}
# A migration runs as the tables' owner, who sees no rows of anybody's.
POINT = """
    UPDATE scripts SET
        published_number = (SELECT max(number) FROM script_versions v
            WHERE v.script_id = scripts.id AND v.published_at IS NOT NULL),
        draft_number = (SELECT number FROM script_versions v
            WHERE v.script_id = scripts.id AND v.published_at IS NULL
            AND v.number = (SELECT max(number) FROM script_versions n WHERE n.script_id = scripts.id))
"""


def upgrade() -> None:
    """Apply."""
    for table, columns in COLUMNS.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    op.execute(f"SET LOCAL ROLE {roles.SYSTEM_ROLE}")
    op.execute(
        "DELETE FROM scripts WHERE NOT EXISTS (SELECT FROM script_versions v WHERE v.script_id = scripts.id)"
    )
    op.execute(POINT)
    op.execute("UPDATE script_versions SET changed_at = created_at")
    op.execute("RESET ROLE")
    op.execute(
        "ALTER TABLE scripts ADD CONSTRAINT ck_scripts_version"
        " CHECK (draft_number is not null or published_number is not null)"
    )
    op.execute(CHANGES)
    op.execute("CREATE INDEX ix_script_changes_tenant_id ON script_changes (tenant_id)")
    op.execute("CREATE INDEX ix_script_changes_of_script ON script_changes (script_id, id)")
    for statement in (*roles.protect_tenant_table("script_changes"), *roles.append_only("script_changes")):
        op.execute(statement)


def downgrade() -> None:
    """Take back."""
    op.execute("DROP TABLE script_changes")
    op.execute("ALTER TABLE scripts DROP CONSTRAINT ck_scripts_version")
    for table, columns in COLUMNS.items():
        for column in columns:
            op.execute(f"ALTER TABLE {table} DROP COLUMN {column.split()[0]}")
