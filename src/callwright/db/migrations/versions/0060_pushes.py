"""Chats that people bound, whom a task tells of whom, and what was told.

Revision: 0060, after 0059.
"""

from alembic import op

from callwright.db import roles

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute(
        f"""CREATE TABLE chats (
            {_reference("chats", "user_id", "users")},
            name varchar NOT NULL,
            kind varchar NOT NULL,
            address bytea NOT NULL,
            hint varchar NOT NULL,
            {_keyed("chats")}
        )"""
    )
    op.execute("CREATE INDEX ix_chats_of_person ON chats (user_id, id)")
    op.execute(
        f"""CREATE TABLE task_pushes (
            {_reference("task_pushes", "task_id", "tasks")},
            how varchar NOT NULL CONSTRAINT ck_task_pushes_how CHECK (how IN ('all', 'in_turn')),
            assigns boolean NOT NULL,
            {_keyed("task_pushes")},
            CONSTRAINT uq_task_pushes_task_id UNIQUE (task_id),
            CONSTRAINT ck_task_pushes_assigns CHECK (how = 'in_turn' OR NOT assigns)
        )"""
    )
    op.execute(
        f"""CREATE TABLE task_pushers (
            {_reference("task_pushers", "task_id", "tasks")},
            grade varchar NOT NULL,
            {_reference("task_pushers", "user_id", "users")},
            place integer NOT NULL,
            handed integer NOT NULL,
            {_keyed("task_pushers")},
            CONSTRAINT uq_task_pushers_task_id_grade_user_id UNIQUE (task_id, grade, user_id)
        )"""
    )
    op.execute("CREATE INDEX ix_task_pushers_user_id ON task_pushers (user_id)")
    op.execute(
        f"""CREATE TABLE pushes (
            purpose varchar NOT NULL CONSTRAINT ck_pushes_purpose CHECK (purpose IN ('call', 'warning', 'test')),
            call_id uuid CONSTRAINT fk_pushes_call_id REFERENCES calls ON DELETE CASCADE,
            warning_id uuid CONSTRAINT fk_pushes_warning_id REFERENCES warnings ON DELETE CASCADE,
            {_reference("pushes", "user_id", "users")},
            chat_id uuid CONSTRAINT fk_pushes_chat_id REFERENCES chats ON DELETE SET NULL,
            state varchar NOT NULL
                CONSTRAINT ck_pushes_state CHECK (state IN ('waiting', 'sending', 'delivered', 'failed')),
            tries integer NOT NULL,
            next_at timestamptz NOT NULL,
            tried_at timestamptz,
            failure varchar NOT NULL,
            answer varchar NOT NULL,
            {_keyed("pushes")},
            CONSTRAINT uq_pushes_chat_id_call_id UNIQUE (chat_id, call_id),
            CONSTRAINT uq_pushes_chat_id_warning_id UNIQUE (chat_id, warning_id),
            CONSTRAINT ck_pushes_call CHECK ((purpose = 'call') = (call_id IS NOT NULL)),
            CONSTRAINT ck_pushes_warning CHECK ((purpose = 'warning') = (warning_id IS NOT NULL))
        )"""
    )
    op.execute("CREATE INDEX ix_pushes_due ON pushes (chat_id, next_at) WHERE state = 'waiting'")
    op.execute("CREATE INDEX ix_pushes_sending ON pushes (tried_at) WHERE state = 'sending'")
    op.execute("CREATE INDEX ix_pushes_tried ON pushes (chat_id, tried_at)")
    op.execute("CREATE INDEX ix_pushes_newest ON pushes (tenant_id, id)")
    op.execute("CREATE INDEX ix_pushes_of_call ON pushes (call_id, id) WHERE call_id IS NOT NULL")
    op.execute("CREATE INDEX ix_pushes_of_person ON pushes (user_id, id)")
    for table in ("chats", "task_pushes", "task_pushers", "pushes"):
        op.execute(f"CREATE INDEX ix_{table}_tenant_id ON {table} (tenant_id)")
        for statement in roles.protect_tenant_table(table):
            op.execute(statement)


def downgrade() -> None:
    """Take back."""
    op.execute("DROP TABLE pushes, task_pushers, task_pushes, chats")


def _reference(table: str, column: str, of: str) -> str:
    return f"{column} uuid NOT NULL CONSTRAINT fk_{table}_{column} REFERENCES {of} ON DELETE CASCADE"


def _keyed(table: str) -> str:
    return (
        f"tenant_id uuid DEFAULT {roles.CURRENT_TENANT} NOT NULL"
        f" CONSTRAINT fk_{table}_tenant_id REFERENCES tenants ON DELETE CASCADE,"
        f" id uuid NOT NULL CONSTRAINT pk_{table} PRIMARY KEY, created_at timestamptz DEFAULT now() NOT NULL"
    )
