"""Modules in one do what they do apart."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from chat.bundle import bundle

RUN = """async (text) => {
    await import("data:text/javascript," + encodeURIComponent(text));
    return window.result;
}"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page()
    yield page
    page.close()


def test_imports_of_all_kinds_find_what_they_name(page: Page) -> None:
    modules = {
        "entry.js": """\
import { double as twice, NAME } from "./numbers.js";
import {
  Box,
  later,
} from "./some-boxes.js";
window.result = [twice(4), NAME, new Box(2).inside, later(1) instanceof Promise];
""",
        "some-boxes.js": """\
import { double } from "./numbers.js";
const own = 1;
export class Box {
  constructor(n) { this.inside = double(n) + own; }
}
export async function later(n) {
  return n;
}
""",
        "numbers.js": """\
const own = 2;
export function double(n) {
  return n * own;
}
export const NAME = "numbers";
""",
    }
    assert page.evaluate(RUN, bundle(modules, "entry.js")) == [8, "numbers", 5, True]


def test_a_module_that_many_import_runs_once(page: Page) -> None:
    modules = {
        "entry.js": 'import { a } from "./a.js";\nimport { b } from "./b.js";\nwindow.result = [a, b];\n',
        "a.js": 'import { next } from "./count.js";\nexport const a = next();\n',
        "b.js": 'import { next } from "./count.js";\nexport const b = next();\n',
        "count.js": "let count = 0;\nexport const next = () => ++count;\n",
    }
    assert page.evaluate(RUN, bundle(modules, "entry.js")) == [1, 2]
