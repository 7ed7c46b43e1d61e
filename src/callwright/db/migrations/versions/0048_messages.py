"""Messages after calls, what the network and people answer to them, and what they cost.

Revision: 0048, after 0047.
"""

from alembic import op

from callwright.db import roles

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

TABLES = {
    "task_messages": """
        task_id uuid NOT NULL CONSTRAINT fk_task_messages_task_id REFERENCES tasks ON DELETE CASCADE,
        template_version_id uuid NOT NULL
            CONSTRAINT fk_task_messages_template_version_id REFERENCES message_template_versions,
        grades jsonb NOT NULL,
        CONSTRAINT uq_task_messages_task_id UNIQUE (task_id),
    """,
    "messages": """
        purpose varchar NOT NULL CONSTRAINT ck_messages_purpose CHECK (purpose in ('hang_up')),
        call_id uuid NOT NULL CONSTRAINT fk_messages_call_id REFERENCES calls ON DELETE CASCADE,
        task_id uuid NOT NULL CONSTRAINT fk_messages_task_id REFERENCES tasks ON DELETE CASCADE,
        customer_id uuid NOT NULL CONSTRAINT fk_messages_customer_id REFERENCES customers ON DELETE CASCADE,
        template_version_id uuid NOT NULL
            CONSTRAINT fk_messages_template_version_id REFERENCES message_template_versions,
        channel_id uuid CONSTRAINT fk_messages_channel_id REFERENCES message_channels ON DELETE SET NULL,
        sender varchar NOT NULL,
        recipient varchar NOT NULL,
        kind varchar NOT NULL CONSTRAINT ck_messages_kind CHECK (kind in ('marketing', 'financial', 'service')),
        text varchar NOT NULL,
        segments integer NOT NULL,
        price bigint NOT NULL,
        state varchar NOT NULL CONSTRAINT ck_messages_state
            CHECK (state in ('queued', 'held', 'sending', 'sent', 'delivered', 'failed')),
        why varchar NOT NULL,
        detail varchar NOT NULL,
        due_at timestamptz NOT NULL,
        claimed_by uuid,
        claimed_at timestamptz,
        tries integer NOT NULL,
        sent_at timestamptz,
        ended_at timestamptz,
        CONSTRAINT uq_messages_call_id_purpose UNIQUE (call_id, purpose),
    """,
    "message_parts": """
        message_id uuid NOT NULL CONSTRAINT fk_message_parts_message_id REFERENCES messages ON DELETE CASCADE,
        number integer NOT NULL,
        channel_id uuid NOT NULL,
        network_id varchar NOT NULL,
        state varchar NOT NULL
            CONSTRAINT ck_message_parts_state CHECK (state in ('sent', 'delivered', 'failed')),
        CONSTRAINT uq_message_parts_message_id_number UNIQUE (message_id, number),
    """,
    "message_replies": """
        message_id uuid NOT NULL CONSTRAINT fk_message_replies_message_id REFERENCES messages ON DELETE CASCADE,
        text varchar NOT NULL,
        opted_out boolean NOT NULL,
    """,
    "message_opt_outs": """
        phone varchar NOT NULL,
        CONSTRAINT uq_message_opt_outs_tenant_id_phone UNIQUE (tenant_id, phone),
    """,
}
INDEXES = (
    "ix_messages_due ON messages (channel_id, due_at) WHERE state in ('queued', 'held')",
    "ix_messages_sending ON messages (claimed_at) WHERE state = 'sending'",
    "ix_messages_newest ON messages (tenant_id, id)",
    "ix_messages_of_customer ON messages (customer_id, id)",
    "ix_messages_of_task ON messages (task_id, id)",
    "ix_messages_of_number ON messages (recipient, id)",
    "ix_message_parts_named ON message_parts (channel_id, network_id)",
    "ix_message_replies_of_message ON message_replies (message_id, id)",
    *(f"ix_{table}_tenant_id ON {table} (tenant_id)" for table in TABLES),
)
BEFORE = "'top_up', 'correction', 'hold', 'release', 'charge'"
ADDED = ", 'message_charge', 'message_refund'"
SIGN = (
    "case kind when 'correction' then amount <> 0 when 'hold' then amount < 0 when 'charge' then amount < 0{more}"
    " else amount > 0 end"
)


def upgrade() -> None:
    """Apply."""
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
    for index in INDEXES:
        op.execute(f"CREATE INDEX {index}")
    op.execute("ALTER TABLE ledger_entries ADD message_id uuid")
    _check(BEFORE + ADDED, SIGN.format(more=" when 'message_charge' then amount < 0"))
    op.execute(
        "ALTER TABLE ledger_entries ADD CONSTRAINT ck_ledger_entries_message"
        " CHECK ((message_id is not null) = (kind in ('message_charge', 'message_refund')))"
    )
    op.execute(
        "CREATE UNIQUE INDEX uq_ledger_entries_message_once ON ledger_entries (message_id, kind)"
        " WHERE message_id is not null"
    )


def downgrade() -> None:
    """Take back."""
    op.execute("ALTER TABLE ledger_entries DROP COLUMN message_id")
    _check(BEFORE, SIGN.format(more=""))
    for table in reversed(TABLES):
        op.execute(f"DROP TABLE {table}")


def _check(kinds: str, sign: str) -> None:
    op.execute("ALTER TABLE ledger_entries DROP CONSTRAINT ck_ledger_entries_kind")
    op.execute(f"ALTER TABLE ledger_entries ADD CONSTRAINT ck_ledger_entries_kind CHECK (kind in ({kinds}))")
    op.execute("ALTER TABLE ledger_entries DROP CONSTRAINT ck_ledger_entries_amount")
    op.execute(f"ALTER TABLE ledger_entries ADD CONSTRAINT ck_ledger_entries_amount CHECK ({sign})")
