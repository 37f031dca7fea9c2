"""The widget's modules in one: as text. That it runs is in tests/browser/embed/."""

from __future__ import annotations

import pytest

from chat.bundle import CannotBundle, bundle, bundle_style, strip_comments
from chat.pages import WIDGET

WIDGET_MODULES = {file.name: file.read_text(encoding="utf-8") for file in WIDGET.glob("*.js")}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('import everything from "./other.js";\n', "import everything"),
        ('import * as other from "./other.js";\n', r"import \* as other"),
        ('import { a } from "https://example.org/a.js";\n', "import { a }"),
        ("export default 1;\n", "export default"),
        ("export let changing = 1;\n", "export let"),
        ('export { a } from "./other.js";\n', "export { a }"),
        ('import { a } from "./missing.js";\n', "missing.js, which is not there"),
        ('import { a } from "./entry.js";\n', "entry.js imports itself"),
    ],
)
def test_what_is_not_understood_is_refused_by_name(text: str, names: str) -> None:
    with pytest.raises(CannotBundle, match=names):
        bundle({"entry.js": text, "other.js": ""}, "entry.js")


def test_comments_go_and_what_looks_like_one_stays() -> None:
    text = (
        '/**\n * What it does.\n */\nconst address = "https://example.org"; // a place\n\n'
        '  // on its own\nconst said = "no // comment";\nconst marks = /\\*\\*(.+)/;\n'
    )
    assert strip_comments(text) == (
        'const address = "https://example.org";\nconst said = "no // comment";\nconst marks = /\\*\\*(.+)/;\n'
    )


def test_a_style_sheet_loses_its_comments_alone() -> None:
    text = '/* What\n * it is for. */\n.a::before {\n  content: ""; /* nothing */\n\n  width: calc(50% - 1px);\n}\n'
    assert bundle_style({"a.css": text}, "a.css") == '.a::before {\ncontent: "";\nwidth: calc(50% - 1px);\n}\n'


def test_a_style_sheet_holds_what_it_imports() -> None:
    sheets = {"entry.css": '@import url("first.css");\np { color: red; }\n', "first.css": "p { color: blue; }\n"}
    assert bundle_style(sheets, "entry.css") == "p { color: blue; }\np { color: red; }\n"


def test_the_widget_can_be_sent_in_one() -> None:
    """Fails where a module uses another form of import or export; see chat/bundle.py for those that it knows."""
    assert "import {" not in bundle(WIDGET_MODULES, "chat.js")


def test_no_text_in_the_widget_spans_lines() -> None:
    """What looks like a comment on a line of its own is one, only as long as no template literal has lines."""
    for name, text in WIDGET_MODULES.items():
        for number, line in enumerate(strip_comments(text).splitlines(), 1):
            assert line.count("`") % 2 == 0, f"{name}, near line {number}: {line}"
