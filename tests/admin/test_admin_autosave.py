"""A page that saves by itself: what it keeps, what it leaves to a person, and what it says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from benchmarks.forms import read_form, with_values
from content.models import Activity, AuditEntry, Helpline, Revision, SystemWord
from content.reading import variant_for
from tests.admin.browsing import PASSWORD, Browser, press

SignIn = Callable[[str], Browser]
KEY = ("grooming", "explain", "en", "young_person", "any", "standard")
TEXT = "/topics/" + "/".join(KEY)
WORDS, HELPLINE, STORY = "/words/en/welcome", "/helplines/childline/edit", "/activities/story/gaming_friend/en/edit"
PAGE = "0123456789abcdef"


class Writing:
    """A page on which someone writes, with a script that saves."""

    def __init__(self, browser: Browser, path: str, name: str = PAGE) -> None:
        self.browser, self.path, self.name = browser, path, name
        self.page = browser.open(path)
        self.fields = read_form(self.page.html, "writing")

    def send(self, **changes: str) -> Any:
        sent: dict[str, list[str]] = {}
        for name, value in with_values(self.fields, page=self.name, **changes):
            sent.setdefault(name, []).append(value)
        return self.browser.client.post(self.path, data=sent, follow_redirects=True)

    def save(self, **changes: str) -> tuple[int, dict[str, Any]]:
        """What it is told. The next save is based on what was saved."""
        answer = self.send(by_itself="yes", **changes)
        if answer.json["outcome"] == "saved":
            self.go_on(answer.json)
        return answer.status_code, answer.json

    def go_on(self, said: dict[str, Any]) -> None:
        self.fields = with_values(self.fields, based_on=said["based_on"])


def revisions(session: Session) -> list[Revision]:
    session.expire_all()
    variant = variant_for(session, KEY)
    assert variant is not None
    return variant.revisions


def test_it_is_saved_as_a_draft_and_says_when(ann: Browser, session: Session) -> None:
    status, said = Writing(ann, TEXT).save(bubbles__0="Half a sent")
    assert (status, said["outcome"]) == (200, "saved")
    assert said["says"].startswith("Saved as a draft at ")
    newest = revisions(session)[-1]
    assert (newest.body[0], newest.stage, newest.author) == ("Half a sent", "draft", "ann@example.org")
    assert "Half a sent" in ann.open(TEXT).words


def test_one_writing_is_one_revision_and_the_log_has_each_step(ann: Browser, session: Session) -> None:
    page = Writing(ann, TEXT)
    for words in ("One", "One two", "One two three."):
        assert page.save(bubbles__0=words)[1]["outcome"] == "saved"
    assert [revision.number for revision in revisions(session)] == [1, 2]
    assert revisions(session)[-1].body[0] == "One two three."
    logged = session.scalars(select(AuditEntry).where(AuditEntry.name.endswith("revision 2"))).all()
    assert [entry.after["body"][0] for entry in logged] == ["One", "One two", "One two three."]
    assert not any("saved_from" in entry.after for entry in logged)
    done = page.send(bubbles__0="One two three.", note="done", was_saved="yes")
    assert "The draft is saved" in done.text
    assert [(r.number, r.note, r.saved_from) for r in revisions(session)[1:]] == [(2, "done", None)]
    Writing(ann, TEXT).save(bubbles__0="Four.")
    assert [revision.number for revision in revisions(session)] == [1, 2, 3]  # what a person saved stays as it is


def test_another_page_makes_a_revision_of_its_own(ann: Browser, session: Session) -> None:
    Writing(ann, TEXT).save(bubbles__0="At work.")
    Writing(ann, TEXT, "another-page-name").save(bubbles__0="At home.")
    assert [revision.body[0] for revision in revisions(session)[1:]] == ["At work.", "At home."]
    Writing(ann, TEXT, "x' OR 1=1 --").save(bubbles__0="Not a name.")
    assert revisions(session)[-1].saved_from is None


# The page of each kind of thing, and a field of it.
KINDS = {TEXT: "bubbles__0", WORDS: "bubbles__0", HELPLINE: "what_for_en", STORY: "title"}


def test_only_a_change_is_saved(ann: Browser, session: Session) -> None:
    for path, field in KINDS.items():
        page = Writing(ann, path)
        assert page.save()[1]["outcome"] == "unchanged", path
        assert page.save(**{field: "Other words"})[1]["outcome"] == "saved", path
        assert page.save(**{field: "Other words"})[1]["outcome"] == "unchanged", path
    entries = session.scalars(select(AuditEntry).where(AuditEntry.who == "ann@example.org")).all()
    assert sorted(entry.kind for entry in entries) == ["activities", "helplines", "revisions", "system_words"]


def test_nobody_writes_over_what_they_have_not_seen(ann: Browser, signed_in: SignIn) -> None:
    reviewer = signed_in("reviewer")
    for path, field in KINDS.items():
        page, theirs = Writing(ann, path), Writing(reviewer, path, "another-page")
        assert theirs.save(**{field: "Other words"})[1]["outcome"] == "saved"
        status, said = page.save(**{field: "Mine"})
        assert (status, said["outcome"]) == (409, "overtaken")
        assert said["says"].startswith("reviewer@example.org saved this while you were writing.")
        if "bubbles" in field:
            assert said["theirs"][0] == "Other words"
        page.go_on(said)
        assert page.save(**{field: "Mine after all"})[1]["outcome"] == "saved"


def test_what_is_in_review_waits_for_a_person(ann: Browser, session: Session) -> None:
    for path, field in KINDS.items():
        Writing(ann, path).save(**{field: "Other words"})
        press(ann, ann.open(path.removesuffix("/edit")), "send")
        page = Writing(ann, path)
        status, said = page.save(**{field: "Changed"})
        assert (status, said["outcome"]) == (409, "held")
        assert "this is in review. Press “Save as draft”" in said["says"]
        assert "it is not saved by itself" in page.page.words
        assert page.save()[1]["outcome"] == "unchanged"
    session.expire_all()
    stages = [item.stage for item in everything(session) if item.author == "ann@example.org"]
    assert stages == ["in_review"] * len(KINDS)


def everything(session: Session) -> list[Any]:
    return [item for kind in (Revision, SystemWord, Activity, Helpline) for item in session.scalars(select(kind))]


def test_what_may_not_be_shown_is_not_saved_and_says_why(ann: Browser, session: Session) -> None:
    status, said = Writing(ann, TEXT).save(bubbles__0="x" * 241, bubbles__1="Text 70577 now.")
    assert (status, said["outcome"]) == (422, "refused")
    assert said["says"].startswith("Not saved yet. Bubble 1 has 241 characters")
    assert said["says"].endswith("There is one more thing to mend.")
    assert len(revisions(session)) == 1
    assert Writing(ann, STORY).save(title="")[1]["outcome"] == "refused"


def test_a_line_is_not_taken_out_of_use_by_itself(ann: Browser, session: Session) -> None:
    said = Writing(ann, HELPLINE).save(status="changed")[1]
    assert said["outcome"] == "refused"
    assert "to see from where it is linked" in said["says"]


def test_what_reviewers_said_stays_in_sight_while_it_is_mended(signed_in: SignIn) -> None:
    author, reviewer = signed_in("author"), signed_in("reviewer")
    press(author, author.send(author.open(TEXT), bubbles__0="A sentence of today."), "send")
    press(reviewer, reviewer.open(TEXT), "request_changes", "Shorter, please.")
    assert Writing(author, TEXT).save(bubbles__0="A sentence.")[1]["outcome"] == "saved"
    assert "Shorter, please." in author.open(TEXT).words


def test_advice_on_words_that_are_kept_nowhere(ann: Browser, session: Session) -> None:
    page = ann.open(TEXT)
    typed = {"bubbles-0": "They put themselves at risk. See [it](https://new.example/x).", "bubbles-1": "y" * 241}
    before = session.connection().exec_driver_sql("PRAGMA data_version").scalar()
    answer = ann.client.post(f"{TEXT}/lint", data={"csrf_token": page.form.fields["csrf_token"], **typed}).json
    assert session.connection().exec_driver_sql("PRAGMA data_version").scalar() == before  # no one has written
    assert any("says 'put themselves at risk'" in words for words in answer["findings"])
    assert any("links to new.example, and nothing else here does" in words for words in answer["findings"])
    assert answer["problems"] == ["Bubble 2 has 241 characters, at most 240 are allowed."]
    assert answer["grade"].startswith("Reads at grade ")
    assert answer["length"] == "2 bubbles, 8 words. The longest has 241 of 240 characters."
    welsh = ann.client.post(f"{WORDS.replace('en', 'cy', 1)}/lint", data={"bubbles-0": "Pam na wnest ti ddweud?"})
    assert welsh.status_code == 400  # without a token


def test_a_link_to_a_site_that_is_known_is_fine(ann: Browser) -> None:
    page = ann.open(WORDS)
    token = page.form.fields["csrf_token"]
    text = "[Childline](https://www.childline.org.uk/kids) [its page](https://deep.childline.org.uk)"
    assert ann.client.post(f"{WORDS}/lint", data={"csrf_token": token, "bubbles-0": text}).json["findings"] == []


def test_what_was_typed_is_shown_to_who_is_signed_out(app: Any, stranger: Browser, ann: Browser) -> None:
    sent = {"bubbles-0": "Words of an hour & more.", "based_on": "1"}
    answer = stranger.client.post(TEXT, data=sent)
    assert answer.status_code == 401
    page = stranger._read(answer, 401)
    assert page.text_of("h1") == "You are signed out"
    assert page.form.fields["bubbles-0"] == sent["bubbles-0"]
    assert "Words of an hour & more." in page.words
    late = ann._read(ann.client.post(TEXT, data=sent), 400)  # a token of a session that has ended
    assert "nothing is lost" in late.words
    assert "Someone else saved this text" in ann.send(late).words  # as if it had been sent like this at first


def test_a_page_that_is_only_open_keeps_nobody_signed_in(ann: Browser) -> None:
    token = ann.open(TEXT).form.fields["csrf_token"]
    renewed = ann.client.post("/presence", data={"place": TEXT, "csrf_token": token})
    assert renewed.status_code == 200
    assert "Set-Cookie" not in renewed.headers
    assert "Set-Cookie" in ann.client.get(TEXT).headers


def test_a_page_that_is_still_open_does_not_disturb_signing_in_again(ann: Browser, stranger: Browser) -> None:
    """Its requests go on in another tab, with the cookie of the tab that signs in."""
    page = stranger.open("/sign-in")
    for path, sent in ((TEXT, {"by_itself": "yes", "bubbles-0": "x"}), ("/presence", {"place": TEXT}), (TEXT, {})):
        answer = stranger.client.post(path, data=sent)
        assert answer.status_code == (401 if "by_itself" in sent else 302)
        assert "Set-Cookie" not in answer.headers
    assert stranger.send(page, email="ann@example.org", password=PASSWORD).text_of("h1") == "Enter your code"
