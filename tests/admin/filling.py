"""Fills forms in as a browser does: what is not ticked is not sent, and a name may be sent twice."""

from __future__ import annotations

from werkzeug.datastructures import MultiDict

from tests.admin.browsing import Browser, Page

Values = MultiDict[str, str]
TICKED = ("checkbox", "radio")


def values_of(page: Page) -> Values:
    """What the page would send if nobody changed anything: all its fields, those of signing out included."""
    values: Values = MultiDict()
    select = ""
    for tag, given in page.tags:
        if tag == "input" and given.get("name") and (given.get("type") not in TICKED or "checked" in given):
            values.add(given["name"], given.get("value", ""))
        elif tag == "textarea":
            values.add(given["name"], next(f.fields[given["name"]] for f in page.forms if given["name"] in f.fields))
        elif tag == "select":
            select = given["name"]
            values.add(select, "")
        elif tag == "option" and "selected" in given:
            values[select] = given.get("value", "")
    return values


def send(browser: Browser, page: Page, **changes: str | list[str]) -> Page:
    """Sends the page's form to its own address with changes; in names a double _ stands for a hyphen."""
    values = values_of(page)
    for name, value in changes.items():
        values.setlist(name.replace("__", "-"), [value] if isinstance(value, str) else value)
    answer = browser.client.post(page.path, data=values, follow_redirects=True)
    return browser._read(answer, 200)
