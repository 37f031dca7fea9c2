"""Keeps the rows of a sheet between its preview and the import. The caller's session; the caller commits."""

from collections.abc import Sequence
from datetime import timedelta
from secrets import token_hex

from sqlalchemy import delete
from sqlalchemy.orm import Session

from content.models import HeldImport
from content.models.base import utc_now
from content.models.imports import TOKEN_LENGTH
from content.sheets.columns import Row

KEPT = timedelta(days=1)


def hold(session: Session, rows: Sequence[Row], file_name: str, who: str) -> str:
    """Keeps the rows for a day; returns the id to ask for them. What was kept longer goes."""
    session.execute(delete(HeldImport).where(HeldImport.created_at < utc_now() - KEPT))
    held = HeldImport(id=token_hex(TOKEN_LENGTH // 2), who=who, file_name=file_name, rows=[vars(row) for row in rows])
    session.add(held)
    session.flush()
    return held.id


def held_by(session: Session, id_: str, who: str) -> HeldImport | None:
    """What `who` sent under this id, if it is still kept."""
    held = session.get(HeldImport, id_)
    return held if held is not None and held.who == who and held.created_at > utc_now() - KEPT else None


def rows_of(held: HeldImport) -> list[Row]:
    return [Row(**row) for row in held.rows]
