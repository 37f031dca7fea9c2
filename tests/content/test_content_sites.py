"""Sites: what one may be, whose pages it allows, and its way into a release and out again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy.orm import Session

from content import changes, publishing
from content.audit import watch
from content.contrast import contrast
from content.errors import BrokenContent, BrokenLibrary
from content.export import export
from content.importing import import_library
from content.library import read_library
from content.models import AuditEntry
from content.models import Site as SiteRow
from content.release import Release, hash_of, to_canonical_json
from content.site_drafts import add_site, remove_site, save_site
from content.sites import LANTERNS_OWN, Site, check_colours, check_origin, check_site, measure
from content.soundness import find_problems

Build = Callable[..., Any]
SCHOOL = "https://www.bryn.example"


def make_site(**wishes: Any) -> dict[str, Any]:
    return Site("bryn", "Ysgol Bryn").as_item() | {"origins": [SCHOOL]} | wishes


@pytest.mark.parametrize("origin", [SCHOOL, "https://bryn.example:8443", "http://localhost:3000", "http://127.0.0.1"])
def test_an_origin_as_a_browser_names_it(origin: str) -> None:
    assert check_origin(origin) is None


@pytest.mark.parametrize(
    ("origin", "said"),
    [
        ("", "empty"),
        (None, "empty"),
        ("http://www.bryn.example", "has to start with https://"),
        ("https://*.bryn.example", "without *"),
        ("https://www.bryn.example/", "write only https://www.bryn.example"),
        ("https://www.bryn.example/wellbeing", "write only https://www.bryn.example"),
        ("https://www.bryn.example?a", "write only https://www.bryn.example"),
        ("https://WWW.bryn.example", "write only https://www.bryn.example"),
        ("https://www.bryn.example:443", "write only https://www.bryn.example"),
        ("https://ann@www.bryn.example", "write only https://www.bryn.example"),
        ("https://www.bryn.example:99999", "not an address"),
        ("www.bryn.example", "not an address"),
        ("null", "not an address"),
        ("ftp://bryn.example", "not an address"),
        ("https://a b.example", "not an address"),
        ("https://[::1", "not an address"),
    ],
)
def test_anything_else_is_no_origin_and_it_is_said_why(origin: object, said: str) -> None:
    assert said in str(check_origin(origin))


@pytest.mark.parametrize(("one", "other", "ratio"), [("#000000", "#ffffff", 21), ("#777777", "#ffffff", 4.48)])
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == contrast(other, one) == pytest.approx(ratio, abs=0.005)


def test_lanterns_own_colours_can_be_read_and_are_those_of_the_widget() -> None:
    assert all(found.is_enough for found in measure({}))
    style = (Path(__file__).parents[2] / "chat" / "widget" / "style.css").read_text(encoding="utf-8")
    for name, colour in LANTERNS_OWN.items():
        first = style[style.index(f"--{name}:") :]
        assert first.startswith(f"--{name}: {colour};"), f"--{name} of style.css is no longer {colour}"


@pytest.mark.parametrize(
    ("colours", "said"),
    [
        ({"deep": "#777777"}, "white words on deep: the contrast is 4.47 to 1, it has to be 4.5 to 1"),
        ({"deep": "#8a6d1f"}, "the lamp edge on deep: the contrast is 2.72 to 1, it has to be 3 to 1"),
        ({"deep": "#000000", "lamp": "#777777"}, "dark words on lamp"),
        ({"own": "#17475a"}, "dark words on own"),
        ({"own": "#9dc3cd"}, "links on own: the contrast is"),
        ({"deep": "red"}, "deep has to be a colour such as #17475a"),
        ({"deep": "#17475A"}, "deep has to be a colour such as #17475a"),
        ({"ink": "#17475a"}, "ink is not known"),
    ],
)
def test_colours_that_can_not_be_read_are_refused_with_their_ratio(colours: dict[str, str], said: str) -> None:
    assert said in " ".join(check_colours(colours))


def test_colours_that_can_be_read_are_good() -> None:
    assert list(check_colours({"deep": "#4b1560", "lamp": "#ffd479", "own": "#efe3f5"})) == []


@pytest.mark.parametrize(
    ("wishes", "field"),
    [
        ({"key": "Ysgol Bryn"}, "key"),
        ({"key": "bryn-"}, "key"),
        ({"key": "b" * 65}, "key"),
        ({"name": " "}, "name"),
        ({"origins": "https://a.example"}, "origins"),
        ({"origins": [SCHOOL, SCHOOL]}, "origins"),
        ({"origins": [f"https://a{number}.example" for number in range(21)]}, "origins"),
        ({"language": "fr"}, "language"),
        ({"audience": "cats"}, "audience"),
        ({"place": "atlantis"}, "place"),
        ({"nation": "atlantis"}, "nation"),
        ({"place": "swansea", "nation": "england"}, "nation"),
        ({"topics": ["knitting"]}, "topics"),
        ({"colours": ["#17475a"]}, "colours"),
        ({"exit_url": "http://example.org"}, "exit_url"),
        ({"exit_url": "javascript:alert(1)"}, "exit_url"),
        ({"exit_url": 3}, "exit_url"),
        ({"is_open": "yes"}, "is_open"),
        ({"keeps_conversation": None}, "keeps_conversation"),
    ],
)
def test_what_is_wrong_with_a_site_names_its_field(wishes: dict[str, Any], field: str) -> None:
    problems = list(check_site(make_site(**wishes)))
    assert problems
    assert all(problem.startswith(f"{field}: ") for problem in problems), problems


def test_a_sound_site_and_its_way_to_json_and_back() -> None:
    item = make_site(place="swansea", topics=["consent"], colours={"own": "#ffffff"}, exit_url="https://example.org/a")
    assert list(check_site(item)) == []
    assert Site.from_mapping(json.loads(json.dumps(item))).as_item() == item


def test_it_allows_its_own_pages_alone_and_none_when_it_is_closed() -> None:
    site = Site.from_mapping(make_site())
    assert site.allows(SCHOOL)
    assert not site.allows("https://bryn.example")
    assert not Site.from_mapping(make_site(is_open=False)).allows(SCHOOL)


def test_who_comes_from_it_is_known_by_what_it_says_and_help_is_never_left_out() -> None:
    site = Site.from_mapping(make_site(place="swansea", language="cy", audience="parent_carer", topics=["consent"]))
    profile = site.starting_profile()
    assert (profile.place, profile.nation, profile.language) == ("swansea", "wales", "cy")
    assert profile.audience == "parent_carer"
    assert site.starting_profile("en").language == "en"
    assert [site.shows(topic) for topic in ("consent", "telling_someone", "grooming")] == [True, True, False]
    assert Site("all", "All").shows("grooming")


def test_a_release_has_its_sites_and_an_older_one_keeps_its_hash(make_snapshot: Build) -> None:
    old = to_canonical_json(make_snapshot())
    assert Release.from_json(old, hash_of(old)).sites == {}
    release = Release.from_snapshot(make_snapshot(sites=[make_site()]))
    assert release.sites["bryn"].origins == (SCHOOL,)
    assert "site bryn: origins" in " ".join(find_problems(make_snapshot(sites=[make_site(origins=["*"])])))


def test_a_site_goes_live_by_a_publish_and_it_is_said_what_changes(session: Session, make_snapshot: Build) -> None:
    import_library(session, make_snapshot(sites=[make_site()]), "ann", "first")
    first = publishing.publish(session, "ann", "first")
    row = session.get_one(SiteRow, "bryn")
    save_site(session, row, make_site(topics=["alcohol_drugs"], colours={"own": "#ffffff"}, is_open=False))
    add_site(session, make_site(key="hafan", name="Hafan"))
    assert publishing.latest(session).sites["bryn"].is_open  # type: ignore[union-attr]
    second = publishing.publish(session, "ann", "a new site")
    changed, new = changes.compare(first.snapshot, second.snapshot)
    assert (changed.kind, changed.names, new.names) == ("site", ("bryn",), ("hafan",))
    assert changed.before == ("colours: Lantern's own", "open: yes", "topics in the menus: all")
    assert changed.after == ("colours: own #ffffff", "open: no", "topics in the menus: alcohol drugs")
    assert f"pages: {SCHOOL}" in (new.after or ())
    remove_site(session, row)
    remove_site(session, session.get_one(SiteRow, "hafan"))
    third = publishing.publish(session, "ann", "none left")
    assert third.sites == {}
    assert "sites" not in third.snapshot
    publishing.roll_back(session, 2, "ann", "back")
    assert set(publishing.latest(session).sites) == {"bryn", "hafan"}  # type: ignore[union-attr]


def test_what_is_wrong_or_taken_is_not_saved(session: Session) -> None:
    row = add_site(session, make_site())
    with pytest.raises(BrokenContent, match="already"):
        add_site(session, make_site())
    with pytest.raises(BrokenContent, match="can not be changed"):
        save_site(session, row, make_site(key="other"))
    with pytest.raises(BrokenContent, match="origins"):
        save_site(session, row, make_site(origins=["https://*"]))
    assert row.as_library_item() == make_site()


def test_a_site_that_exists_is_left_alone_by_an_import(session: Session, make_snapshot: Build) -> None:
    add_site(session, make_site(name="As staff wrote it"))
    import_library(session, make_snapshot(sites=[make_site(), make_site(key="hafan")]), "ann", "again")
    assert session.get_one(SiteRow, "bryn").name == "As staff wrote it"
    assert session.get_one(SiteRow, "hafan").origins == [SCHOOL]


def test_sites_go_out_as_files_and_come_back(session: Session, make_snapshot: Build, tmp_path: Path) -> None:
    import_library(session, make_snapshot(sites=[make_site(colours={"lamp": "#ffd479"})]), "ann", "first")
    release = publishing.publish(session, "ann", "first")
    export(release.snapshot, tmp_path / "files")
    assert read_library(tmp_path / "files")["sites"] == release.snapshot["sites"]


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ([{"key": "bryn"}], "bryn: name"),
        ([{"key": "bryn", "name": "Bryn", "colour": "red"}], "site 1"),
        (["bryn"], "site 1"),
        ([{"key": "bryn", "name": "Bryn"}] * 2, "bryn: the same site is there twice"),
        ({"key": "bryn"}, "must hold a list"),
    ],
)
def test_what_is_wrong_in_the_file_is_named(library_folder: Path, written: Any, named: str) -> None:
    (library_folder / "sites.yml").write_text(yaml.safe_dump(written), encoding="utf-8")
    with pytest.raises(BrokenLibrary, match=r"sites\.yml") as found:
        read_library(library_folder)
    assert named in str(found.value)


def test_the_library_has_a_site_for_the_demo_page(library_release: Release) -> None:
    assert library_release.sites["demo"].is_open


def test_changes_of_sites_are_in_the_log(session: Session) -> None:
    watch(session, lambda: "ann")
    row = add_site(session, make_site())
    save_site(session, row, make_site(is_open=False))
    session.flush()
    entries = session.query(AuditEntry).order_by(AuditEntry.id).all()
    assert [(entry.kind, entry.name, entry.who) for entry in entries] == [("sites", "bryn", "ann")] * 2
    assert (entries[1].before, entries[1].after) == ({"is_open": True}, {"is_open": False})
