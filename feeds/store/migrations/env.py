"""Runs the migrations on the connection that `feeds.store.database` hands over."""

from alembic import context

from feeds.store.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
