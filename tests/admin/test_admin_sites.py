"""Sites as staff see them: added, edited, closed and removed; colours measured; the code to copy."""

from __future__ import annotations

import html
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from admin.settings import BrokenSettings, Settings
from content.models import AuditEntry, Site
from content.store import ReleaseStore
from tests.admin.browsing import Browser, Page
from tests.admin.filling import send

SignIn = Callable[[str], Browser]
SCHOOL = "https://www.bryn.example"


def site(session: Session, key: str) -> Site | None:
    """A site as the database holds it now."""
    session.expire_all()
    return session.get(Site, key)


def add_bryn(ann: Browser, **changes: str | list[str]) -> Page:
    """Ysgol Bryn, as someone types it who copies from the address bar."""
    wishes = {"name": "Ysgol Bryn", "origins": f"{SCHOOL}/\r\n HTTPS://Bryn.Example ", "place": "swansea"}
    return send(ann, ann.open("/sites/new"), **(wishes | changes))


def errors_beside(page: Page, field: str) -> str:
    """What is said beside a field."""
    described = next(given for tag, given in page.tags if given.get("id") == field and tag != "a")
    assert f"{field}-error" in described.get("aria-describedby", ""), f"nothing is said beside {field}: {page.words}"
    return html.unescape(page.html.split(f'id="{field}-error"')[1].split("</p>")[0])


def publish(ann: Browser) -> Page:
    page = ann.open("/releases/publish")
    ann.send(page, why="A new site")
    return page


def test_a_site_is_added_goes_live_by_a_publish_and_its_code_can_be_copied(
    ann: Browser, session: Session, store: ReleaseStore
) -> None:
    page = add_bryn(ann, topics=["consent", "bullying"], language="cy", keeps_conversation="yes")
    assert page.path == "/sites/ysgol-bryn"
    assert "goes live with the next publish" in page.words
    row = site(session, "ysgol-bryn")
    assert row is not None
    assert row.origins == [SCHOOL, "https://bryn.example"]
    assert (row.place, row.nation, row.language, row.topics) == ("swansea", None, "cy", ["consent", "bullying"])
    assert row.keeps_conversation
    assert row.is_open
    codes = [html.unescape(code) for code in page.texts["textarea"]]
    script = '<script src="http://127.0.0.1:8000/widget/widget.js" data-site="ysgol-bryn" async></script>'
    assert script in codes
    frame = '<iframe src="http://127.0.0.1:8000/chat?site=ysgol-bryn" title="Lantern"'
    assert any(code.startswith(frame) for code in codes)
    assert "ysgol-bryn" not in store.current().sites
    words = publish(ann).words
    assert "Site ysgol-bryn This is new" in words
    assert f"pages: {SCHOOL}, https://bryn.example" in words
    assert "topics in the menus: consent, bullying" in words
    store.refresh()
    assert store.current().sites["ysgol-bryn"].allows(SCHOOL)
    assert "Live" in ann.open("/sites").text_of("strong")


def test_a_site_is_closed_then_removed_and_never_by_a_slip(ann: Browser, session: Session, store: ReleaseStore) -> None:
    page = ann.open("/sites/demo")
    assert "close it first" in page.words
    token = page.forms[-1].fields["csrf_token"]
    answer = ann.client.post("/sites/demo/remove", data={"csrf_token": token}, follow_redirects=True)
    assert "Close this site first" in answer.text
    assert site(session, "demo") is not None
    page = send(ann, ann.open("/sites/demo/edit"), is_open=[])
    assert "Closed" in page.words
    page = ann.send(page)
    assert page.path == "/sites"
    assert "Demo page is removed" in page.words
    assert "live until the next publish: Demo page" in page.words
    assert site(session, "demo") is None
    assert "This goes away" in publish(ann).words
    store.refresh()
    assert store.current().sites == {}
    what = [(entry.what, entry.who) for entry in session.query(AuditEntry).filter_by(kind="sites")]
    assert what == [("changed", "ann@example.org"), ("gone", "ann@example.org")]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", "", "Has to be there"),
        ("key", "Ysgol Bryn", "small letters"),
        ("key", "demo", "already"),
        ("origins", "https://www.bryn.example/lles", "write only https://www.bryn.example"),
        ("origins", "https://*.bryn.example", "without *"),
        ("origins", "http://www.bryn.example", "https://"),
        ("nation", "england", "swansea is not in england"),
        ("deep", "#777777", "the contrast is 4.47 to 1, it has to be 4.5 to 1"),
        ("own", "pale blue", "#17475a"),
        ("exit_url", "www.bbc.co.uk", "starts with https://"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_nothing_is_lost(
    ann: Browser, session: Session, field: str, typed: str, said: str
) -> None:
    page = add_bryn(ann, **{"key": "bryn", "lamp": "#FFD479", field: typed})
    assert page.text_of("title").startswith("Error: ")
    assert said.lower() in errors_beside(page, field).lower()
    assert page.form.fields["lamp"].lower() == "#ffd479"
    assert typed in html.unescape(page.html)
    assert site(session, "bryn") is None


def test_colours_are_measured_without_saving(ann: Browser, session: Session) -> None:
    page = send(ann, ann.open("/sites/demo/edit"), deep="#777777", lamp="#ffffff", check="yes")
    assert "White words on deep 4.47 to 1 4.5 to 1 No" in page.words
    assert "Dark words on own 11.84 to 1 4.5 to 1 Yes" in page.words
    assert page.form.fields["deep"] == "#777777"
    assert site(session, "demo").colours == {}  # type: ignore[union-attr]
    # Enter in a field presses the first button of the form, and that one saves.
    buttons = [given.get("name", "") for tag, given in page.tags if tag == "button" and given.get("type") == "submit"]
    assert buttons[:2] == ["", "check"]


def test_nobody_overwrites_what_they_have_not_seen(ann: Browser, signed_in: SignIn, session: Session) -> None:
    mine, theirs = ann.open("/sites/demo/edit"), signed_in("admin")
    send(theirs, theirs.open("/sites/demo/edit"), name="Theirs")
    page = send(ann, mine, name="Mine")
    assert "Someone else saved this site" in errors_beside(page, "name")
    assert page.form.fields["name"] == "Mine"
    assert site(session, "demo").name == "Theirs"  # type: ignore[union-attr]
    send(ann, page, name="Mine")
    assert site(session, "demo").name == "Mine"  # type: ignore[union-attr]


def test_saving_nothing_new_changes_nothing(ann: Browser, session: Session) -> None:
    assert "Nothing was changed" in send(ann, ann.open("/sites/demo/edit")).words
    assert session.query(AuditEntry).filter_by(kind="sites").count() == 0


def test_the_key_of_a_site_stays(ann: Browser, session: Session) -> None:
    page = ann.open("/sites/demo/edit")
    assert "key" not in page.form.fields
    send(ann, page, key="other", name="Still the demo")
    assert site(session, "other") is None
    assert site(session, "demo").name == "Still the demo"  # type: ignore[union-attr]


def test_only_those_who_manage_sites_see_the_way_to_them(ann: Browser, signed_in: SignIn) -> None:
    assert "/sites" in [given.get("href") for _, given in ann.open("/").tags]
    assert "/sites" not in [given.get("href") for _, given in signed_in("publisher").open("/").tags]
    ann.open("/sites/nobody", status=404)


def test_a_name_can_not_smuggle_in_html(ann: Browser) -> None:
    page = add_bryn(ann, name='<script>alert("1")</script>', key="bryn")
    assert "<script>alert" not in page.html


def test_where_the_chat_is_comes_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANTERN_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("LANTERN_CHAT_URL", raising=False)
    monkeypatch.setenv("LANTERN_CHAT_PORT", "8123")
    assert Settings.from_environment().chat_url == "http://127.0.0.1:8123"
    monkeypatch.setenv("LANTERN_CHAT_URL", "https://lantern.example/")
    assert Settings.from_environment().chat_url == "https://lantern.example"
    monkeypatch.setenv("LANTERN_CHAT_URL", "lantern.example")
    with pytest.raises(BrokenSettings, match="LANTERN_CHAT_URL"):
        Settings.from_environment()
