"""A message channel can be one that sends nothing; what is sent over it ends as unsent.

Revision: 0068, after 0067.
"""

from alembic import op

from callwright.db import roles

revision = "0068"
down_revision = "0067"
branch_labels = None
depends_on = None

_CHECKS = (
    ("message_channels", "provider", ("smpp", "gateway"), "null"),
    ("messages", "state", ("queued", "held", "sending", "sent", "delivered", "failed"), "unsent"),
)


def upgrade() -> None:
    """Apply."""
    for table, column, known, more in _CHECKS:
        _allow(table, column, (*known, more))
    op.execute(f"GRANT SELECT (provider) ON message_channels TO {roles.APP_ROLE}")


def downgrade() -> None:
    """Take back, which is refused while there is such a channel or message."""
    op.execute(f"REVOKE SELECT (provider) ON TABLE message_channels FROM {roles.APP_ROLE}")  # noqa: S608
    for table, column, known, _ in _CHECKS:
        _allow(table, column, known)


def _allow(table: str, column: str, values: tuple[str, ...]) -> None:
    listed = ", ".join(f"'{value}'" for value in values)
    op.execute(
        f"ALTER TABLE {table} DROP CONSTRAINT ck_{table}_{column},"
        f" ADD CONSTRAINT ck_{table}_{column} CHECK ({column} in ({listed}))"
    )
