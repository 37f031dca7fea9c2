"""Changes to the texts before they are published. The caller's session; the caller commits."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy.orm import Session

from content import checks
from content.banned import find_banned_in
from content.errors import BrokenContent
from content.models import Revision, SystemWord, Variant
from content.models.releases import Words
from content.models.topics import APPROVED, DRAFT, IN_REVIEW


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
) -> Revision:
    """A new revision of the variant. Raises BrokenContent for bubbles that may not be shown.

    With a day on which it starts or ends, the older text is shown before and after.
    """
    problems = list(checks.check_bubbles(list(bubbles), checks.MAX_BUBBLES_OF_TEXT))
    _refuse(problems or [p for number, text in enumerate(bubbles, 1) for p in find_problems(text, number)])
    newest = variant.newest
    revision = Revision(
        number=newest.number + 1 if newest else 1,
        body=list(bubbles),
        picture=picture,
        starts_on=starts_on,
        ends_on=ends_on,
        status=DRAFT,
        author=author,
        note=note,
    )
    variant.revisions.append(revision)
    session.add(variant)
    session.flush()
    return revision


def send_for_review(session: Session, revision: Revision) -> None:
    """A draft that waits for an approval: it is left out of a publish until it has one."""
    _move(session, revision, DRAFT, IN_REVIEW)


def approve(session: Session, revision: Revision) -> None:
    _move(session, revision, IN_REVIEW, APPROVED)


def send_back(session: Session, revision: Revision) -> None:
    """A text in review goes back to being a draft."""
    _move(session, revision, IN_REVIEW, DRAFT)


def save_words(session: Session, language: str, key: str, words: Words) -> SystemWord:
    """A system message that goes live with the next publish. Raises BrokenContent when it is empty."""
    if not words:
        _refuse([f"{key}: {problem}" for problem in checks.check_system_words(words)])
    texts = [words] if isinstance(words, str) else words
    _refuse([problem for text in texts for problem in find_word_problems(text, key)])
    word = session.get(SystemWord, (language, key)) or SystemWord(language=language, key=key)
    word.draft = None if words == word.value else words
    session.add(word)
    session.flush()
    return word


def find_problems(bubble: str, number: int) -> Iterator[str]:
    """What forbids this bubble, so that it can be said beside it; `number` counts from 1."""
    yield from checks.check_bubble(bubble, number)
    yield from find_banned_in(bubble, f"bubble {number}")


def find_word_problems(text: str, where: str) -> Iterator[str]:
    """What forbids this text of a system message; each sentence starts with `where`."""
    yield from (f"{where}: {problem}" for problem in checks.check_system_words(text))
    yield from find_banned_in(text, where)


def _move(session: Session, revision: Revision, before: str, after: str) -> None:
    if revision.status != before:
        raise BrokenContent([f"The text is {revision.status}, not {before}."])
    revision.status = after
    session.flush()


def _refuse(problems: list[str]) -> None:
    if problems:
        raise BrokenContent(problems)
