"""Pictures: simple drawings of our own, as SVG, with what they show in words for those who do not see them."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree

from content.taxonomy import LANGUAGES

LARGEST = 8_000  # characters of SVG: a drawing, not a painting
LONGEST_ALT = 160  # characters
ELEMENTS = frozenset(
    {"svg", "g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "defs", "linearGradient", "stop"}
)
# No style sheets, no links to elsewhere, no scripts: a picture only draws.
ATTRIBUTES = frozenset({
    "viewBox", "width", "height", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry", "d", "points",
    "transform", "fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "stroke-dasharray", "opacity",
    "fill-opacity", "fill-rule", "id", "offset", "stop-color",
})  # fmt: skip
_NAMESPACE = "{http://www.w3.org/2000/svg}"
_ELSEWHERE = re.compile(r"url\((?!#)|javascript:|data:|//", re.IGNORECASE)


def check_picture(picture: Mapping[str, Any]) -> Iterator[str]:
    """One sentence for each thing to put right in a picture: its `svg`, and `alt` by language."""
    alt = picture.get("alt") or {}
    for language in LANGUAGES:
        if not 0 < len(alt.get(language) or "") <= LONGEST_ALT:
            yield f"alt in {language!r} must have 1 to {LONGEST_ALT} characters"
    svg = picture.get("svg") or ""
    if len(svg) > LARGEST:
        yield f"has {len(svg)} characters, at most {LARGEST} are allowed"
    elif "<!" in svg or "<?" in svg:
        yield "must hold nothing but elements"  # entities and processing instructions are never needed
    else:
        yield from _check_svg(svg)


def _check_svg(svg: str) -> Iterator[str]:
    try:
        root = ElementTree.fromstring(svg)
    except ElementTree.ParseError as error:
        yield f"is not XML: {error}"
        return
    if root.tag != f"{_NAMESPACE}svg" or "viewBox" not in root.attrib:
        yield "must be an svg element with a viewBox"
    for element in root.iter():
        name = element.tag.removeprefix(_NAMESPACE)
        if name not in ELEMENTS:
            yield f"the element {name!r} is not allowed"
        for attribute, value in element.attrib.items():
            if attribute not in ATTRIBUTES or _ELSEWHERE.search(value):
                yield f"the attribute {attribute!r} of {name!r} is not allowed"
