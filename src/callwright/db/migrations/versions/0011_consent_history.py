"""Who noted that a person agreed to be called, or took that back, whence it is known, and when.

Revision: 0011, after 0010.
"""

from alembic import op

from callwright.db import roles

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute(
        f"""CREATE TABLE consent_notes (
            customer_id uuid NOT NULL
                CONSTRAINT fk_consent_notes_customer_id REFERENCES customers ON DELETE CASCADE,
            given boolean NOT NULL,
            source varchar NOT NULL,
            origin varchar NOT NULL CONSTRAINT ck_consent_notes_origin CHECK (origin in ('person', 'file')),
            noted_by uuid CONSTRAINT fk_consent_notes_noted_by REFERENCES users ON DELETE SET NULL,
            tenant_id uuid DEFAULT {roles.CURRENT_TENANT} NOT NULL
                CONSTRAINT fk_consent_notes_tenant_id REFERENCES tenants ON DELETE CASCADE,
            id uuid NOT NULL CONSTRAINT pk_consent_notes PRIMARY KEY,
            created_at timestamptz DEFAULT now() NOT NULL
        )"""
    )
    op.execute("CREATE INDEX ix_consent_notes_tenant_id ON consent_notes (tenant_id)")
    op.execute("CREATE INDEX ix_consent_notes_of_customer ON consent_notes (customer_id, id)")
    for statement in (*roles.protect_tenant_table("consent_notes"), *roles.append_only("consent_notes")):
        op.execute(statement)


def downgrade() -> None:
    """Take back."""
    op.execute("DROP TABLE consent_notes")
