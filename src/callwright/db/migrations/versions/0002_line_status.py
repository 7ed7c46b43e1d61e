"""What call nodes know: of their lines, of themselves; and the test calls that they place.

Revision: 0002, after 0001.
"""

import sqlalchemy as sa
from alembic import op

from callwright.db import roles

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

OWN_TENANT = sa.text("nullif(current_setting('callwright.tenant', true), '')::uuid")


def upgrade() -> None:
    """Apply."""
    op.drop_column("lines", "registration")
    op.drop_column("lines", "registration_reason")
    op.add_column("nodes", sa.Column("trouble", sa.String(), nullable=True))
    op.add_column("nodes", sa.Column("trouble_code", sa.String(), nullable=True))
    _make_line_status()
    _make_test_calls()
    statements = roles.show_columns("nodes", ("id", "ended_at", "trouble", "trouble_code"))
    for table in ("line_status", "test_calls"):
        statements += roles.protect_tenant_table(table)
    for statement in statements:
        op.execute(statement)


def _make_line_status() -> None:
    op.create_table(
        "line_status",
        sa.Column("node_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("sip_code", sa.Integer(), nullable=True),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), server_default=OWN_TENANT, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "state in ('ready', 'registering', 'registered', 'refused', 'unreachable', 'unresolved')",
            name=op.f("ck_line_status_state"),
        ),
        sa.ForeignKeyConstraint(["node_id"], ["nodes.id"], name=op.f("fk_line_status_node_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["line_id"], ["lines.id"], name=op.f("fk_line_status_line_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_line_status_tenant_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_line_status")),
        sa.UniqueConstraint("line_id", "node_id", name=op.f("uq_line_status_line_id_node_id")),
    )
    op.create_index(op.f("ix_line_status_tenant_id"), "line_status", ["tenant_id"], unique=False)


def _make_test_calls() -> None:
    op.create_table(
        "test_calls",
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("asked_by", sa.Uuid(), nullable=True),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("node_id", sa.Uuid(), nullable=True),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("dialled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ringing_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("audio_back", sa.Boolean(), nullable=True),
        sa.Column("phone_state", sa.String(), nullable=True),
        sa.Column("sip_code", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), server_default=OWN_TENANT, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(
            "state in ('waiting', 'dialling', 'ringing', 'answered', 'ended', 'not_placed')",
            name=op.f("ck_test_calls_state"),
        ),
        sa.ForeignKeyConstraint(["line_id"], ["lines.id"], name=op.f("fk_test_calls_line_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["users.id"], name=op.f("fk_test_calls_asked_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(["node_id"], ["nodes.id"], name=op.f("fk_test_calls_node_id")),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenants.id"], name=op.f("fk_test_calls_tenant_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_test_calls")),
    )
    op.create_index(op.f("ix_test_calls_tenant_id"), "test_calls", ["tenant_id"], unique=False)
    op.create_index("ix_test_calls_of_line", "test_calls", ["line_id", "id"], unique=False)
    op.create_index(
        "ix_test_calls_open",
        "test_calls",
        ["state"],
        unique=False,
        postgresql_where=sa.text("ended_at is null"),
    )


def downgrade() -> None:
    """Take back."""
    op.drop_table("test_calls")
    op.drop_table("line_status")
    for statement in roles.hide_columns("nodes"):
        op.execute(statement)
    op.drop_column("nodes", "trouble_code")
    op.drop_column("nodes", "trouble")
    op.add_column("lines", sa.Column("registration", sa.String(), server_default="not_asked", nullable=False))
    op.add_column("lines", sa.Column("registration_reason", sa.String(), server_default="", nullable=False))
    op.alter_column("lines", "registration", server_default=None)
    op.alter_column("lines", "registration_reason", server_default=None)
