"""Proposals to the assessor, from the first idea to the export. The caller's session; the caller commits."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from content import workflow
from content.errors import BrokenContent
from content.models.proposals import EXAMPLE, PHRASE_LENGTH, PROPOSAL_KINDS, Proposal
from content.models.topics import NOTE_LENGTH
from content.models.workflow import APPROVED, CHANGES_REQUESTED, IN_REVIEW, PUBLISHED
from content.taxonomy import ABOUT, NEEDS, URGENCIES

LANGUAGES = ("en", "cy", "mixed")  # of a phrase
# What a phrase is an example of, as in data/assessor: near-misses where nothing is wrong, else how it is told.
NEAR_MISSES = (
    "smalltalk", "question", "negation", "idiom", "game", "fiction", "sport", "homework", "insult", "consenting",
    "past_fine", "stress", "other",
)  # fmt: skip
STYLES = (
    "plain", "indirect", "ramble", "minimising", "joking", "self_blame", "one_word", "textspeak", "dialect",
    "misspelt", "formal", "voice", "followup",
)  # fmt: skip
# What may lead to a person has no place in training data. Rather one harmless phrase too many is refused.
FORBIDDEN = {
    "a phone number, or another long number": re.compile(r"\d(?:[\s().+/-]*\d){6,}"),
    "an e-mail address or a user name": re.compile(r"@\s?[\w.]|\[at\]|\(at\)", re.IGNORECASE),
    "a link": re.compile(
        r"\w+://|\bwww\.|\bt\.me\b|\b[\w-]+\.(?:com|co|uk|org|net|io|gg|ly|tv|app|info|cymru|wales)\b", re.IGNORECASE
    ),
}


def propose(session: Session, who: str, *, kind: str, phrase: str, labels: dict[str, Any], why: str) -> Proposal:
    """A new proposal, which waits for approval at once. Raises BrokenContent."""
    _refuse([*find_problems(kind, phrase, labels, why), *_find_twin(session, phrase, None)])
    proposal = Proposal(kind=kind, phrase=phrase, labels=labels, why=why, comments=[])
    workflow.write(proposal, who)
    workflow.send_for_review(proposal)
    session.add(proposal)
    session.flush()
    return proposal


def mend(session: Session, proposal: Proposal, who: str, *, phrase: str, labels: dict[str, Any], why: str) -> None:
    """Write it anew after it was sent back; it waits for approval again. Raises BrokenContent."""
    if proposal.stage not in (CHANGES_REQUESTED, IN_REVIEW):
        raise workflow.NotAllowed("It is approved, so it can not be changed.")
    if proposal.author != who:
        raise workflow.NotAllowed("Only the person who proposed it can change it.")
    _refuse([*find_problems(proposal.kind, phrase, labels, why), *_find_twin(session, phrase, proposal.id)])
    proposal.phrase, proposal.labels, proposal.why = phrase, labels, why
    workflow.write(proposal, who)
    workflow.send_for_review(proposal)
    session.flush()


def find_problems(kind: str, phrase: str, labels: dict[str, Any], why: str) -> Iterator[str]:
    """What keeps it from being proposed."""
    if kind not in PROPOSAL_KINDS:
        yield f"the kind {kind!r} is not one of {PROPOSAL_KINDS}"
    yield from find_problems_of_phrase(phrase)
    yield from find_problems_of_labels(labels)
    yield from find_problems_of_reason(why)


def find_problems_of_phrase(phrase: str) -> Iterator[str]:
    """What keeps these words out of the training data."""
    if not phrase.strip() or len(phrase) > PHRASE_LENGTH:
        yield f"the words must have 1 to {PHRASE_LENGTH} characters"
    yield from (f"the words hold {found}; leave it out" for found in find_personal(phrase))


def find_problems_of_reason(why: str) -> Iterator[str]:
    """What is wrong with the reason given to those who approve."""
    if not why.strip() or len(why) > NOTE_LENGTH:
        yield f"the reason must have 1 to {NOTE_LENGTH} characters"
    yield from (f"the reason holds {found}; leave it out" for found in find_personal(why))


def find_personal(text: str) -> Iterator[str]:
    """What in a text may lead to a person: a number, an address, a link."""
    shown = "".join(sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf")
    yield from (what for what, pattern in FORBIDDEN.items() if pattern.search(shown))


def find_problems_of_labels(labels: dict[str, Any]) -> Iterator[str]:
    """What the training data would not take."""
    urgency, needs = labels.get("urgency"), labels.get("needs") or []
    for name, allowed in (("urgency", URGENCIES), ("about", ABOUT), ("language", LANGUAGES)):
        if labels.get(name) not in allowed:
            yield f"{name} is {labels.get(name)!r}; it must be one of {allowed}"
    if not set(needs) <= set(NEEDS):
        yield f"needs {needs!r} are not all ids of the taxonomy"
    if bool(needs) is (urgency == "none"):
        yield "a message with nothing wrong has no need" if needs else "choose the need that comes first"
    pattern = labels.get("pattern") or ""  # of a rule, for those who can write one
    if not isinstance(pattern, str) or len(pattern) > NOTE_LENGTH:
        yield f"the pattern must be a text of at most {NOTE_LENGTH} characters"
    else:
        yield from (f"the pattern holds {found}; leave it out" for found in find_personal(pattern))
    if labels.get("kind") not in (NEAR_MISSES if urgency == "none" else STYLES):
        yield f"the kind {labels.get('kind')!r} does not go with the level {urgency!r}"


def in_order(session: Session) -> Sequence[Proposal]:
    """All proposals, the newest first."""
    return session.scalars(select(Proposal).order_by(Proposal.id.desc())).all()


def to_export(session: Session, kind: str = EXAMPLE) -> Sequence[Proposal]:
    """What is approved and not yet added, the oldest first."""
    return session.scalars(
        select(Proposal).where(Proposal.kind == kind, Proposal.stage == APPROVED).order_by(Proposal.id)
    ).all()


def as_given(approved: Iterable[Proposal]) -> list[dict[str, Any]]:
    """Proposals as content/before_after.py counts them in."""
    return [{"id": one.id, "kind": one.kind, "phrase": one.phrase, "labels": one.labels} for one in approved]


def as_json_lines(examples: Iterable[Proposal]) -> str:
    """Examples in the form of data/assessor: one JSON object a line."""
    rows = ({"text": example.phrase} | example.labels for example in examples)
    names = ("text", "urgency", "about", "needs", "kind", "language")
    return "".join(json.dumps({name: row[name] for name in names}, ensure_ascii=False) + "\n" for row in rows)


def mark_added(session: Session, ids: Iterable[int]) -> int:
    """They are in the training data or the rules now; returns how many were waiting for that."""
    waiting = session.scalars(select(Proposal).where(Proposal.id.in_(list(ids)), Proposal.stage == APPROVED)).all()
    for proposal in waiting:
        proposal.stage = PUBLISHED
    session.flush()
    return len(waiting)


def _find_twin(session: Session, phrase: str, but: int | None) -> Iterator[str]:
    for other in session.scalars(select(Proposal).where(Proposal.id != (but or 0))):
        if _plain(other.phrase) == _plain(phrase):
            yield f"these words are proposed already, as number {other.id}"


def _plain(phrase: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", "", phrase.lower()).split())


def _refuse(problems: list[str]) -> None:
    if problems:
        raise BrokenContent(problems)
