"""The log of every change, to search and to take along."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Select, func, or_, select

from admin.database import current_session
from admin.permissions import SEE_AUDIT, needs
from content.models import AuditEntry
from content.sheets.columns import guard

A_PAGE = 50
blueprint = Blueprint("audit_log", __name__, url_prefix="/log")


@blueprint.get("")
@needs(SEE_AUDIT)
def list_all() -> ResponseReturnValue:
    """The newest first, a page at a time."""
    session, found = current_session(), _found()
    total = session.scalar(select(func.count()).select_from(found.subquery())) or 0
    page = min(max(request.args.get("page", 1, type=int), 1), max(1, -(-total // A_PAGE)))
    newest_first = found.order_by(AuditEntry.id.desc()).limit(A_PAGE).offset((page - 1) * A_PAGE)
    return render_template(
        "log.html", entries=session.scalars(newest_first).all(), total=total, page=page, pages=-(-total // A_PAGE)
    )


@blueprint.get("/entries.csv")
@needs(SEE_AUDIT)
def export() -> ResponseReturnValue:
    """All that was found, for a spreadsheet."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(("at", "who", "what", "kind", "name", "before", "after"))
    for entry in current_session().scalars(_found().order_by(AuditEntry.id)).yield_per(1000):
        values = (entry.at.isoformat(), entry.who, entry.what, entry.kind, entry.name)
        writer.writerow([*map(guard, values), _plain(entry.before), _plain(entry.after)])
    headers = {"Content-Disposition": "attachment; filename=log.csv"}
    return Response(written.getvalue(), mimetype="text/csv", headers=headers)


def _found() -> Select[tuple[AuditEntry]]:
    """What the search asks for: words in who, kind or name."""
    query = select(AuditEntry)
    for word in _words():
        like = f"%{word}%"
        query = query.where(or_(*(column.ilike(like) for column in (AuditEntry.who, AuditEntry.kind, AuditEntry.name))))
    return query


def _words() -> Sequence[str]:
    return request.args.get("search", "").split()[:5]


def _plain(value: dict[str, object]) -> str:
    return json.dumps(value, ensure_ascii=False)
