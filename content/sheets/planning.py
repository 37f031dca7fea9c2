"""What the rows of a sheet would change, and what is wrong with them. Nothing is written."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content.changes import TEXT, Change
from content.changes import WORDS as SYSTEM_WORDS
from content.helplines import london_time
from content.models import Topic
from content.models.releases import Words
from content.reading import Key, newest_words, words_in_order
from content.reading import pictures as pictures_to_show
from content.release import hash_of, to_canonical_json
from content.sheets.checking import check_text, check_words, text_of, texts_of
from content.sheets.columns import TEXTS, Row
from content.sheets.standing import LASTING, Days, Text, days_of, standing_texts, variants_by_key


@dataclass(frozen=True)
class Problem:
    """What is wrong in one cell, or worth knowing about it. `table` and `row` say where; `column` is a heading."""

    table: str
    row: int
    column: str
    says: str


@dataclass
class Plan:
    """What would be drafted. `texts` and `words` are all the drafts to make, the oldest first.

    `changes` are in the order of the sheet, each with its row; one without `before` is new. A text that only has to
    come after a changed one again, to go on being shown on its days, is a draft and no change.
    """

    rows: int = 0
    unchanged: int = 0
    empty: int = 0  # rows between others with nothing in them
    changes: list[tuple[int, Change]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    texts: list[tuple[Key, Text]] = field(default_factory=list)
    words: list[tuple[str, str, Words]] = field(default_factory=list)

    @property
    def new(self) -> int:
        return sum(change.before is None for _, change in self.changes)

    @property
    def changed(self) -> int:
        return len(self.changes) - self.new

    @property
    def bad_rows(self) -> int:
        return len({(problem.table, problem.row) for problem in self.problems})

    @property
    def fingerprint(self) -> str:
        """The same for two plans that would change the same and refuse the same."""
        said = [[row, change.kind, change.names, change.before, change.after] for row, change in self.changes]
        return hash_of(to_canonical_json({"changes": said, "bad": [str(problem) for problem in self.problems]}))


def plan(session: Session, rows: Sequence[Row]) -> Plan:
    """What these rows would change, compared with the newest texts, published or not."""
    made = Plan(rows=len(rows), empty=_gaps(rows), notes=list(_notes(rows)))
    _plan_texts(session, [row for row in rows if row.table == TEXTS], made)
    _plan_words(session, [row for row in rows if row.table != TEXTS], made)
    return made


def _plan_texts(session: Session, rows: Sequence[Row], made: Plan) -> None:
    if not rows:
        return
    today = london_time(None).date()
    topics, pictures = set(session.scalars(select(Topic.id))), set(pictures_to_show(session))
    variants = variants_by_key(session)
    wanted: dict[Key, dict[Days, tuple[Row, Text]]] = {}
    for row in rows:
        problems = [Problem(TEXTS, row.number, *problem) for problem in check_text(row, topics, pictures)]
        if not problems:
            key, text = text_of(row)
            days = days_of(text, today)
            first = wanted.setdefault(key, {}).setdefault(days, (row, text))[0]
            if first is not row:
                says = (
                    f"This is the same text as in row {first.number}: one row for the same readers and days is enough."
                )
                problems = [Problem(TEXTS, row.number, "topic", says)]
        made.problems += problems
    for key, by_days in wanted.items():
        variant = variants.get(key)
        standing = standing_texts(variant.revisions, today) if variant else {}
        _plan_variant(key, by_days, {days: _tidy(text) for days, text in standing.items()}, made)
    made.changes.sort(key=lambda change: change[0])


def _plan_variant(key: Key, wanted: dict[Days, tuple[Row, Text]], standing: dict[Days, Text], made: Plan) -> None:
    # The oldest first: what stays, then what comes or goes on a day, then what is new; higher up is in front.
    order = [*([LASTING] if LASTING in wanted else []), *reversed(standing), *reversed(wanted)]
    is_behind_a_change = False
    for days in dict.fromkeys(order):
        before = standing.get(days)
        row, after = wanted.get(days, (None, before))
        assert after is not None
        if after != before:
            is_behind_a_change = True
            if row is not None:
                change = Change(TEXT, key, None if before is None else _lines(before), _lines(after))
                made.changes.append((row.number, change))
        elif row is not None:
            made.unchanged += 1
        if is_behind_a_change:
            made.texts.append((key, after))


def _plan_words(session: Session, rows: Sequence[Row], made: Plan) -> None:
    if not rows:
        return
    known = {(word.language, word.key): newest_words(word) for word in words_in_order(session)}
    by_key = {key: words for (_, key), words in known.items() if words is not None}
    seen: dict[tuple[str, str], int] = {}
    changes = []
    for row in rows:
        name = (row.cells["language"].strip(), row.cells["key"].strip())
        before = known.get(name)
        shape = before if before is not None else by_key.get(name[1])  # one text or several: as in another language
        problems = [Problem(row.table, row.number, *problem) for problem in check_words(row, by_key, shape)]
        if not problems and seen.setdefault(name, row.number) != row.number:
            says = f"This is for the same language and key as row {seen[name]}. Keep one of the two."
            problems = [Problem(row.table, row.number, "key", says)]
        made.problems += problems
        if problems:
            continue
        texts = texts_of(row)
        after: Words = texts[0] if isinstance(shape, str) else texts
        if _as_list(before) == texts:
            made.unchanged += 1
            continue
        made.words.append((*name, after))
        was = tuple(_as_list(before)) if before is not None else None
        changes.append((row.number, Change(SYSTEM_WORDS, name, was, tuple(texts))))
    made.changes += changes


def _notes(rows: Sequence[Row]) -> Iterator[Problem]:
    """Cells that hold something other than text, and how they were read."""
    for row in rows:
        for column, odd in row.odd.items():
            if odd == "formula":
                says = f"The cell holds a formula. It was read as the text {row.cells[column]!r}."
                yield Problem(row.table, row.number, column, says)
            elif column not in ("starts on", "ends on"):
                says = f"The cell holds a date. It was read as the text {row.cells[column]!r}."
                yield Problem(row.table, row.number, column, says)


def _gaps(rows: Sequence[Row]) -> int:
    return sum(after.number - row.number - 1 for row, after in pairwise(rows) if after.table == row.table)


def _as_list(words: Words | None) -> list[str]:
    return [text.strip() for text in ([words] if isinstance(words, str) else words or [])]


def _tidy(text: Text) -> Text:
    return text | {"bubbles": [bubble.strip() for bubble in text["bubbles"]]}


def _lines(text: Text) -> tuple[str, ...]:
    options: list[Any] = [f"{name}: {text[name]}" for name in ("picture", "starts_on", "ends_on") if text.get(name)]
    return (*options, *text["bubbles"])
