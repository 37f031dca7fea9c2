"""Pictures: drawn by us, harmless, and told in words."""

from collections.abc import Callable
from typing import Any

import pytest

from content.library import read_library
from content.pictures import check_picture
from content.release import Release
from content.settings import LIBRARY
from content.soundness import find_problems

SVG = '<svg viewBox="0 0 8 8" xmlns="http://www.w3.org/2000/svg">{}</svg>'
ALT = {"en": "A line", "cy": "Llinell"}


def problems(inside: str, **changes: Any) -> list[str]:
    return list(check_picture({"svg": SVG.format(inside), "alt": ALT} | changes))


def test_a_plain_drawing_is_sound() -> None:
    assert problems('<g fill="#fff"><path d="M0 0h8"/><circle r="2" cx="4" cy="4"/></g>') == []


@pytest.mark.parametrize(
    ("inside", "named"),
    [
        ("<script>alert(1)</script>", "'script' is not allowed"),
        ('<path d="M0 0" onclick="x()"/>', "'onclick' of 'path'"),
        ('<image href="https://example.org/a.png"/>', "'image' is not allowed"),
        ('<rect fill="url(https://example.org/a)"/>', "'fill' of 'rect'"),
        ("<foreignObject/>", "'foreignObject' is not allowed"),
        ("<!-- a --><path/>", "nothing but elements"),
        ("<path>", "is not XML"),
        ("<path d='" + "M0 0" * 3000 + "'/>", "at most 8000"),
    ],
)
def test_what_could_do_more_than_draw_is_refused(inside: str, named: str) -> None:
    assert any(named in problem for problem in problems(inside))


def test_an_entity_is_refused() -> None:
    bomb = '<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG.format("")
    assert list(check_picture({"svg": bomb, "alt": ALT})) == ["must hold nothing but elements"]


def test_a_picture_without_words_is_refused() -> None:
    assert problems("<path/>", alt={"en": "A line"}) == ["alt in 'cy' must have 1 to 160 characters"]


def test_a_text_names_a_picture_that_is_there(
    make_snapshot: Callable[..., Any], make_variant: Callable[..., Any]
) -> None:
    snapshot = make_snapshot(variants=[make_variant(picture="gone")])
    assert "consent/explain/en: there is no picture 'gone'" in list(find_problems(snapshot))


def test_every_picture_that_ships_is_used() -> None:
    release = Release.from_snapshot(read_library(LIBRARY))
    assert {variant.picture for variant in release.variants if variant.picture} == set(release.pictures)
