"""Every page there is, as someone with a role meets it. New routes are walked by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml
from flask import Flask
from playwright.sync_api import ConsoleMessage, Error, Page

from admin.demo import WORDS
from admin.permissions import MAY, OWN
from admin.security import OPEN
from tests.admin.browsing import WITHIN
from tests.browser.admin.looking import problems_of
from tests.browser.admin.serving import Site, within

# Values in place of those in WITHIN: other kinds of things, and what the demo has changed.
FURTHER: list[dict[str, str]] = [
    {"kind": "quiz", "activity": "consent_basics"},
    {"kind": "self_check", "activity": "am_i_ok"},
    {"language": "cy"},
    {"number": "2"},
    {"helpline": "frank"},
]
# Pages that only the author of something may open, and pages that ask for a choice.
OWN_PARTS = {"proposals.change": {"proposal": "own_proposal"}}
QUERIES = {
    "topics.find_text": "?section=signs&language=cy&audience=community&age_band=16_17&reading_level=easy_read",
}
TEXT = ("topic", "section", "language", "audience", "age_band", "reading_level")
PART = re.compile(r"<(?:\w+:)?(\w+)>")
SIGNING_IN = {"signing_in.sign_in", "signing_in.give_code"}  # for those who have not signed in


@dataclass(frozen=True)
class Stop:
    """A page on the way. `status` is what it must answer to this role."""

    role: str
    address: str
    status: int

    def __str__(self) -> str:
        return f"{self.address} as {self.role}"


def stops(site: Site, role: str, *, in_every_stage: bool = True) -> list[Stop]:
    """All that `role` can ask for, with what is forbidden or does not exist; or each kind of page once."""
    known = WITHIN | within(site, role)
    found: dict[str, Stop] = {}
    for rule in site.app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.endpoint == "static" or rule.endpoint in SIGNING_IN:
            continue
        parts = PART.findall(rule.rule)
        for part in parts:
            assert part in known, (
                f"{rule.rule} ({rule.endpoint}): there is no value for <{part}>. Add one to WITHIN in "
                "tests/admin/browsing.py; it must name something that stands in content/library or in the demo."
            )
        own = {part: known[name] for part, name in OWN_PARTS.get(rule.endpoint, {}).items()}
        for more in [{}, *(further() if in_every_stage else ())]:
            address = PART.sub(lambda match, values=known | more | own: values[match[1]], rule.rule)
            address += QUERIES.get(rule.endpoint, "")
            found.setdefault(address, Stop(role, address, 200 if is_for(site.app, rule.endpoint, role) else 403))
    return [*found.values(), Stop(role, "/no-such-page", 404)]


def further() -> Iterator[dict[str, str]]:
    """FURTHER, and each text that the demo brings to a stage."""
    yield from FURTHER
    for text in yaml.safe_load(WORDS.read_text(encoding="utf-8"))["texts"]:
        yield dict(zip(TEXT, text["text"].split("/"), strict=True))


def is_for(app: Flask, endpoint: str, role: str) -> bool:
    needed = getattr(app.view_functions[endpoint], "needs", None)
    return endpoint in OPEN or needed == OWN or needed in MAY[role]


def open_stop(page: Page, site: Site, stop: Stop) -> tuple[str, list[str]]:
    """Goes there; the HTML as the server sent it, "" for a file, and what is wrong with the answer."""
    complaints: list[str] = []

    def note(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            complaints.append(f"{stop}: the browser says: {message.text[:200]}")

    page.on("console", note)  # such as a script or style that the page's own policy refuses
    try:
        answer = page.goto(site.url + stop.address)
    except Error as error:
        if "Download is starting" not in str(error):
            raise
        return "", problems_of_status(stop, page.request.get(site.url + stop.address).status)
    finally:
        page.remove_listener("console", note)
    assert answer is not None
    is_page = answer.headers["content-type"].startswith("text/html")
    return (answer.text() if is_page else ""), complaints + problems_of_status(stop, answer.status)


def look_at(site: Site, page: Page, stop: Stop) -> list[str]:
    """All that is wrong there, each fault with the page and the role."""
    html, problems = open_stop(page, site, stop)
    return problems + [f"{stop}: {problem}" for problem in (problems_of(page, html) if html else [])]


def problems_of_status(stop: Stop, status: int) -> list[str]:
    """Whether it answers as it should to this role."""
    cure = " Its values in WITHIN lead nowhere." if status in (404, 410) else ""
    return [f"{stop}: answers {status}, not {stop.status}.{cure}"] if status != stop.status else []
