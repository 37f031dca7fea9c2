"""Writing a text: the draft beside the live one, what is refused, and nothing typed lost."""

from __future__ import annotations

from sqlalchemy.orm import Session

from content import publishing
from content.models import Revision, SystemWord
from content.reading import variant_for
from tests.admin.browsing import Browser

KEY = ("grooming", "explain", "en", "young_person", "any", "standard")
PLACE = "/topics/" + "/".join(KEY)


def newest(session: Session, key: tuple[str, ...] = KEY) -> Revision | None:
    session.expire_all()
    variant = variant_for(session, key)
    return variant.newest if variant else None


def test_a_draft_is_saved_and_stays_a_draft(ann: Browser, session: Session) -> None:
    page = ann.open(PLACE)
    assert "There is no draft" in page.words
    page = ann.send(page, bubbles__0="One sentence.\r\nAnother.", bubbles__1=" ", note="shorter")
    assert page.path == PLACE
    assert "The draft is saved" in page.words
    assert "Saved by ann@example.org" in page.words
    revision = newest(session)
    assert revision is not None
    assert revision.body[0] == "One sentence.\nAnother."
    assert len(revision.body) == 3  # the emptied bubble is left out
    assert (revision.stage, revision.author, revision.note) == ("draft", "ann@example.org", "shorter")
    live = publishing.latest(session)
    assert live is not None
    assert live.number == 1


def test_what_may_not_be_shown_is_said_beside_its_field(ann: Browser, session: Session) -> None:
    page = ann.open(PLACE)
    texts = {"bubbles__0": "x" * 241, "bubbles__2": "Text 70577 now.", "note": "my note"}
    page = ann.send(page, **texts)
    assert page.text_of("title").startswith("Error: ")
    assert "Bubble 1 has 241 characters, at most 240 are allowed" in page.words
    assert "Bubble 3: '70577' must not be shown" in page.words
    assert any(tag == "a" and given.get("href") == "#bubbles-2" for tag, given in page.tags)
    assert page.form.fields["bubbles-0"] == "x" * 241
    assert page.form.fields["bubbles-2"] == "Text 70577 now."
    assert page.form.fields["note"] == "my note"
    revision = newest(session)
    assert revision is not None
    assert revision.number == 1


def test_an_empty_text_is_refused(ann: Browser) -> None:
    page = ann.send(ann.open(PLACE), **{f"bubbles__{number}": "" for number in range(4)})
    assert "Write at least one bubble" in page.words


def test_more_bubbles_than_fields_are_refused(ann: Browser) -> None:
    page = ann.send(ann.open(PLACE), **{f"bubbles__{number}": "Words." for number in range(13)})
    assert "at most 12 are allowed" in page.words


def test_a_preview_saves_nothing(ann: Browser, session: Session) -> None:
    page = ann.send(ann.open(PLACE), bubbles__0="**Bold** and <b>plain</b>.", preview="yes")
    assert "Preview, not saved" in page.words
    assert "<strong>Bold</strong> and &lt;b&gt;plain" in page.html
    assert page.form.fields["bubbles-0"] == "**Bold** and <b>plain</b>."
    revision = newest(session)
    assert revision is not None
    assert revision.number == 1


def test_saving_without_a_change_makes_no_revision(ann: Browser, session: Session) -> None:
    assert "Nothing was changed" in ann.send(ann.open(PLACE)).words
    revision = newest(session)
    assert revision is not None
    assert revision.number == 1


def test_nobody_writes_over_what_they_have_not_seen(ann: Browser, session: Session) -> None:
    page = ann.open(PLACE)
    ann.send(page, bubbles__0="From another window.")
    late = ann.send(page, bubbles__0="Written meanwhile.")
    assert "Someone else saved this text" in late.words
    assert "From another window." in late.words
    assert late.form.fields["bubbles-0"] == "Written meanwhile."
    saved = ann.send(late)
    assert "The draft is saved" in saved.words
    revision = newest(session)
    assert revision is not None
    assert revision.body[0] == "Written meanwhile."


def test_a_gap_is_filled(ann: Browser, session: Session) -> None:
    key = ("grooming", "explain", "cy", "professional", "16_17", "standard")
    page = ann.open("/topics/" + "/".join(key))
    assert "Nothing is live for this reader" in page.words
    assert newest(session, key) is None
    page = ann.send(page, bubbles__0="I weithwyr.")
    assert "Not live yet" in page.words
    revision = newest(session, key)
    assert revision is not None
    assert revision.body == ["I weithwyr."]
    assert "Professional, 16 or 17, standard" in ann.open("/topics/grooming").words


def test_system_words_are_drafted(ann: Browser, session: Session) -> None:
    page = ann.open("/words/cy/welcome")
    assert "Not yet checked by a Welsh speaker" in page.words
    page = ann.send(page, bubbles__0="Helo.")
    assert "The draft is saved" in page.words
    word = session.get_one(SystemWord, ("cy", "welcome"))
    assert word.draft is not None
    assert word.draft[0] == "Helo."
    assert isinstance(word.draft, list)


def test_a_button_stays_one_text(ann: Browser, session: Session) -> None:
    page = ann.open("/words/en/button.help")
    assert [name for name in page.form.fields if name.startswith("bubbles")] == ["bubbles-0"]
    ann.send(page, bubbles__0="Get some help")
    assert session.get_one(SystemWord, ("en", "button.help")).draft == "Get some help"


def test_system_words_that_may_not_be_shown_are_refused(ann: Browser, session: Session) -> None:
    page = ann.send(ann.open("/words/en/welcome"), bubbles__1="Text 70577.")
    assert "Bubble 2: '70577' must not be shown" in page.words
    assert page.form.fields["bubbles-1"] == "Text 70577."
    assert session.get_one(SystemWord, ("en", "welcome")).draft is None


def test_two_people_do_not_write_over_each_others_words(ann: Browser) -> None:
    page = ann.open("/words/en/welcome")
    ann.send(page, bubbles__0="First.")
    assert "Someone else saved this text" in ann.send(page, bubbles__0="Second.").words
