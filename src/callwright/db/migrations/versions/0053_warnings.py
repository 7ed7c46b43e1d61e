"""Warnings, who was told of them, and who is to be.

Revision: 0053, after 0052.
"""

from alembic import op

from callwright.db import roles

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.execute(
        f"""CREATE TABLE warnings (
            kind varchar NOT NULL,
            about_id uuid NOT NULL,
            stage varchar NOT NULL,
            details jsonb NOT NULL,
            raised_at timestamptz NOT NULL,
            quiet_since timestamptz,
            cleared_at timestamptz,
            {_keyed("warnings")}
        )"""
    )
    op.execute(
        "CREATE UNIQUE INDEX uq_warnings_open ON warnings (tenant_id, kind, about_id, stage)"
        " WHERE cleared_at IS NULL"
    )
    op.execute(
        f"""CREATE TABLE warned_people (
            warning_id uuid NOT NULL CONSTRAINT fk_warned_people_warning_id REFERENCES warnings ON DELETE CASCADE,
            user_id uuid NOT NULL CONSTRAINT fk_warned_people_user_id REFERENCES users ON DELETE CASCADE,
            read_at timestamptz,
            {_keyed("warned_people")},
            CONSTRAINT uq_warned_people_warning_id_user_id UNIQUE (warning_id, user_id)
        )"""
    )
    op.execute("CREATE INDEX ix_warned_people_newest ON warned_people (user_id, warning_id)")
    op.execute("CREATE INDEX ix_warned_people_unread ON warned_people (user_id) WHERE read_at IS NULL")
    op.execute(
        f"""CREATE TABLE warning_choices (
            kind varchar NOT NULL,
            user_id uuid NOT NULL CONSTRAINT fk_warning_choices_user_id REFERENCES users ON DELETE CASCADE,
            {_keyed("warning_choices")},
            CONSTRAINT uq_warning_choices_tenant_id_kind_user_id UNIQUE (tenant_id, kind, user_id)
        )"""
    )
    op.execute("CREATE INDEX ix_warning_choices_user_id ON warning_choices (user_id)")
    op.execute(
        f"""CREATE TABLE warning_limits (
            low_balance bigint NOT NULL CONSTRAINT ck_warning_limits_low_balance CHECK (low_balance >= 0),
            {_keyed("warning_limits")},
            CONSTRAINT uq_warning_limits_tenant_id UNIQUE (tenant_id)
        )"""
    )
    for table in ("warnings", "warned_people", "warning_choices", "warning_limits"):
        op.execute(f"CREATE INDEX ix_{table}_tenant_id ON {table} (tenant_id)")
        for statement in roles.protect_tenant_table(table):
            op.execute(statement)


def downgrade() -> None:
    """Take back."""
    op.execute("DROP TABLE warning_limits, warning_choices, warned_people, warnings")


def _keyed(table: str) -> str:
    return (
        f"tenant_id uuid DEFAULT {roles.CURRENT_TENANT} NOT NULL"
        f" CONSTRAINT fk_{table}_tenant_id REFERENCES tenants ON DELETE CASCADE,"
        f" id uuid NOT NULL CONSTRAINT pk_{table} PRIMARY KEY, created_at timestamptz DEFAULT now() NOT NULL"
    )
