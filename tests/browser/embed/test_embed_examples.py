"""Every example page of docs/embedding.md, from another origin than the chat's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from ops.stack import ROOT

if TYPE_CHECKING:
    from .conftest import OpenPage, Places

FOLDER = ROOT / "docs" / "examples" / "embedding"
FRAMED = {"iframe.html", "hwb-like.html"}
ALL = sorted(path.name for path in FOLDER.glob("*.html"))


@pytest.mark.parametrize("name", ALL)
def test_example_holds_one_chat_that_works(visit: OpenPage, name: str) -> None:
    someone = visit(name, frame="iframe" if name in FRAMED else None)
    if name not in FRAMED:
        someone.open()
    someone.say("hello")
    expect(someone.inside.locator("lantern-chat")).to_have_count(1)
    expect(someone.find("dialog.panel")).to_have_count(1)
    assert someone.complaints == []


def test_every_example_is_explained() -> None:
    explained = (ROOT / "docs" / "embedding.md").read_text(encoding="utf-8")
    assert [name for name in ALL if f"examples/embedding/{name}" not in explained] == []


@pytest.mark.parametrize("name", ["plain.html", "strict-csp-origin.html"])
def test_page_of_nobodys_site_still_shows_who_can_help(visit: OpenPage, places: Places, name: str) -> None:
    someone = visit(f"{places.elsewhere.url}/{name}")
    someone.find(".launcher").click()
    expect(someone.find(".log .notice")).to_contain_text("Lantern does not know this page")
    expect(someone.find(".log a[href='tel:08001111']")).to_be_visible()
    someone.find(".help-button").click()
    expect(someone.find("#help a[href='tel:999']")).to_be_visible()


def test_page_that_has_nothing_to_load_the_chat_with_shows_the_numbers(visit: OpenPage, places: Places) -> None:
    """A policy that lets the script in, and nothing else of the chat."""
    text = places.pages.texts["/strict-csp-nonce.html"].replace(f"connect-src {places.chat}", "connect-src 'none'")
    places.pages.texts["/half-allowed.html"] = text
    someone = visit("half-allowed.html")
    for href in ("tel:999", "tel:08001111"):
        expect(someone.find(f"a[href='{href}']")).to_be_visible()
