"""What Alembic runs: the steps, on the connection that it is handed."""

from alembic import context

from dockmark.database.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True, transaction_per_migration=True)
with context.begin_transaction():
    context.run_migrations()
