"""Reads the form that staff fill in from a page, as a browser would send it."""

from __future__ import annotations

from html.parser import HTMLParser

Fields = list[tuple[str, str]]
TICKED = ("checkbox", "radio")


class _Form(HTMLParser):
    """The fields of the form with one id: what is ticked and chosen, with what stands in the texts."""

    def __init__(self, id_: str) -> None:
        super().__init__()
        self.id, self.fields = id_, Fields()
        self._inside = False
        self._text: str | None = None
        self._select, self._chosen = "", False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name, value = given.get("name", ""), given.get("value", "")
        if tag == "form":
            self._inside = given.get("id") == self.id
        elif not self._inside:
            return
        elif tag == "textarea":
            self._text = name
            self.fields.append((name, ""))
        elif tag == "input" and name and (given.get("type") not in TICKED or "checked" in given):
            self.fields.append((name, value))
        elif tag == "select":
            self._select, self._chosen = name, False
        elif tag == "option" and (not self._chosen or "selected" in given):
            self.fields = self.fields[:-1] if self._chosen else self.fields
            self.fields.append((self._select, value))
            self._chosen = True

    handle_startendtag = handle_starttag

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "textarea":
            self._text = None

    def handle_data(self, data: str) -> None:
        if self._inside and self._text is not None:
            self.fields[-1] = (self._text, self.fields[-1][1] + data)


def read_form(html: str, id_: str) -> Fields:
    """Names and values in their order. As in a browser a newline right after <textarea> is not part of the text."""
    form = _Form(id_)
    form.feed(html)
    return [(name, value.removeprefix("\n")) for name, value in form.fields]


def with_values(fields: Fields, **values: str) -> Fields:
    """The fields with other values; in names a double _ stands for a hyphen. What is not there yet is added."""
    new = {name.replace("__", "-"): value for name, value in values.items()}
    there = {name for name, _ in fields}
    return [(name, new.get(name, value)) for name, value in fields] + [
        (name, value) for name, value in new.items() if name not in there
    ]
