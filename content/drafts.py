"""Changes to the texts before they are published. The caller's session; the caller commits."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from content import checks
from content.activities import check_activity
from content.banned import find_banned_in, find_banned_in_line
from content.errors import BrokenContent
from content.models import Activity, Helpline, Revision, SystemWord, Variant
from content.models.base import utc_now
from content.models.releases import Words
from content.models.workflow import CHANGES_REQUESTED, DRAFT, IN_REVIEW
from content.release import to_canonical_json
from content.workflow import write

NOT_YET = (DRAFT, IN_REVIEW, CHANGES_REQUESTED)


def save_draft(
    session: Session,
    variant: Variant,
    bubbles: Sequence[str],
    author: str,
    note: str = "",
    *,
    picture: str | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    page: str | None = None,
    by_itself: bool = False,
) -> Revision:
    """A new revision of the variant. Raises BrokenContent for bubbles that may not be shown.

    With a day on which it starts or ends, the older text is shown before and after. `page` names the open page that
    saves, `by_itself` when nobody pressed a button: what it saves next then takes the place of what it saved before,
    so that one writing is one revision. What reviewers said stays in sight until the text is approved.
    """
    problems = list(checks.check_bubbles(list(bubbles), checks.MAX_BUBBLES_OF_TEXT))
    _refuse(problems or [p for number, text in enumerate(bubbles, 1) for p in find_problems(text, number)])
    newest = variant.newest
    if newest is not None and _goes_on(newest, author, page):
        revision = newest
        revision.created_at = utc_now()
    else:
        revision = Revision(number=newest.number + 1 if newest else 1, author=author)
        revision.comments = list(newest.comments) if newest is not None and newest.stage in NOT_YET else []
        variant.revisions.append(revision)
    revision.body, revision.note, revision.picture = list(bubbles), note, picture
    revision.starts_on, revision.ends_on = starts_on, ends_on
    revision.saved_from = page if by_itself else None
    session.add(variant)
    session.flush()
    return revision


def save_words(session: Session, language: str, key: str, words: Words, author: str) -> SystemWord:
    """A system message that goes live with the next publish. Raises BrokenContent when it is empty."""
    if not words:
        _refuse([f"{key}: {problem}" for problem in checks.check_system_words(words)])
    texts = [words] if isinstance(words, str) else words
    _refuse([problem for text in texts for problem in find_word_problems(text, key)])
    word = session.get(SystemWord, (language, key)) or SystemWord(language=language, key=key)
    word.draft = None if words == word.value else words
    write(word, author)
    session.add(word)
    session.flush()
    return word


def save_activity(session: Session, item: dict[str, Any], author: str) -> Activity:
    """A draft of a story, quiz or self-check, in the library's shape. Raises BrokenContent."""
    _refuse([*check_activity(item), *find_banned_in(to_canonical_json(item), f"{item.get('kind')} {item.get('id')}")])
    key = (item["kind"], item["id"], item["language"])
    activity = session.get(Activity, key) or Activity(kind=key[0], id=key[1], language=key[2])
    activity.draft = None if item == activity.value else item
    write(activity, author)
    session.add(activity)
    session.flush()
    return activity


def save_helpline(session: Session, item: dict[str, Any], author: str) -> Helpline:
    """A draft of a helpline that exists, in the library's shape. Raises BrokenContent."""
    line = session.get(Helpline, item.get("id"))
    problems = [*checks.check_helpline(item), *find_banned_in_line(item)]
    _refuse(problems if line is not None else [*problems, f"there is no helpline {item.get('id')!r}"])
    assert line is not None
    line.draft = None if item == line.as_library_item() else item
    write(line, author)
    session.flush()
    return line


def _goes_on(newest: Revision, author: str, page: str | None) -> bool:
    """Whether this page made the newest draft by itself, and nobody has done anything with it since."""
    is_same = page is not None and (newest.saved_from, newest.author) == (page, author)
    return is_same and newest.stage == DRAFT


def find_problems(bubble: str, number: int) -> Iterator[str]:
    """What forbids this bubble, so that it can be said beside it; `number` counts from 1."""
    yield from checks.check_bubble(bubble, number)
    yield from find_banned_in(bubble, f"bubble {number}")


def find_word_problems(text: str, where: str) -> Iterator[str]:
    """What forbids this text of a system message; each sentence starts with `where`."""
    yield from (f"{where}: {problem}" for problem in checks.check_system_words(text))
    yield from find_banned_in(text, where)


def _refuse(problems: list[str]) -> None:
    if problems:
        raise BrokenContent(problems)
