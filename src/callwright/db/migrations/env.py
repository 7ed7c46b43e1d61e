"""Alembic's entry: runs the versions on the connection that :func:`callwright.db.migrations.migrate` opened."""

from alembic import context

from callwright.db.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    compare_server_default=False,
    transaction_per_migration=False,
)
context.run_migrations()
