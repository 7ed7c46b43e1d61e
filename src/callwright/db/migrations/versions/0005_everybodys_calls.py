"""Calls to a number counted over the whole installation, those that test lines among them.

Revision: 0005, after 0004.
"""

from alembic import op

from callwright.db import roles

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

# Whoever reads it sees the rows that they may: a tenant its own, the system everybody's.
DIALLINGS = """
    CREATE VIEW diallings WITH (security_invoker = true) AS
    SELECT tenant_id, phone, dialled_at, ended_at, phone_state FROM calls
    UNION ALL
    SELECT tenant_id, phone, dialled_at, ended_at, phone_state FROM test_calls WHERE dialled_at IS NOT NULL
"""


def upgrade() -> None:
    """Apply."""
    op.execute("DROP INDEX ix_calls_of_number")
    op.execute("CREATE INDEX ix_calls_of_number ON calls (phone, dialled_at)")
    op.execute("ALTER TABLE test_calls ALTER COLUMN line_id DROP NOT NULL")
    _on_line_removal("SET NULL")
    op.execute(
        "ALTER TABLE test_calls ADD COLUMN region varchar DEFAULT '' NOT NULL,"
        " ADD COLUMN gate_verdict varchar, ADD COLUMN gate_rule varchar DEFAULT '' NOT NULL,"
        " ADD COLUMN gate_until timestamptz, ADD COLUMN gate_detail jsonb DEFAULT '{}' NOT NULL"
    )
    op.execute(
        "CREATE INDEX ix_test_calls_of_number ON test_calls (phone, dialled_at) WHERE dialled_at is not null"
    )
    op.execute(DIALLINGS)
    op.execute(f"GRANT SELECT ON diallings TO {roles.APP_ROLE}, {roles.SYSTEM_ROLE}")


def downgrade() -> None:
    """Take back."""
    op.execute("DROP VIEW diallings")
    op.execute("DROP INDEX ix_test_calls_of_number")
    for column in ("region", "gate_verdict", "gate_rule", "gate_until", "gate_detail"):
        op.execute(f"ALTER TABLE test_calls DROP COLUMN {column}")
    op.execute("DELETE FROM test_calls WHERE line_id IS NULL")
    op.execute("ALTER TABLE test_calls ALTER COLUMN line_id SET NOT NULL")
    _on_line_removal("CASCADE")
    op.execute("DROP INDEX ix_calls_of_number")
    op.execute("CREATE INDEX ix_calls_of_number ON calls (tenant_id, phone, dialled_at)")


def _on_line_removal(action: str) -> None:
    op.execute(
        "ALTER TABLE test_calls DROP CONSTRAINT fk_test_calls_line_id, ADD CONSTRAINT fk_test_calls_line_id"
        f" FOREIGN KEY (line_id) REFERENCES lines ON DELETE {action}"
    )
