"""What forbids publishing a snapshot: every rule of content, over everything in it."""

from collections.abc import Iterator

from content import checks
from content.activities import check_activity
from content.banned import find_banned
from content.pictures import check_picture
from content.release import Snapshot
from content.sites import check_site
from content.support import WORDS
from content.taxonomy import DEFAULT_LANGUAGE


def find_problems(snapshot: Snapshot) -> Iterator[str]:
    """Everything that forbids publishing a snapshot, each naming the item."""
    for item in snapshot["variants"]:
        where = "/".join(str(item.get(key)) for key in ("topic", "section", "language"))
        yield from (f"{where}: {problem}" for problem in checks.check_variant(item))
        if item.get("picture") and item["picture"] not in snapshot.get("pictures", {}):
            yield f"{where}: there is no picture {item['picture']!r}"
    for name, picture in snapshot.get("pictures", {}).items():
        yield from (f"picture {name}: {problem}" for problem in check_picture(picture))
    for topic, pages in snapshot["topics"].items():
        if DEFAULT_LANGUAGE not in pages:
            yield f"{topic}: has no title in {DEFAULT_LANGUAGE!r}"
    helplines = {item["id"]: item for item in snapshot["helplines"]}
    for id_, item in helplines.items():
        yield from (f"{id_}: {problem}" for problem in checks.check_helpline(item))
    yield from (f"routing: {problem}" for problem in checks.check_routing(snapshot["routing"], helplines))
    for item in snapshot.get("activities", []):
        where = f"{item.get('kind')} {item.get('id')}, {item.get('language')}"
        yield from (f"{where}: {problem}" for problem in check_activity(item))
    for item in snapshot.get("sites", []):
        yield from (f"site {item.get('key')}: {problem}" for problem in check_site(item))
    for language, words in snapshot["system"].items():
        for key, value in words.items():
            yield from (f"{language} {key}: {problem}" for problem in checks.check_system_words(value))
    for key in WORDS:
        if key not in snapshot["system"].get(DEFAULT_LANGUAGE, {}):
            yield f"{DEFAULT_LANGUAGE} {key}: the words are missing"
    yield from find_banned(snapshot)
