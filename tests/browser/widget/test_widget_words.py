"""The widget's sources: all its words are content, in both languages, and it keeps to what it promises."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[3]
WIDGET = ROOT / "chat" / "widget"
MODULES = sorted(WIDGET.glob("*.js"))
LONGEST_MODULE = 200
MAY_KEEP = "keep.js"  # only where the site's settings say so: tests/browser/widget/test_widget_keeping.py


def read_words(language: str) -> dict[str, str]:
    path = ROOT / "content" / "library" / "system" / language / "widget.yml"
    words: dict[str, str] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return words


def find_used_keys() -> set[str]:
    source = "\n".join(path.read_text(encoding="utf-8") for path in MODULES)
    return set(re.findall(r"""(?:say\(|"data-(?:word|label)": )"([\w.]+)\"""", source))


def test_every_word_used_is_there() -> None:
    missing = {f"widget.{key}" for key in find_used_keys()} - set(read_words("en"))
    assert not missing, f"add to content/library/system/*/widget.yml: {sorted(missing)}"


def test_both_languages_have_the_same_words_and_placeholders() -> None:
    english, welsh = read_words("en"), read_words("cy")
    assert english.keys() == welsh.keys()
    for key, words in english.items():
        assert set(re.findall(r"\{\w+\}", words)) == set(re.findall(r"\{\w+\}", welsh[key])), key


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_module_is_short_and_keeps_nothing(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert source.count("\n") <= LONGEST_MODULE, f"split {path.name}"
    for forbidden in (
        "innerHTML",
        "insertAdjacentHTML",
        "localStorage",
        "document.cookie",
        "eval(",
        "setItem",
    ):
        is_allowed = forbidden == "setItem" and path.name == MAY_KEEP
        assert is_allowed or forbidden not in source, f"{path.name} uses {forbidden}"


def test_page_of_the_demo_holds_no_inline_script_or_style() -> None:
    page = (WIDGET / "demo.html").read_text(encoding="utf-8")
    assert not re.search(r"<style|style=|\son\w+=|<script(?![^>]*\ssrc=)", page)
