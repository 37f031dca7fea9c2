"""Keeps an item for one writer at a time, so that nobody writes over what they have not seen."""

from sqlalchemy import inspect, text
from sqlalchemy.orm import Session

from content.models import Base, Revision


def hold(session: Session, item: Base | None) -> None:
    """Until the caller commits or rolls back nobody else changes `item`, and it is read anew.

    Call it before anything is changed in the session. SQLite has one writer at a time, so there everyone waits; None
    and what is not in the database yet hold nothing on PostgreSQL: two people who add the same run into its keys.
    """
    begin_to_write(session)
    if session.connection().dialect.name == "postgresql":
        # A publish locks these as a whole (content/publishing.py): wait for it here, not half-way with a row in hand.
        tables = "revisions, system_words, activities, helplines"
        session.execute(text(f"LOCK TABLE {tables} IN ROW EXCLUSIVE MODE"))
    session.expire_all()
    if isinstance(item, Revision):
        item = item.variant  # whoever adds the next revision holds the same
    if item is not None and inspect(item).persistent:
        session.refresh(item, with_for_update=True)


def begin_to_write(session: Session) -> None:
    """On SQLite: waits for its turn to write, and has it until the caller commits or rolls back.

    Whoever begins by reading is refused at once when someone else has written meanwhile; who begins like this waits.
    """
    connection = session.connection()
    if connection.dialect.name != "sqlite":
        return
    driver = connection.connection.driver_connection
    if driver is not None and not driver.in_transaction:
        connection.execute(text("BEGIN IMMEDIATE"))
