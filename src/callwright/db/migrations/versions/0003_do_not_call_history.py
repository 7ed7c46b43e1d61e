"""Who put a number on the do-not-call list, and who took it off; and a list for the whole installation.

Revision: 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op

from callwright.db import roles

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SOURCE = "source in ('call', 'person', 'file')"
LISTED = sa.text("removed_at is null")
# Run as the system, which alone may read the table; whoever calls it learns only of the numbers they name.
AMONG = """
    CREATE FUNCTION do_not_call_everywhere_among(phones text[]) RETURNS SETOF text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS 'SELECT phone FROM do_not_call_everywhere WHERE removed_at IS NULL AND phone = ANY (phones)';
"""
OWNED = f"""
    REVOKE ALL ON FUNCTION do_not_call_everywhere_among(text[]) FROM PUBLIC;
    GRANT EXECUTE ON FUNCTION do_not_call_everywhere_among(text[]) TO {roles.APP_ROLE};
    GRANT CREATE ON SCHEMA public TO {roles.SYSTEM_ROLE};
    ALTER FUNCTION do_not_call_everywhere_among(text[]) OWNER TO {roles.SYSTEM_ROLE};
    REVOKE CREATE ON SCHEMA public FROM {roles.SYSTEM_ROLE};
"""


def upgrade() -> None:
    """Apply."""
    _keep_history()
    _list_for_everyone()


def _keep_history() -> None:
    op.add_column("do_not_call", sa.Column("source", sa.String(), server_default="call", nullable=False))
    op.alter_column("do_not_call", "source", server_default=None)
    for name in ("note", "removed_why"):
        op.add_column("do_not_call", sa.Column(name, sa.String(), server_default="", nullable=False))
        op.alter_column("do_not_call", name, server_default=None)
    op.add_column("do_not_call", sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True))
    for name in ("added_by", "removed_by"):
        op.add_column("do_not_call", sa.Column(name, sa.Uuid(), nullable=True))
        op.create_foreign_key(
            op.f(f"fk_do_not_call_{name}"), "do_not_call", "users", [name], ["id"], ondelete="SET NULL"
        )
    op.create_check_constraint(op.f("ck_do_not_call_source"), "do_not_call", SOURCE)
    op.drop_constraint(op.f("uq_do_not_call_tenant_id_phone"), "do_not_call", type_="unique")
    op.create_index(
        "uq_do_not_call_listed", "do_not_call", ["tenant_id", "phone"], unique=True, postgresql_where=LISTED
    )
    op.execute(f"REVOKE UPDATE, DELETE ON do_not_call FROM {roles.APP_ROLE}")
    op.execute(f"GRANT UPDATE (removed_at, removed_by, removed_why) ON do_not_call TO {roles.APP_ROLE}")


def _list_for_everyone() -> None:
    op.create_table(
        "do_not_call_everywhere",
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("added_by", sa.Uuid(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_by", sa.Uuid(), nullable=True),
        sa.Column("removed_why", sa.String(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False),
        sa.CheckConstraint(SOURCE, name=op.f("ck_do_not_call_everywhere_source")),
        sa.ForeignKeyConstraint(
            ["added_by"], ["users.id"], name=op.f("fk_do_not_call_everywhere_added_by"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["removed_by"], ["users.id"], name=op.f("fk_do_not_call_everywhere_removed_by"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_do_not_call_everywhere")),
    )
    op.create_index(
        "uq_do_not_call_everywhere_listed",
        "do_not_call_everywhere",
        ["phone"],
        unique=True,
        postgresql_where=LISTED,
    )
    for statement in roles.protect_system_table("do_not_call_everywhere"):
        op.execute(statement)
    op.execute(AMONG)
    op.execute(OWNED)


def downgrade() -> None:
    """Take back: numbers that were taken off the list are forgotten."""
    op.execute("DROP FUNCTION do_not_call_everywhere_among(text[])")
    op.drop_table("do_not_call_everywhere")
    op.execute(f"GRANT UPDATE, DELETE ON do_not_call TO {roles.APP_ROLE}")
    op.drop_index("uq_do_not_call_listed", table_name="do_not_call", postgresql_where=LISTED)
    op.execute(f"SET LOCAL ROLE {roles.SYSTEM_ROLE}")
    op.execute("DELETE FROM do_not_call WHERE removed_at IS NOT NULL")
    op.execute("RESET ROLE")
    op.create_unique_constraint(op.f("uq_do_not_call_tenant_id_phone"), "do_not_call", ["tenant_id", "phone"])
    op.drop_constraint(op.f("ck_do_not_call_source"), "do_not_call", type_="check")
    for name in ("removed_by", "added_by", "removed_at", "removed_why", "note", "source"):
        op.drop_column("do_not_call", name)
