"""Customers of a task moved together: into another task, among those to be called again, or out.

Revision: 0034, after 0033.
"""

from alembic import op

from callwright.db import roles

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

STATES = "'uncalled', 'waiting', 'calling', 'called', 'denied', 'do_not_call'"


def upgrade() -> None:
    """Apply."""
    op.execute(
        f"""CREATE TABLE customer_moves (
            key uuid NOT NULL,
            digest varchar NOT NULL,
            asked_by uuid CONSTRAINT fk_customer_moves_asked_by REFERENCES users ON DELETE SET NULL,
            act varchar NOT NULL CONSTRAINT ck_customer_moves_act CHECK (act in ('into', 'again', 'out')),
            task_id uuid NOT NULL CONSTRAINT fk_customer_moves_task_id REFERENCES tasks ON DELETE CASCADE,
            to_task_id uuid CONSTRAINT fk_customer_moves_to_task_id REFERENCES tasks ON DELETE CASCADE,
            chosen jsonb,
            behind bigint,
            behind_id uuid,
            state varchar NOT NULL CONSTRAINT ck_customer_moves_state CHECK (state in
                ('waiting', 'running', 'done', 'failed', 'cancelled', 'undoing', 'undone')),
            failure varchar NOT NULL,
            total integer NOT NULL,
            looked_at integer NOT NULL,
            moved integer NOT NULL,
            already integer NOT NULL,
            refused jsonb NOT NULL,
            put_back integer NOT NULL,
            ended_at timestamptz,
            tenant_id uuid DEFAULT {roles.CURRENT_TENANT} NOT NULL
                CONSTRAINT fk_customer_moves_tenant_id REFERENCES tenants ON DELETE CASCADE,
            id uuid NOT NULL CONSTRAINT pk_customer_moves PRIMARY KEY,
            created_at timestamptz DEFAULT now() NOT NULL,
            CONSTRAINT uq_customer_moves_tenant_id_key UNIQUE (tenant_id, key),
            CONSTRAINT ck_customer_moves_to_task_id CHECK ((act = 'into') = (to_task_id is not null))
        )"""
    )
    op.execute("CREATE INDEX ix_customer_moves_tenant_id ON customer_moves (tenant_id)")
    op.execute("CREATE INDEX ix_customer_moves_of_task ON customer_moves (task_id, id)")
    op.execute("CREATE INDEX ix_customer_moves_to_task_id ON customer_moves (to_task_id)")
    for statement in roles.protect_tenant_table("customer_moves"):
        op.execute(statement)
    _let_be_in(f"{STATES}, 'withdrawn'")
    op.execute(
        """ALTER TABLE task_customers
            ADD COLUMN taken_out_by uuid
                CONSTRAINT fk_task_customers_taken_out_by REFERENCES customer_moves ON DELETE SET NULL,
            ADD COLUMN due_before timestamptz"""
    )
    op.execute(
        "CREATE INDEX ix_task_customers_taken_out ON task_customers (taken_out_by) WHERE taken_out_by IS NOT NULL"
    )


def downgrade() -> None:
    """Take back; whoever was taken out counts as called, so that nobody is called whom nobody wanted called."""
    op.execute("ALTER TABLE task_customers DROP COLUMN taken_out_by, DROP COLUMN due_before")
    op.execute(f"SET LOCAL ROLE {roles.SYSTEM_ROLE}")
    op.execute("UPDATE task_customers SET state = 'called' WHERE state = 'withdrawn'")
    op.execute("RESET ROLE")
    _let_be_in(STATES)
    op.execute("DROP TABLE customer_moves")


def _let_be_in(states: str) -> None:
    op.execute("ALTER TABLE task_customers DROP CONSTRAINT ck_task_customers_state")
    op.execute(f"ALTER TABLE task_customers ADD CONSTRAINT ck_task_customers_state CHECK (state in ({states}))")
