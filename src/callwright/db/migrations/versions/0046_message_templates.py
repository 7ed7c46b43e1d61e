"""Channels of short messages, what companies may send over them, and templates that the operator approves.

Revision: 0046, after 0045.
"""

from alembic import op

from callwright.db import roles

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

TABLES = {
    "message_accounts": """
        channel_id uuid NOT NULL CONSTRAINT fk_message_accounts_channel_id REFERENCES message_channels,
        sender varchar NOT NULL,
        signature varchar NOT NULL,
        price bigint NOT NULL CONSTRAINT ck_message_accounts_price CHECK (price >= 0),
        CONSTRAINT uq_message_accounts_tenant_id UNIQUE (tenant_id),
    """,
    "message_templates": """
        name varchar NOT NULL,
        retired_at timestamptz,
    """,
    "message_template_versions": """
        template_id uuid NOT NULL CONSTRAINT fk_message_template_versions_template_id
            REFERENCES message_templates ON DELETE CASCADE,
        number integer NOT NULL,
        kind varchar NOT NULL CONSTRAINT ck_message_template_versions_kind
            CHECK (kind in ('marketing', 'financial', 'service')),
        text varchar NOT NULL,
        state varchar NOT NULL CONSTRAINT ck_message_template_versions_state
            CHECK (state in ('draft', 'submitted', 'approved', 'rejected')),
        reason varchar NOT NULL,
        submitted_at timestamptz,
        decided_at timestamptz,
        CONSTRAINT uq_message_template_versions_template_id_number UNIQUE (template_id, number),
    """,
}
CHANNELS = """
    CREATE TABLE message_channels (
        name varchar NOT NULL CONSTRAINT uq_message_channels_name UNIQUE,
        provider varchar NOT NULL CONSTRAINT ck_message_channels_provider CHECK (provider in ('smpp', 'gateway')),
        config jsonb NOT NULL,
        secret bytea NOT NULL,
        callback_key bytea NOT NULL,
        per_second integer NOT NULL,
        active boolean NOT NULL,
        revision integer NOT NULL,
        trouble varchar NOT NULL,
        seen_at timestamptz,
        id uuid NOT NULL CONSTRAINT pk_message_channels PRIMARY KEY,
        created_at timestamptz DEFAULT now() NOT NULL
    )
"""
KEEP_APPROVED = """
    CREATE FUNCTION keep_approved_template() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'an approved version of a template never changes';
    END $$
"""
SUBMITTED = (
    "INDEX ix_message_template_versions_submitted ON message_template_versions (submitted_at)"
    " WHERE state = 'submitted'"
)
INDEXES = (
    "UNIQUE INDEX uq_message_templates_name ON message_templates (tenant_id, name) WHERE retired_at is null",
    SUBMITTED,
    *(f"INDEX ix_{table}_tenant_id ON {table} (tenant_id)" for table in TABLES),
)


def upgrade() -> None:
    """Apply."""
    op.execute(CHANNELS)
    for table, columns in TABLES.items():
        op.execute(
            f"""CREATE TABLE {table} (
                {columns}
                tenant_id uuid DEFAULT {roles.CURRENT_TENANT} NOT NULL
                    CONSTRAINT fk_{table}_tenant_id REFERENCES tenants ON DELETE CASCADE,
                id uuid NOT NULL CONSTRAINT pk_{table} PRIMARY KEY,
                created_at timestamptz DEFAULT now() NOT NULL
            )"""
        )
        for statement in roles.protect_tenant_table(table):
            op.execute(statement)
    for statement in (
        *roles.protect_system_table("message_channels"),
        *roles.show_columns("message_channels", ("id", "active", "trouble", "seen_at")),
    ):
        op.execute(statement)
    for index in INDEXES:
        op.execute(f"CREATE {index}")
    op.execute(KEEP_APPROVED)
    op.execute(
        "CREATE TRIGGER keep_approved BEFORE UPDATE ON message_template_versions FOR EACH ROW"
        " WHEN (OLD.state = 'approved') EXECUTE FUNCTION keep_approved_template()"
    )


def downgrade() -> None:
    """Take back."""
    for table in reversed(TABLES):
        op.execute(f"DROP TABLE {table}")
    op.execute("DROP TABLE message_channels")
    op.execute("DROP FUNCTION keep_approved_template")
