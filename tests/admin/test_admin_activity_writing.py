"""Writing stories, quizzes and self-checks: rooms come and go, nothing typed is lost, what is wrong is said."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from content import publishing
from content.models import Activity, AuditEntry
from content.models.workflow import DRAFT
from tests.admin.activity_pages import CHECK, QUIZ, STORY, fields, press, save
from tests.admin.browsing import Browser, Page

SignIn = Callable[[str], Browser]


def kept(session: Session, path: str) -> Activity:
    session.expire_all()
    _, _, kind, id_, language = path.split("/")
    return session.get_one(Activity, (kind, id_, language))


def errors(page: Page) -> str:
    assert "There is a problem" in page.words
    assert page.text_of("title").startswith("Error: ")
    return page.words


@pytest.mark.parametrize("path", [STORY, QUIZ, CHECK])
def test_saving_without_a_change_changes_nothing(ann: Browser, session: Session, path: str) -> None:
    page = save(ann, ann.open(f"{path}/edit"))
    assert "Nothing was changed" in page.words
    assert kept(session, path).draft is None


@pytest.mark.parametrize(
    ("path", "field", "value", "where"),
    [
        (STORY, "scenes-0-text", "Priya is 14.\n\nWhat now?", lambda item: item["nodes"]["start"]["bubbles"]),
        (QUIZ, "questions-1-answers-0-says", "Priya is 14.\r\n\r\n\r\nWhat now?",
         lambda item: item["questions"][1]["answers"][0]["says"]),
        (CHECK, "high", "Priya is 14.\n \nWhat now?", lambda item: item["says"]["high"]),
    ],
)  # fmt: skip
def test_what_is_saved_is_a_draft(
    signed_in: SignIn, session: Session, path: str, field: str, value: str, where: Callable[[dict], list[str]]
) -> None:
    page = save(author := signed_in("author"), author_page(author, path), **{field.replace("-", "__"): value})
    assert "The draft is saved" in page.words
    assert page.path == path
    activity = kept(session, path)
    assert where(activity.draft) == ["Priya is 14.", "What now?"]
    assert where(activity.value) != where(activity.draft)
    assert (activity.stage, activity.author) == (DRAFT, "author@example.org")
    assert {**activity.draft, **{name: None for name in ("nodes", "questions", "says")}} == {
        **activity.value, **{name: None for name in ("nodes", "questions", "says")},
    }  # fmt: skip
    assert publishing.latest(session).number == 1
    assert session.query(AuditEntry).filter_by(kind="activities").order_by(AuditEntry.id.desc()).first()


def author_page(author: Browser, path: str) -> Page:
    return author.open(f"{path}/edit")


def test_a_scene_comes_with_nothing_lost(ann: Browser, session: Session) -> None:
    page = ann.open(f"{STORY}/edit")
    before = fields(page)
    page = press(ann, page, "add:scenes", scenes__0__text="Typed, not saved.", title="Half a title")
    after = fields(page)
    assert after["scenes-0-text"] == "Typed, not saved."
    assert after["title"] == "Half a title"
    new = {name for name in after if name not in before}
    number = len([name for name in before if name.endswith("-name")])
    assert new == {f"scenes-{number}-{name}" for name in ("name", "text", "choices-0-label", "choices-0-to")}
    changed = {name for name in before if after[name] != before[name]} - {"csrf_token"}
    assert changed == {"scenes-0-text", "title"}
    assert kept(session, STORY).draft is None


def test_a_choice_comes_and_goes(ann: Browser) -> None:
    page = press(ann, ann.open(f"{STORY}/edit"), "add:scenes-1-choices")
    assert fields(page)["scenes-1-choices-2-label"] == ""
    first = fields(page)["scenes-1-choices-0-label"]
    page = press(ann, page, "remove:scenes-1-choices-0")
    after = fields(page)
    assert first not in [value for name, value in after.items() if name.startswith("scenes-1-choices")]
    assert "scenes-1-choices-1-label" in after
    assert "scenes-1-choices-2-label" not in after


def test_a_choice_can_lead_to_a_new_scene(ann: Browser, session: Session) -> None:
    page = press(
        ann, ann.open(f"{STORY}/edit"), "add:scenes-0-choices",
        scenes__0__choices__0__label="Ask her gran", scenes__0__choices__0__to="new",
    )  # fmt: skip
    after = fields(page)
    number = max(int(name.split("-")[1]) for name in after if name.endswith("-name"))
    assert after["scenes-0-choices-0-to"] == str(number)
    assert after[f"scenes-{number}-name"] == "ask her gran"
    to = after["scenes-0-choices-1-to"]
    changes = {
        f"scenes__{number}__text": "Gran listens.",
        f"scenes__{number}__choices__0__label": "Go on",
        f"scenes__{number}__choices__0__to": to,
        "scenes__1__choices__0__to": "0",
    }
    page = save(ann, page, **changes)
    # Game chat was reached through the choice that now leads to gran.
    assert "nothing leads there" in errors(page)
    page = save(ann, page, **{f"scenes__{number}__choices__0__to": "1"})
    assert "The draft is saved" in page.words
    nodes = kept(session, STORY).draft["nodes"]
    assert nodes["start"]["choices"][0] == {"label": "Ask her gran", "to": "ask_her_gran"}
    assert nodes["ask_her_gran"] == {"bubbles": ["Gran listens."], "choices": [{"label": "Go on", "to": "game_chat"}]}


def test_a_scene_that_goes_leaves_the_others_as_they_lead(ann: Browser) -> None:
    page = ann.open(f"{STORY}/edit")
    before = fields(page)
    assert before["scenes-0-choices-0-to"] == "1"
    page = press(ann, page, "remove:scenes-1")
    after = fields(page)
    assert after["scenes-0-choices-0-to"] == ""
    assert after["scenes-1-name"] == before["scenes-2-name"]
    assert int(after["scenes-0-choices-1-to"]) == int(before["scenes-0-choices-1-to"]) - 1
    said = errors(save(ann, page))
    assert "Scene “start”: choose where each button leads." in said


def test_a_new_name_of_a_scene_keeps_what_leads_there(ann: Browser, session: Session) -> None:
    save(ann, ann.open(f"{STORY}/edit"), scenes__1__name="In the game")
    nodes = kept(session, STORY).draft["nodes"]
    assert list(nodes)[1] == "in_the_game"
    assert nodes["start"]["choices"][0]["to"] == "in_the_game"


def test_two_scenes_of_one_name_stay_two(ann: Browser, session: Session) -> None:
    save(ann, ann.open(f"{STORY}/edit"), scenes__1__name="brother")
    assert list(kept(session, STORY).draft["nodes"])[:4] == ["start", "brother", "private_chat", "brother_4"]


def test_the_start_can_be_set(ann: Browser) -> None:
    page = save(ann, ann.open(f"{STORY}/edit"), start="2")
    said = errors(page)
    assert "Scene “start”: nothing leads there." in said
    assert fields(page)["start"] == "2"


def test_everything_wrong_is_said_and_what_was_typed_stays(ann: Browser, session: Session) -> None:
    page = save(
        ann, ann.open(f"{STORY}/edit"),
        title="", topic="", review_by="soon", scenes__0__text="", scenes__1__text="x" * 241, scenes__2__end="yes",
        scenes__3__choices__0__label="y" * 49,
    )  # fmt: skip
    said = errors(page)
    for words in (
        "Give it a title and a topic",
        "Give the day of the next review",
        "Scene “start”: write at least one bubble.",
        "bubble 1 has 241 characters, at most 240 are allowed",
        "give it choices, or mark it as an end, and not both",
        "must have 1 to 48 characters",
    ):
        assert words in said
    after = fields(page)
    assert after["review_by"] == "soon"
    assert after["scenes-1-text"] == "x" * 241
    assert after["scenes-2-end"] == "yes"
    assert after["scenes-3-choices-0-label"] == "y" * 49
    assert kept(session, STORY).draft is None
    assert {given.get("id") for _, given in page.tags if given.get("class", "").endswith("--error")} >= {
        "scenes-0-text", "scenes-1-text", "scenes-3-choices-0-label", "review_by",
    }  # fmt: skip


def test_a_banned_number_is_refused(ann: Browser) -> None:
    from content.banned import BLOCK_LIST
    from content.yaml_files import read_yaml

    number = read_yaml(BLOCK_LIST)["numbers"][0]["number"]
    assert "must not be shown" in errors(save(ann, ann.open(f"{QUIZ}/edit"), end=f"Ring {number}."))


def test_a_quiz_grows_and_shrinks(ann: Browser, session: Session) -> None:
    page = press(ann, ann.open(f"{QUIZ}/edit"), "add:questions")
    page = press(ann, page, "add:questions-6-answers", questions__6__ask="Is it OK?")
    assert fields(page)["questions-6-ask"] == "Is it OK?"
    assert "questions-6-answers-2-label" in fields(page)
    said = errors(save(ann, page))
    assert "Question 7: needs at least 2 answers" in said
    assert "Question 7: exactly one answer must be right" in said
    page = save(
        ann, page, questions__6__right="1",
        questions__6__answers__0__label="Yes", questions__6__answers__0__says="No.",
        questions__6__answers__1__label="No", questions__6__answers__1__says="That's right.",
    )  # fmt: skip
    assert "The draft is saved" in page.words
    assert kept(session, QUIZ).draft["questions"][6] == {
        "ask": "Is it OK?",
        "answers": [{"label": "Yes", "says": ["No."]}, {"label": "No", "right": True, "says": ["That's right."]}],
    }
    save(ann, press(ann, ann.open(f"{QUIZ}/edit"), "remove:questions-6"))
    assert kept(session, QUIZ).draft is None


def test_the_right_answer_stays_right_when_one_before_it_goes(ann: Browser) -> None:
    page = ann.open(f"{QUIZ}/edit")
    assert fields(page)["questions-0-right"] == "1"
    assert fields(press(ann, page, "remove:questions-0-answers-0"))["questions-0-right"] == "0"
    assert "questions-0-right" not in fields(press(ann, page, "remove:questions-0-answers-1"))


def test_a_self_check_asks_for_a_level(ann: Browser, session: Session) -> None:
    page = press(ann, ann.open(f"{CHECK}/edit"), "add:items")
    page = save(ann, page, items__10__label="I feel odd", skip="")
    said = errors(page)
    assert "“I feel odd”: level must be one of" in said
    assert "write at least one bubble" in said
    page = save(ann, page, items__10__level="low", skip="That's OK.")
    assert "The draft is saved" in page.words
    assert kept(session, CHECK).draft["items"][-1] == {"label": "I feel odd", "level": "low"}


def test_two_who_write_at_once_are_told(ann: Browser, signed_in: SignIn, session: Session) -> None:
    page = ann.open(f"{QUIZ}/edit")
    other = signed_in("author")
    save(other, other.open(f"{QUIZ}/edit"), end="Theirs.")
    page = save(ann, page, end="Mine.")
    assert "Someone else saved this while you were writing" in errors(page)
    assert fields(page)["end"] == "Mine."
    assert kept(session, QUIZ).draft["end"] == ["Theirs."]
    save(ann, page)
    assert kept(session, QUIZ).draft["end"] == ["Mine."]


@pytest.mark.parametrize("kind", ["story", "quiz", "self_check"])
def test_a_new_one_that_is_not_whole_is_refused_and_kept_on_the_page(ann: Browser, session: Session, kind: str) -> None:
    page = save(ann, ann.open(f"/activities/new/{kind}"), title="Mared’s day", topic="consent")
    errors(page)
    assert fields(page)["title"] == "Mared’s day"
    assert session.get(Activity, (kind, "mareds_day", "en")) is None
    assert "Choose another title" not in page.words


def test_a_new_quiz(ann: Browser, session: Session) -> None:
    page = ann.open("/activities/new/quiz")
    whole = {
        "title": "Mared’s day", "topic": "consent", "language": "cy", "end": "Da iawn.", "questions__0__ask": "Iawn?",
        "questions__0__right": "0",
        "questions__0__answers__0__label": "Ie", "questions__0__answers__0__says": "Ydy.",
        "questions__0__answers__1__label": "Na", "questions__0__answers__1__says": "Ydy, mae e.",
    }  # fmt: skip
    page = save(ann, page, **whole)
    assert page.path == "/activities/quiz/mareds_day/cy"
    activity = kept(session, page.path)
    assert activity.value is None
    assert activity.draft["checked_by_welsh_speaker"] is False
    assert activity.draft["review_by"] > "2026"
    again = save(ann, ann.open("/activities/new/quiz"), **whole)
    assert "There is one with that title already" in errors(again)


def test_a_new_one_needs_a_kind_that_is_known(ann: Browser) -> None:
    ann.open("/activities/new/film", status=404)
    ann.open("/activities/story/nobody/en/edit", status=404)
    ann.open("/activities/story/gaming_friend/fr/edit", status=404)


@pytest.mark.parametrize(
    "do", ["add:zoo", "remove:scenes-99", "remove:title", "add:scenes-x-choices", "remove:", "zoo"]
)
def test_a_button_that_is_not_known_changes_nothing(ann: Browser, do: str) -> None:
    page = ann.open(f"{STORY}/edit")
    before = fields(page)
    assert fields(press(ann, page, do)) | {"csrf_token": ""} == before | {"csrf_token": ""}


def test_strange_fields_do_no_harm(ann: Browser) -> None:
    page = ann.open(f"{STORY}/edit")
    ann.client.post(page.path, data={"csrf_token": fields(page)["csrf_token"], "scenes-0": "x", "title-0-x": "y"})
    page = press(ann, page, "add:scenes", **{"scenes__x__y": "1", "title__a": "b"})
    assert page.status == 200
