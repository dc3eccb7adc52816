"""Alembic's entry: always online, on the connection that `engine.migrate` hands over."""

from alembic import context

# Both modules put their tables into one metadata.
from knowledge.store import tables_of_people

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=tables_of_people.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
