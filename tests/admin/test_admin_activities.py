"""The list of activities, one of them, its map, its other language, its review, and trying it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from content import publishing
from content.building import build
from content.models import Activity
from content.models.workflow import APPROVED, CHANGES_REQUESTED, IN_REVIEW
from tests.admin.activity_pages import CHECK, QUIZ, STORY, fields, links, press, save
from tests.admin.browsing import Browser, Page

SignIn = Callable[[str], Browser]
WELSH_STORY = STORY.replace("/en", "/cy")


def kept(session: Session, path: str) -> Activity | None:
    session.expire_all()
    _, _, kind, id_, language = path.split("/")
    return session.get(Activity, (kind, id_, language))


def without_welsh(session: Session) -> None:
    session.delete(session.get_one(Activity, ("story", "gaming_friend", "cy")))
    session.commit()


def verb(browser: Browser, page: Page, what: str, says: str = "", status: int = 200) -> Page:
    form = next(form for form in page.forms if form.action.endswith("/review"))
    return browser.send(page, form, status=status, verb=what, says=says)


def test_the_list_says_topic_languages_stage_and_gaps(ann: Browser, session: Session) -> None:
    without_welsh(session)
    save(ann, ann.open(f"{QUIZ}/edit"), end="Well done.")
    page = ann.open("/activities")
    assert "Priya and Skyfox Grooming Live Open Priya and Skyfox, English Missing Start from English" in page.words
    assert "It happens to boys too Boys Not live yet Draft Open" in page.words
    assert "Am I OK? Mental health Live" in page.words
    assert {"/activities/new/story", "/activities/new/quiz", "/activities/new/self_check"} <= set(links(page))


def test_it_is_in_the_navigation(ann: Browser) -> None:
    assert "/activities" in links(ann.open("/"))


def test_the_draft_stands_beside_what_is_live(ann: Browser) -> None:
    assert "Draft, with what is live beside it" not in ann.open(QUIZ).words
    page = save(ann, ann.open(f"{QUIZ}/edit"), end="Quite new words.")
    assert "Draft, with what is live beside it" in page.words
    assert "At the end Draft Quite new words. Live That's the quiz done." in page.words
    assert page.words.count("Live Which boys can be groomed") == 0


def test_each_box_of_the_map_leads_to_its_scene(ann: Browser) -> None:
    for path in (STORY, f"{STORY}/edit"):
        page = ann.open(path)
        assert "<svg" in page.html
        in_map = [href for href in links(page) if href.startswith("#scene-")]
        assert {f"#scene-{number}" for number in range(1, 18)} == set(in_map)
        assert "The map as a list" in page.words
        assert not any("style" in given for _, given in page.tags)


def test_the_map_marks_dead_ends_and_lost_scenes_by_word_and_shape(ann: Browser) -> None:
    page = ann.open(f"{STORY}/edit")
    assert "Dead end" not in page.words
    page = press(ann, page, "add:scenes")
    assert page.text_of("svg").count("Dead end Nothing leads here") == 1
    edges = [given["class"] for _, given in page.tags if given.get("class", "").startswith("map__box--")]
    assert not edges
    assert any("map__box--dead_end map__box--unreachable" in given.get("class", "") for _, given in page.tags)


def test_the_other_language_starts_as_a_copy_and_is_marked(ann: Browser, session: Session) -> None:
    without_welsh(session)
    page = ann.open(STORY)
    form = next(form for form in page.forms if form.action.endswith("/cy/copy"))
    page = ann.send(page, form)
    assert page.path == f"{WELSH_STORY}/edit"
    assert "Copied" in page.words
    assert page.words.count("Not yet translated.") > 50
    copied = kept(session, WELSH_STORY)
    assert copied.draft["nodes"] == kept(session, STORY).value["nodes"]
    assert copied.stage == CHANGES_REQUESTED
    page = save(ann, page, title="Priya a Skyfox", scenes__0__text="Mae Priya yn 13.\n\nBeth nawr?")
    assert "It waits for approval, because some of it is not yet translated" in page.words
    assert kept(session, WELSH_STORY).stage == CHANGES_REQUESTED
    titles = [item["title"] for item in build(session).snapshot["activities"]]
    assert "Priya a Skyfox" not in titles
    page = ann.open(f"{WELSH_STORY}/edit")
    assert {given.get("lang") for tag, given in page.tags if tag == "textarea"} == {"cy", "en"}
    assert "Not yet translated" not in ann.open(f"{STORY}/edit").words


def test_a_copy_never_writes_over_what_is_there(ann: Browser, session: Session) -> None:
    token = fields(ann.open(f"{STORY}/edit"))["csrf_token"]
    for path, status in ((WELSH_STORY, 302), (STORY.replace("/en", "/fr"), 404), ("/activities/story/nobody/cy", 404)):
        assert ann.client.post(f"{path}/copy", data={"csrf_token": token}).status_code == status
    assert kept(session, WELSH_STORY).draft is None


def test_a_draft_is_sent_approved_and_goes_live(ann: Browser, signed_in: SignIn, session: Session) -> None:
    author, reviewer = signed_in("author"), signed_in("reviewer")
    page = save(author, author.open(f"{QUIZ}/edit"), end="Well done, you.")
    page = verb(author, page, "send")
    assert kept(session, QUIZ).stage == IN_REVIEW
    verb(author, page, "approve", status=403)
    page = reviewer.open(QUIZ)
    page = verb(reviewer, page, "request_changes", "Shorter, please.")
    assert "Shorter, please." in page.words
    assert kept(session, QUIZ).stage == CHANGES_REQUESTED
    page = save(author, author.open(f"{QUIZ}/edit"), end="Well done.")
    verb(author, page, "send")
    verb(reviewer, reviewer.open(QUIZ), "approve")
    assert kept(session, QUIZ).stage == APPROVED
    publishing.publish(session, "bea", "why", with_drafts=False)
    session.commit()
    page = ann.open(QUIZ)
    assert "Well done." in page.words
    assert "Draft" not in page.words
    assert not any(form.action.endswith("/review") for form in page.forms)


def test_nobody_approves_their_own(signed_in: SignIn, session: Session) -> None:
    reviewer = signed_in("reviewer")
    page = save(reviewer, reviewer.open(f"{CHECK}/edit"), skip="That's OK.")
    page = verb(reviewer, page, "send")
    assert "Someone else has to approve it" in verb(reviewer, page, "approve").words
    assert kept(session, CHECK).stage == IN_REVIEW


def test_changes_are_asked_for_with_words(signed_in: SignIn, session: Session) -> None:
    author, reviewer = signed_in("author"), signed_in("reviewer")
    verb(author, save(author, author.open(f"{CHECK}/edit"), skip="That's OK."), "send")
    assert "Say what should be different" in verb(reviewer, reviewer.open(CHECK), "request_changes").words
    assert kept(session, CHECK).stage == IN_REVIEW


def test_what_has_no_draft_has_nothing_to_review(ann: Browser, session: Session) -> None:
    token = fields(ann.open(f"{QUIZ}/edit"))["csrf_token"]
    before = kept(session, QUIZ).stage
    ann.client.post(f"{QUIZ}/review", data={"csrf_token": token, "verb": "send"})
    assert kept(session, QUIZ).stage == before


def steps(page: Page) -> list[str]:
    return [href for href in links(page) if "/play?step=" in href]


@pytest.mark.parametrize("path", [STORY, QUIZ, CHECK, CHECK.replace("/en", "/cy")])
def test_it_can_be_tried_to_its_end_and_keeps_nothing(ann: Browser, session: Session, path: str) -> None:
    page = ann.open(f"{path}/play")
    for _ in range(30):
        if not steps(page):
            break
        page = ann.open(steps(page)[-1])
    assert "This is the end." in page.words or "This is what is said for" in page.words
    assert "Begin again" in page.words
    assert kept(session, path).draft is None


def test_the_draft_is_what_is_tried(ann: Browser) -> None:
    save(ann, ann.open(f"{STORY}/edit"), scenes__0__text="A new beginning.")
    page = ann.open(f"{STORY}/play")
    assert "A new beginning." in page.words
    assert steps(page)[0].endswith("?step=game_chat")
    assert "A new beginning." in ann.open(f"{STORY}/play?step=nowhere").words


def test_something_serious_says_that_help_comes_first(ann: Browser) -> None:
    page = ann.open(f"{CHECK}/play")
    assert "Help comes first" in ann.open(f"{CHECK}/play?step=9").words
    assert "Help comes first" not in ann.open(f"{CHECK}/play?step=0").words
    assert steps(page)[-1].endswith("step=skip")


def test_what_is_not_known_is_not_found(ann: Browser) -> None:
    for path in ("/activities/film/gaming_friend/en", "/activities/story/nobody/en", f"{STORY[:-2]}fr/play"):
        ann.open(path, status=404)


def test_a_welsh_text_no_speaker_has_checked_is_marked(ann: Browser, session: Session) -> None:
    assert "Not yet checked by a Welsh speaker" in ann.open(WELSH_STORY).words
    save(ann, ann.open(f"{WELSH_STORY}/edit"), checked_by_welsh_speaker="yes")
    assert kept(session, WELSH_STORY).draft["checked_by_welsh_speaker"] is True
    assert "Not yet checked by a Welsh speaker" not in ann.open(WELSH_STORY).words
    assert "Not yet checked by a Welsh speaker" not in ann.open(STORY).words
