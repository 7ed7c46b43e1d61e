"""Opt-outs keep their words, and who took one back, when and why.

Revision: 0063, after 0062.
"""

from alembic import op

from callwright.db import roles

revision = "0063"
down_revision = "0062"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute(
        """ALTER TABLE message_opt_outs
            ADD said varchar DEFAULT '' NOT NULL,
            ADD removed_at timestamptz,
            ADD removed_by uuid
                CONSTRAINT fk_message_opt_outs_removed_by REFERENCES users ON DELETE SET NULL,
            ADD removed_why varchar DEFAULT '' NOT NULL,
            DROP CONSTRAINT uq_message_opt_outs_tenant_id_phone"""
    )
    op.execute(
        "CREATE UNIQUE INDEX uq_message_opt_outs_listed ON message_opt_outs (tenant_id, phone)"
        " WHERE removed_at IS NULL"
    )
    op.execute("CREATE INDEX ix_message_opt_outs_of_number ON message_opt_outs (tenant_id, phone)")
    op.execute(f"REVOKE UPDATE, DELETE ON message_opt_outs FROM {roles.APP_ROLE}")
    op.execute(f"GRANT UPDATE (removed_at, removed_by, removed_why) ON message_opt_outs TO {roles.APP_ROLE}")


def downgrade() -> None:
    """Take back; of several opt-outs of one number one stays: nobody is written to who asked not to be."""
    op.execute(
        """DELETE FROM message_opt_outs AS one USING message_opt_outs AS other
           WHERE one.tenant_id = other.tenant_id AND one.phone = other.phone AND one.id < other.id"""
    )
    op.execute("DROP INDEX uq_message_opt_outs_listed")
    op.execute("DROP INDEX ix_message_opt_outs_of_number")
    op.execute(
        """ALTER TABLE message_opt_outs
            DROP said, DROP removed_at, DROP removed_by, DROP removed_why,
            ADD CONSTRAINT uq_message_opt_outs_tenant_id_phone UNIQUE (tenant_id, phone)"""
    )
    op.execute(f"GRANT UPDATE, DELETE ON message_opt_outs TO {roles.APP_ROLE}")
