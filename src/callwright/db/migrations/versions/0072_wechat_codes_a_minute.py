"""One code of WeChat's for each person, with how many they asked for within a minute.

Revision: 0072, after 0071.
"""

from alembic import op

revision = "0072"
down_revision = "0071"
branch_labels = None
depends_on = None

BEGIN_WITH_TENANT = ("wechat_accounts", "wechat_nonces")
"""Tables of which another index begins with the tenant, too."""


def upgrade() -> None:
    """Apply."""
    op.execute(
        "ALTER TABLE wechat_codes ADD asked integer DEFAULT 1 NOT NULL,"
        " ADD counted_from timestamptz DEFAULT now() NOT NULL"
    )
    op.execute("DELETE FROM wechat_codes a USING wechat_codes b WHERE a.user_id = b.user_id AND a.id < b.id")
    op.execute("ALTER TABLE wechat_codes ADD CONSTRAINT uq_wechat_codes_user_id UNIQUE (user_id)")
    op.execute("DROP INDEX ix_wechat_codes_user_id")
    for table in BEGIN_WITH_TENANT:
        op.execute(f"DROP INDEX ix_{table}_tenant_id")


def downgrade() -> None:
    """Take back."""
    for table in BEGIN_WITH_TENANT:
        op.execute(f"CREATE INDEX ix_{table}_tenant_id ON {table} (tenant_id)")
    op.execute("CREATE INDEX ix_wechat_codes_user_id ON wechat_codes (user_id)")
    op.execute("ALTER TABLE wechat_codes DROP CONSTRAINT uq_wechat_codes_user_id")
    op.execute("ALTER TABLE wechat_codes DROP asked, DROP counted_from")
