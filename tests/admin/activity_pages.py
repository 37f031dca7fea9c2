"""What a browser would send from the page where an activity is written: chosen options, ticked boxes, texts."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from tests.admin.browsing import Browser, Form, Page

STORY = "/activities/story/gaming_friend/en"
QUIZ = "/activities/quiz/boys_too/en"
CHECK = "/activities/self_check/am_i_ok/en"


class _Fields(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[dict[str, str]] = []
        self.select = self.textarea = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "form":
            self.forms.append({})
        elif not self.forms:
            return
        elif tag == "select":
            self.select = name
        elif tag == "option" and (self.select not in self.forms[-1] or "selected" in given):
            self.forms[-1][self.select] = value
        elif tag == "textarea":
            self.textarea = name
            self.forms[-1][name] = ""
        elif tag == "input" and (given.get("type") not in ("checkbox", "radio") or "checked" in given):
            self.forms[-1][name] = value

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.textarea = ""

    def handle_data(self, data: str) -> None:
        if self.textarea:
            self.forms[-1][self.textarea] += data


def fields(page: Page) -> dict[str, str]:
    """The fields of the writing form, as they stand."""
    return next(form for form in _Fields(page.html).forms if "title" in form)


def press(browser: Browser, page: Page, do: str, **changes: Any) -> Page:
    """Presses a button of the writing form, after changing fields; None takes a field out, as an unticked box is."""
    sent = {**fields(page), "do": do, **{name.replace("__", "-"): value for name, value in changes.items()}}
    return browser.send(
        page, Form("post", page.path, {name: value for name, value in sent.items() if value is not None})
    )


def save(browser: Browser, page: Page, **changes: Any) -> Page:
    return press(browser, page, "save", **changes)


def links(page: Page) -> list[str]:
    return [given.get("href", "") for tag, given in page.tags if tag == "a"]
