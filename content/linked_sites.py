"""Which sites the content sends people to: a link to one that is new is worth another look."""

import re
from collections.abc import Iterable, Iterator

from content.release import Release

_ADDRESS = re.compile(r"https://([\w.-]+)")
_LINK = re.compile(r"\]\(https://([\w.-]+)")
_known: dict[str, frozenset[str]] = {}  # of the newest release, by its hash


def sites_of(release: Release) -> frozenset[str]:
    """The hosts of every address in a release: in texts, helplines, and where facts come from."""
    if release.sha256 not in _known:
        found = frozenset(_plain(host) for host in _ADDRESS.findall(release.to_json()))
        _known.clear()
        _known[release.sha256] = found
    return _known[release.sha256]


def new_sites(bubbles: Iterable[str], known: frozenset[str]) -> Iterator[str]:
    """The hosts that the bubbles link to and that are neither known nor part of a known one, each once."""
    for host in dict.fromkeys(_plain(host) for bubble in bubbles for host in _LINK.findall(bubble)):
        parts = host.split(".")
        if not any(".".join(parts[start:]) in known for start in range(len(parts))):
            yield host


def _plain(host: str) -> str:
    return host.casefold().rstrip(".").removeprefix("www.")
