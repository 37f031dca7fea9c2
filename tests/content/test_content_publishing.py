"""Publishing and rolling back, in a database."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from content import drafts, publishing, workflow
from content.building import Draft
from content.errors import BrokenContent, BrokenRelease
from content.importing import import_library
from content.models import Helpline, ReleaseRecord, Revision, SystemWord, Variant
from content.profile import Profile
from content.variants import find_variant

Build = Callable[..., Any]


@pytest.fixture
def published(session: Session, make_snapshot: Build) -> Session:
    """A session of a database with the small library as release 1."""
    import_library(session, make_snapshot(), "starter", "first")
    publishing.publish(session, "ann", "first")
    session.commit()
    return session


def english(session: Session) -> Variant:
    return session.scalars(select(Variant).where(Variant.language == "en")).one()


def shown(release: Any) -> str:
    found = find_variant(release, "consent", "explain", Profile())
    assert found is not None
    return "".join(found.variant.bubbles)


def test_what_was_imported_is_what_is_published(published: Session, make_release: Build) -> None:
    release = publishing.latest(published)
    assert release is not None
    assert release.number == 1
    expected = make_release()
    assert release.helplines == expected.helplines
    assert release.routing == expected.routing
    assert release.system == expected.system
    assert set(release.variants) == set(expected.variants)
    assert release.topics == expected.topics
    assert {revision.stage for revision in published.scalars(select(Revision))} == {"published"}


def test_nothing_before_the_first_publish(session: Session) -> None:
    assert publishing.latest(session) is None


def test_a_draft_goes_live_with_the_next_publish(published: Session) -> None:
    drafts.save_draft(published, english(published), ["A free and happy yes."], "bea", "warmer")
    assert shown(publishing.latest(published)) == "Consent is a free yes."
    release = publishing.publish(published, "ann", "warmer words")
    assert release.number == 2
    assert shown(release) == "A free and happy yes."
    assert [r.stage for r in english(published).revisions] == ["published", "published"]
    record = published.get(ReleaseRecord, 2)
    assert record is not None
    assert (record.who, record.why) == ("ann", "warmer words")


def test_a_text_in_review_waits_for_its_approval(published: Session) -> None:
    revision = drafts.save_draft(published, english(published), ["Waiting."], "bea")
    workflow.send_for_review(revision)
    assert shown(publishing.publish(published, "ann", "something else")) == "Consent is a free yes."
    workflow.approve(revision, "cai", workflow.REVIEWER)
    assert shown(publishing.publish(published, "ann", "approved")) == "Waiting."


def test_drafts_can_be_left_out(published: Session) -> None:
    drafts.save_draft(published, english(published), ["A draft."], "bea")
    drafts.save_words(published, "en", "concern", "New words.", "bea")
    release = publishing.publish(published, "ann", "only approved", with_drafts=False)
    assert shown(release) == "Consent is a free yes."
    assert release.word("concern", "en") == "concern in English"
    assert release.sha256 == publishing.load(published, 1).sha256
    with_them = publishing.publish(published, "ann", "all")
    assert shown(with_them) == "A draft."
    assert with_them.word("concern", "en") == "New words."


def test_system_words_are_drafted_and_published(published: Session) -> None:
    drafts.save_words(published, "cy", "concern", ["Un", "Dau"], "bea")
    before = publishing.latest(published)
    assert before is not None
    assert before.say("concern", "cy") == ["concern yn Gymraeg"]
    assert publishing.publish(published, "ann", "words").say("concern", "cy") == ["Un", "Dau"]
    word = published.get(SystemWord, ("cy", "concern"))
    assert word is not None
    assert (word.value, word.draft) == (["Un", "Dau"], None)


def test_roll_back_publishes_the_old_snapshot_again(published: Session) -> None:
    drafts.save_draft(published, english(published), ["A mistake."], "bea")
    publishing.publish(published, "ann", "a mistake")
    release = publishing.roll_back(published, 1, "ann", "that was a mistake")
    assert release.number == 3
    assert release.sha256 == publishing.load(published, 1).sha256
    assert shown(publishing.latest(published)) == "Consent is a free yes."
    with pytest.raises(LookupError):
        publishing.roll_back(published, 99, "ann", "no such release")


def test_a_tampered_release_is_not_rolled_back_to(published: Session) -> None:
    published.execute(text("UPDATE releases SET snapshot = replace(snapshot, '0800 0000', '0900 0000')"))
    with pytest.raises(BrokenRelease):
        publishing.roll_back(published, 1, "ann", "back")


def test_a_release_never_changes(published: Session) -> None:
    record = published.get(ReleaseRecord, 1)
    assert record is not None
    record.why = "another reason"
    with pytest.raises(TypeError, match="published"):
        published.flush()


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda s: setattr(s.get(Helpline, "shout"), "hours", "sometimes"), "shout: hours"),
        (lambda s: setattr(s.get(Helpline, "shout"), "what_for", {"en": "Text 70577.", "cy": "x"}), "70577"),
        (lambda s: s.delete(s.get(Helpline, "shout")), "there is no helpline 'shout'"),
        (lambda s: s.delete(s.get(SystemWord, ("en", "emergency"))), "emergency: the words are missing"),
        (
            lambda s: s.add(Revision(variant=english(s), number=9, body=["x" * 300], author="bea")),
            "300 characters",
        ),
    ],
)
def test_what_may_not_be_published_is_refused_and_nothing_changes(
    published: Session, change: Callable[[Session], Any], named: str
) -> None:
    change(published)
    with pytest.raises(BrokenContent, match=named):
        publishing.publish(published, "ann", "should fail")
    published.rollback()
    release = publishing.latest(published)
    assert release is not None
    assert release.number == 1


def test_nothing_of_a_publish_is_there_before_the_commit(published: Session, engine: Engine) -> None:
    drafts.save_draft(published, english(published), ["Half done."], "bea")
    publishing.publish(published, "ann", "then the machine stops")
    with Session(engine) as other:
        release = publishing.latest(other)
        assert release is not None
        assert release.number == 1
    published.rollback()
    assert len(english(published).revisions) == 1


def test_two_people_can_not_publish_at_once(published: Session, engine: Engine) -> None:
    publishing.publish(published, "ann", "first of two")
    with Session(engine) as other:
        other.execute(text("PRAGMA busy_timeout = 50"))
        with pytest.raises(OperationalError, match="locked"):
            publishing.publish(other, "bea", "second of two")
    published.commit()
    with Session(engine) as other, other.begin():
        assert publishing.publish(other, "bea", "once more").number == 3


def test_no_one_edits_while_a_release_is_built(
    published: Session, engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An edit between reading the texts and marking them would be called published and never be shown."""
    refused = []

    def build(session: Session, **options: Any) -> Draft:
        with Session(engine) as other:
            other.execute(text("PRAGMA busy_timeout = 50"))
            try:
                drafts.save_draft(other, english(other), ["In between."], "bea")
            except OperationalError as error:
                refused.append(error)
        return found(session, **options)

    found = publishing.build
    monkeypatch.setattr(publishing, "build", build)
    publishing.publish(published, "ann", "while others write")
    assert len(refused) == 1


def test_importing_again_keeps_what_local_people_did(published: Session, make_snapshot: Build) -> None:
    line = published.get(Helpline, "childline")
    assert line is not None
    line.checked_on, line.checked_by = line.checked_on or publishing.utc_now().date(), "bea"
    line.hours = "Mo-Fr 09:00-17:00"
    snapshot = json.loads(json.dumps(make_snapshot()))
    snapshot["variants"][0]["bubbles"] = ["Newer words."]
    snapshot["routing"]["unknown"] = ["shout"]
    snapshot["helplines"][3]["hours"] = "Mo-Su 10:00-11:00"
    assert import_library(published, snapshot, "upgrade", "new version") == 1
    assert published.get_one(Helpline, "childline").hours == "Mo-Fr 09:00-17:00"
    assert published.get_one(Helpline, "shout").hours == "Mo-Su 10:00-11:00"
    before = publishing.latest(published)
    assert shown(before) == "Consent is a free yes."
    release = publishing.publish(published, "ann", "upgrade")
    assert shown(release) == "Newer words."
    assert release.routing.unknown == ("childline", "shout")


def test_importing_twice_changes_nothing(published: Session, make_snapshot: Build) -> None:
    assert import_library(published, make_snapshot(), "upgrade", "again") == 0
    assert publishing.publish(published, "ann", "again").sha256 == publishing.load(published, 1).sha256
