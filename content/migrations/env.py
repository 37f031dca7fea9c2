"""Runs the migrations, on the connection it is given or on the database of the settings."""

from alembic import context
from sqlalchemy import Connection

from content.database import make_engine
from content.models import Base
from content.settings import database_url


def run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    engine = make_engine(database_url())
    with engine.begin() as own:
        run(own)
    engine.dispose()
