"""What scripts didn't understand in calls, and grades that people corrected.

Revision: 0012, after 0011.
"""

from alembic import op

from callwright.db import roles

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

OWNED = f"""
    tenant_id uuid DEFAULT {roles.CURRENT_TENANT} NOT NULL,
    id uuid NOT NULL,
    created_at timestamptz DEFAULT now() NOT NULL
"""
TABLES = {
    "unanswered_turns": f"""
        call_id uuid NOT NULL CONSTRAINT fk_unanswered_turns_call_id REFERENCES calls ON DELETE CASCADE,
        script_version_id uuid NOT NULL
            CONSTRAINT fk_unanswered_turns_script_version_id REFERENCES script_versions ON DELETE CASCADE,
        wording varchar NOT NULL, text varchar NOT NULL, node varchar NOT NULL, nearest varchar NOT NULL, {OWNED}
    """,
    "settled_wordings": f"""
        script_id uuid NOT NULL CONSTRAINT fk_settled_wordings_script_id REFERENCES scripts ON DELETE CASCADE,
        wording varchar NOT NULL,
        how varchar NOT NULL CONSTRAINT ck_settled_wordings_how CHECK (how in ('added', 'dismissed')),
        settled_by uuid CONSTRAINT fk_settled_wordings_settled_by REFERENCES users ON DELETE SET NULL, {OWNED},
        CONSTRAINT uq_settled_wordings_script_id_wording UNIQUE (script_id, wording)
    """,
    "grade_corrections": f"""
        call_id uuid NOT NULL CONSTRAINT fk_grade_corrections_call_id REFERENCES calls ON DELETE CASCADE,
        script_version_id uuid NOT NULL
            CONSTRAINT fk_grade_corrections_script_version_id REFERENCES script_versions ON DELETE CASCADE,
        grade varchar NOT NULL, grade_before varchar NOT NULL, why varchar NOT NULL,
        made_by uuid CONSTRAINT fk_grade_corrections_made_by REFERENCES users ON DELETE SET NULL,
        made_at timestamptz NOT NULL,
        variables jsonb NOT NULL, events jsonb NOT NULL, {OWNED},
        CONSTRAINT uq_grade_corrections_call_id UNIQUE (call_id)
    """,
}
INDEXES = (
    "INDEX ix_unanswered_turns_call_id ON unanswered_turns (call_id)",
    "INDEX ix_unanswered_turns_script_version_id ON unanswered_turns (script_version_id)",
    "INDEX ix_grade_corrections_script_version_id ON grade_corrections (script_version_id)",
)


def upgrade() -> None:
    """Apply."""
    for table, columns in TABLES.items():
        owner = f"CONSTRAINT fk_{table}_tenant_id FOREIGN KEY (tenant_id) REFERENCES tenants ON DELETE CASCADE"
        op.execute(f"CREATE TABLE {table} ({columns}, CONSTRAINT pk_{table} PRIMARY KEY (id), {owner})")
        op.execute(f"CREATE INDEX ix_{table}_tenant_id ON {table} (tenant_id)")
        for statement in roles.protect_tenant_table(table):
            op.execute(statement)
    for index in INDEXES:
        op.execute(f"CREATE {index}")


def downgrade() -> None:
    """Take back."""
    op.execute("DROP TABLE grade_corrections, settled_wordings, unanswered_turns")
