"""A release as files, and back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from content import publishing
from content.database import make_engine, migrate
from content.export import FolderNotEmpty, export
from content.importing import import_library
from content.library import read_library
from content.release import Release

Build = Callable[..., Any]
DRAWING = '<svg viewBox="0 0 8 8" xmlns="http://www.w3.org/2000/svg"><path d="M0 0h8"/></svg>'


def everything(make_snapshot: Build, make_variant: Build) -> Any:
    """A small library with one of each thing that a text can have."""
    texts = [
        make_variant(
            bubbles=["From **March** on: 'new', \"quoted\": yes."], starts_on="2027-03-01", ends_on="2027-04-01"
        ),
        make_variant(picture="line"),
        make_variant(age_band="13_15", reading_level="easy_read", bubbles=["1", "2", "3", "4", "5"]),
    ]
    welsh = [text | {"language": "cy", "bubbles": [f"Ŵ {bubble}" for bubble in text["bubbles"]]} for text in texts]
    return make_snapshot(
        variants=texts + welsh, pictures={"line": {"svg": DRAWING, "alt": {"en": "A line", "cy": "Llinell"}}}
    )


def publish_anew(snapshot: Any, folder: Path) -> Release:
    """Import into a database of its own and publish."""
    url = f"sqlite:///{folder / 'lantern.db'}"
    migrate(url)
    engine = make_engine(url)
    try:
        with Session(engine) as session, session.begin():
            import_library(session, snapshot, "ann", "moved")
            return publishing.publish(session, "ann", "moved")
    finally:
        engine.dispose()


def test_a_release_goes_out_and_comes_back_without_loss(
    session: Session, make_snapshot: Build, make_variant: Build, tmp_path: Path
) -> None:
    import_library(session, everything(make_snapshot, make_variant), "ann", "first")
    release = publishing.publish(session, "ann", "first")
    export(release.snapshot, tmp_path / "files")
    assert read_library(tmp_path / "files") == release.snapshot
    assert publish_anew(read_library(tmp_path / "files"), tmp_path / "anew").sha256 == release.sha256


def test_the_library_that_ships_goes_out_and_comes_back(library_release: Release, tmp_path: Path) -> None:
    release = publish_anew(library_release.snapshot, tmp_path / "first")
    export(release.snapshot, tmp_path / "files")
    assert read_library(tmp_path / "files") == release.snapshot
    assert publish_anew(read_library(tmp_path / "files"), tmp_path / "second").sha256 == release.sha256


def test_a_folder_that_holds_something_is_left_alone(make_snapshot: Build, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(FolderNotEmpty, match="Name a new folder"):
        export(make_snapshot(), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
