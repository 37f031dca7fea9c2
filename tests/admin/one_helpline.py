"""The helpline that the tests of helplines look at, and its pages."""

from __future__ import annotations

from sqlalchemy.orm import Session

from content.models import Helpline

LINE = "papyrus"
PLACE = f"/helplines/{LINE}"
EDIT, CHECK = f"{PLACE}/edit", f"{PLACE}/check"


def line(session: Session, id_: str = LINE) -> Helpline:
    """A helpline as the database holds it now."""
    session.expire_all()
    return session.get_one(Helpline, id_)
