"""How well one colour can be seen on another, by the formula of WCAG 2."""

import re

COLOUR = re.compile(r"#[0-9a-f]{6}")

_WEIGHTS = (0.2126, 0.7152, 0.0722)  # of red, green and blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours such as #17475a: 1 for the same, 21 for black and white."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    parts = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    linear = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return sum(weight * part for weight, part in zip(_WEIGHTS, linear, strict=True))
