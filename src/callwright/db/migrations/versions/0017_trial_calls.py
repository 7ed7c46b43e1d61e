"""Calls in which people try a script on their own phone.

Revision: 0017, after 0016.
"""

from alembic import op

from callwright.db import roles

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute(
        "ALTER TABLE test_calls ADD COLUMN kind varchar DEFAULT 'line' NOT NULL"
        " CONSTRAINT ck_test_calls_kind CHECK (kind in ('line', 'script')),"
        " ADD COLUMN longest_s integer DEFAULT 30 NOT NULL"
        " CONSTRAINT ck_test_calls_longest_s CHECK (longest_s > 0)"
    )
    op.execute("CREATE INDEX ix_test_calls_of_person ON test_calls (asked_by, asked_at) WHERE kind = 'script'")
    op.execute(
        f"""CREATE TABLE trial_calls (
            test_call_id uuid NOT NULL
                CONSTRAINT fk_trial_calls_test_call_id REFERENCES test_calls ON DELETE CASCADE,
            script_id uuid NOT NULL CONSTRAINT fk_trial_calls_script_id REFERENCES scripts ON DELETE CASCADE,
            version integer NOT NULL,
            draft boolean NOT NULL,
            content json NOT NULL,
            variables jsonb NOT NULL,
            caller_number varchar NOT NULL,
            turns jsonb NOT NULL,
            events jsonb NOT NULL,
            path jsonb NOT NULL,
            collected jsonb NOT NULL,
            grade varchar,
            grade_reasons jsonb NOT NULL,
            answer_to_audio_ms integer,
            reply_ms jsonb NOT NULL,
            hung_up_by varchar,
            recording_key varchar,
            listed boolean NOT NULL,
            tenant_id uuid DEFAULT {roles.CURRENT_TENANT} NOT NULL
                CONSTRAINT fk_trial_calls_tenant_id REFERENCES tenants ON DELETE CASCADE,
            id uuid NOT NULL CONSTRAINT pk_trial_calls PRIMARY KEY,
            created_at timestamptz DEFAULT now() NOT NULL,
            CONSTRAINT uq_trial_calls_test_call_id UNIQUE (test_call_id)
        )"""
    )
    op.execute("CREATE INDEX ix_trial_calls_tenant_id ON trial_calls (tenant_id)")
    op.execute("CREATE INDEX ix_trial_calls_script_id ON trial_calls (script_id)")
    for statement in roles.protect_tenant_table("trial_calls"):
        op.execute(statement)


def downgrade() -> None:
    """Take back."""
    op.execute("DROP TABLE trial_calls")
    op.execute("DROP INDEX ix_test_calls_of_person")
    op.execute("ALTER TABLE test_calls DROP COLUMN kind, DROP COLUMN longest_s")
