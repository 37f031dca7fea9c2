"""Changes to sites before they are published. The caller's session; the caller commits."""

from typing import Any

from sqlalchemy.orm import Session

from content.errors import BrokenContent
from content.models import Site
from content.sites import check_site


def add_site(session: Session, item: dict[str, Any]) -> Site:
    """A new site, in the library's shape. Raises BrokenContent, also when the key is taken."""
    problems = list(check_site(item))
    if not problems and session.get(Site, item["key"]) is not None:
        problems.append(f"key: there is a site {item['key']!r} already")
    return _save(session, Site(), item, problems)


def save_site(session: Session, site: Site, item: dict[str, Any]) -> Site:
    """What a site that exists shall be. Raises BrokenContent; a key stays what it is, pages carry it."""
    problems = list(check_site(item))
    if item.get("key") != site.key:
        problems.append("key: it can not be changed, because pages carry it")
    return _save(session, site, item, problems)


def remove_site(session: Session, site: Site) -> None:
    """From the next publish on its pages can start no conversation."""
    session.delete(site)
    session.flush()


def _save(session: Session, site: Site, item: dict[str, Any], problems: list[str]) -> Site:
    if problems:
        raise BrokenContent(problems)
    site.take(item)
    session.add(site)
    session.flush()
    return site
