"""Alembic's entry: runs the versions on the connection that :func:`callwright.db.migrations.migrate` opened."""

from alembic import context

from callwright.db.tables import Base


def is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Say whether a thing in the database is declared here; procrastinate's tables are its own."""
    return kind != "table" or not str(name).startswith("procrastinate_")


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    compare_server_default=False,
    include_name=is_ours,
    transaction_per_migration=False,
)
context.run_migrations()
