"""Rows within the form for a helpline: a way to reach it, and a day of the week."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from wtforms import Form, SelectField, StringField  # type: ignore[import-untyped]
from wtforms.fields.choices import SelectChoice  # type: ignore[import-untyped]

from admin.opening_times import Span, as_time
from content.taxonomy import CHANNELS

_MADE_FROM_LABEL = {"phone": "tel:", "text": "sms:", "email": "mailto:"}


def tidy(text: str | None) -> str:
    """As it is kept: browsers send line ends as CR LF."""
    return (text or "").replace("\r\n", "\n").strip()


def choices(ids: Sequence[str], *, empty: bool = False) -> list[SelectChoice]:
    """What a field may hold. The pages have words for the ids."""
    return [SelectChoice(id_, id_) for id_ in (*([""] if empty else []), *ids)]


class RouteForm(Form):  # type: ignore[misc]
    """One way to reach a helpline. A row that is left empty is left out."""

    channel = SelectField(choices=choices(CHANNELS, empty=True))
    label = StringField(filters=[tidy])
    href = StringField(filters=[tidy])
    say = StringField(filters=[tidy])

    @property
    def is_empty(self) -> bool:
        return not any(field.data for field in self)

    @property
    def route(self) -> dict[str, str]:
        made = _href_of(self.channel.data, self.label.data)
        route = {"channel": self.channel.data, "label": self.label.data, "href": self.href.data or made}
        return route | {"say": self.say.data} if self.say.data else route

    def check(self) -> None:
        """Its fields say what is missing."""
        if not self.channel.data:
            add_error(self.channel, "Choose the kind.")
        if not self.label.data:
            add_error(self.label, "Write what people read: the number or address.")
        elif self.channel.data and not self.route["href"]:
            add_error(self.href, "Write where it leads, such as https://example.org/chat.")
        elif self.channel.data in ("phone", "text") and _number(self.route["href"]) != _number(self.label.data):
            add_error(self.href, "This is another number than people read.")


class DayForm(Form):  # type: ignore[misc]
    opens = StringField(filters=[tidy])
    closes = StringField(filters=[tidy])

    def read(self) -> Span | None:
        """When it opens and closes; None for a day on which it is shut, or when a field says what is wrong."""
        if not self.opens.data and not self.closes.data:
            return None
        for field in (self.opens, self.closes):
            if as_time(field.data) is None:
                add_error(field, "Write a time such as 09:00.")
        times = as_time(self.opens.data), as_time(self.closes.data)
        return times if all(times) else None  # type: ignore[return-value]


def add_error(field: Any, problem: str) -> None:
    """Puts a problem beside a field."""
    field.errors = [*field.errors, problem]


def _number(text: str) -> str:
    """The digits that are dialled, from a label or a link, with 0 in place of +44."""
    digits = re.sub(r"[^\d+]", "", text)
    return "0" + digits[3:] if digits.startswith("+44") else digits.lstrip("+")


def _href_of(channel: str, label: str) -> str:
    """The link that a number or address makes by itself; empty for what needs one written."""
    scheme = _MADE_FROM_LABEL.get(channel)
    if scheme is None:
        return ""
    if scheme == "mailto:":
        return f"mailto:{label}"
    digits = _number(label)
    # Short numbers such as 111 work within the country only.
    return f"{scheme}+44{digits[1:]}" if len(digits) >= 10 and digits.startswith("0") else f"{scheme}{digits}"
