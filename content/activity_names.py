"""Ids of what staff name: of an activity by its title, of a story's scene by its name."""

import re
import unicodedata

from content.models.topics import ID_LENGTH


def to_id(words: str) -> str:
    """The words as an id: small letters without marks, digits and underscores; "" when nothing is left."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return "_".join(re.findall(r"[a-z0-9]+", plain.lower().replace("'", "")))[:ID_LENGTH].strip("_")
