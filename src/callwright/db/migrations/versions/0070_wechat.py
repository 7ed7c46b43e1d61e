"""Official accounts of WeChat, codes that bind people to them, and chats that their owners left.

Revision: 0070, after 0069.
"""

from alembic import op

from callwright.db import roles

revision = "0070"
down_revision = "0069"
branch_labels = None
depends_on = None

TABLES = ("wechat_accounts", "wechat_codes", "wechat_nonces")


def upgrade() -> None:
    """Apply."""
    op.execute("ALTER TABLE chats ADD peer varchar, ADD left_at timestamptz")
    op.execute("CREATE INDEX ix_chats_peer ON chats (tenant_id, peer) WHERE peer IS NOT NULL")
    op.execute(
        f"""CREATE TABLE wechat_accounts (
            app_id varchar NOT NULL,
            app_secret bytea NOT NULL,
            callback_token bytea NOT NULL,
            aes_key bytea,
            callback_key varchar NOT NULL CONSTRAINT uq_wechat_accounts_callback_key UNIQUE,
            customers jsonb NOT NULL,
            notices jsonb NOT NULL,
            verified_at timestamptz,
            access_token bytea,
            token_until timestamptz,
            {_keyed("wechat_accounts")},
            CONSTRAINT uq_wechat_accounts_tenant_id UNIQUE (tenant_id)
        )"""
    )
    op.execute(
        f"""CREATE TABLE wechat_codes (
            user_id uuid NOT NULL CONSTRAINT fk_wechat_codes_user_id REFERENCES users ON DELETE CASCADE,
            name varchar NOT NULL,
            scene varchar NOT NULL CONSTRAINT uq_wechat_codes_scene UNIQUE,
            expires_at timestamptz NOT NULL,
            outcome varchar NOT NULL
                CONSTRAINT ck_wechat_codes_outcome CHECK (outcome IN ('', 'bound', 'too_many')),
            {_keyed("wechat_codes")}
        )"""
    )
    op.execute("CREATE INDEX ix_wechat_codes_user_id ON wechat_codes (user_id)")
    op.execute(
        f"""CREATE TABLE wechat_nonces (
            digest varchar NOT NULL,
            heard_at timestamptz NOT NULL,
            {_keyed("wechat_nonces")},
            CONSTRAINT uq_wechat_nonces_tenant_id_digest UNIQUE (tenant_id, digest)
        )"""
    )
    op.execute("CREATE INDEX ix_wechat_nonces_heard_at ON wechat_nonces (heard_at)")
    for table in TABLES:
        op.execute(f"CREATE INDEX ix_{table}_tenant_id ON {table} (tenant_id)")
        for statement in roles.protect_tenant_table(table):
            op.execute(statement)


def downgrade() -> None:
    """Take back."""
    op.execute(f"DROP TABLE {', '.join(TABLES)}")
    op.execute("DROP INDEX ix_chats_peer")
    op.execute("ALTER TABLE chats DROP peer, DROP left_at")


def _keyed(table: str) -> str:
    return (
        f"tenant_id uuid DEFAULT {roles.CURRENT_TENANT} NOT NULL"
        f" CONSTRAINT fk_{table}_tenant_id REFERENCES tenants ON DELETE CASCADE,"
        f" id uuid NOT NULL CONSTRAINT pk_{table} PRIMARY KEY, created_at timestamptz DEFAULT now() NOT NULL"
    )
