"""The script versions that a task is split over, and which of them each customer hears.

Revision: 0016, after 0015.
"""

from alembic import op

from callwright.db import roles

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute(
        f"""CREATE TABLE task_arms (
            task_id uuid NOT NULL CONSTRAINT fk_task_arms_task_id REFERENCES tasks ON DELETE CASCADE,
            place integer NOT NULL,
            script_version_id uuid NOT NULL
                CONSTRAINT fk_task_arms_script_version_id REFERENCES script_versions,
            share integer NOT NULL CONSTRAINT ck_task_arms_share CHECK (share between 1 and 100),
            settled_at timestamptz,
            tenant_id uuid DEFAULT {roles.CURRENT_TENANT} NOT NULL
                CONSTRAINT fk_task_arms_tenant_id REFERENCES tenants ON DELETE CASCADE,
            id uuid NOT NULL CONSTRAINT pk_task_arms PRIMARY KEY,
            created_at timestamptz DEFAULT now() NOT NULL,
            CONSTRAINT uq_task_arms_task_id_place UNIQUE (task_id, place),
            CONSTRAINT uq_task_arms_task_id_script_version_id UNIQUE (task_id, script_version_id)
        )"""
    )
    op.execute("CREATE INDEX ix_task_arms_tenant_id ON task_arms (tenant_id)")
    op.execute("CREATE INDEX ix_task_arms_script_version_id ON task_arms (script_version_id)")
    op.execute(
        "ALTER TABLE task_customers ADD COLUMN arm_id uuid CONSTRAINT fk_task_customers_arm_id REFERENCES task_arms"
    )
    for statement in roles.protect_tenant_table("task_arms"):
        op.execute(statement)


def downgrade() -> None:
    """Take back."""
    op.execute("ALTER TABLE task_customers DROP COLUMN arm_id")
    op.execute("DROP TABLE task_arms")
