"""Sites: which of them a request names, which pages may start a conversation, what the widget gets of one."""

from __future__ import annotations

from typing import Any

from flask import request

from chat.problems import ProblemFound
from chat.service import current_chat
from content.sites import Site

FOR_THE_WIDGET = ("language", "colours", "exit_url", "keeps_conversation")


def find_site(key: str | None) -> Site | None:
    """The open site of this key; None for one that is closed or unknown."""
    site = current_chat().store.current().sites.get(key or "")
    return site if site is not None and site.is_open else None


def check_origin(site: Site | None) -> None:
    """Refuse a page that is neither ours nor the site's. Raises ProblemFound.

    A browser names the page's origin and no page can change that. What is no browser names none, and is let through:
    this keeps other people's pages from holding the chat, not programs from asking.
    """
    origin = request.headers.get("Origin")
    if origin is None or _is_ours(origin) or (site is not None and site.allows(origin)):
        return
    raise ProblemFound("other_page")


def describe(site: Site) -> dict[str, Any]:
    """What the widget on the site's pages needs to know of it."""
    item = site.as_item()
    return {name: item[name] for name in FOR_THE_WIDGET}


def _is_ours(origin: str) -> bool:
    """Whether the page comes from this very server. Behind a web server with https the scheme is not known here."""
    public = current_chat().settings.public_origin
    return origin in (f"http://{request.host}", f"https://{request.host}") or (bool(public) and origin == public)
