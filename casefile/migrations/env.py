"""Alembic's entry: it runs on the connection that the credit file hands over."""

from alembic import context

from casefile.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
connection.commit()
