"""Commands of the content store: python -m content --help."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from content import changes, publishing
from content.audit import watch
from content.backup import back_up, restore
from content.backup_file import BackupFailed
from content.building import build
from content.database import make_engine, migrate
from content.errors import BrokenContent, BrokenRelease
from content.export import FolderNotEmpty, export
from content.importing import import_library
from content.library import read_library
from content.lint import lint
from content.profile import Profile
from content.release import hash_of, to_canonical_json
from content.report import report
from content.settings import LIBRARY, database_url
from content.soundness import find_problems
from content.store import ReleaseStore
from content.support import help_messages

STARTER = "starter"


@contextmanager
def _transaction(who: str | None = None) -> Iterator[Session]:
    """A session that commits at the end; what is wrong with the content is told without a traceback.

    What `who` changes is noted in the log; the first import, which nobody made, is not.
    """
    engine = make_engine(database_url())
    try:
        with Session(engine) as session, session.begin():
            if who:
                watch(session, lambda: who)
            yield session
    except (BrokenContent, BrokenRelease, LookupError) as error:
        raise click.ClickException(str(error)) from error
    except DBAPIError as error:
        fault = type(error).__name__
        raise click.ClickException(f"The database failed ({fault}). Is it running, and migrated?") from error
    finally:
        engine.dispose()


@click.group()
def cli() -> None:
    """The content that Lantern speaks: its database, its library and its releases."""


@cli.command("lint")
def lint_command() -> None:
    """Print what the library's texts should be and are not; exit code 1 when there is something."""
    findings = lint(read_library(LIBRARY), date.today())
    for finding in findings:
        click.echo(str(finding))
    click.echo(f"{len(findings)} findings.")
    sys.exit(1 if findings else 0)


@cli.command("report")
def report_command() -> None:
    """Print what the library holds, in figures, as one JSON line."""
    click.echo(json.dumps(report(read_library(LIBRARY), date.today()), ensure_ascii=False))


@cli.command("migrate")
def migrate_command() -> None:
    """Bring the database up to date."""
    migrate(database_url())
    click.echo("The database is up to date.")


@cli.command("back-up")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def back_up_command(file: Path) -> None:
    """Write the whole database to FILE, while Lantern runs. An older backup there is replaced."""
    try:
        facts = back_up(database_url(), file)
    except BackupFailed as error:
        raise click.ClickException(f"{error} No backup was made.") from error
    click.echo(f"Wrote {file}: migration {facts.migration}, release {facts.release}.")


@cli.command("restore")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Even where the database holds newer releases, or can not be read.")
def restore_command(file: Path, force: bool) -> None:
    """Make the database what the backup FILE holds. The old one is kept. Restart Lantern afterwards."""
    try:
        facts, kept = restore(database_url(), file, force=force)
    except BackupFailed as error:
        raise click.ClickException(f"{error} Nothing was changed.") from error
    click.echo(f"Restored the database of {facts.made_at}, release {facts.release}.")
    if kept:
        click.echo(f"The old one is kept: {kept}")
    click.echo("Restart Lantern, so that it serves this release.")


@cli.command()
def seed() -> None:
    """Import the library and publish it as the first release, unless there is a release already."""
    with _transaction() as session:
        if publishing.latest(session) is not None:
            click.echo("There is a release already.")
            return
        import_library(session, read_library(LIBRARY), STARTER, STARTER)
        release = publishing.publish(session, STARTER, STARTER)
    click.echo(f"Published release {release.number}.")


@cli.command()
@click.option("--who", required=True, help="Who publishes.")
@click.option("--why", required=True, help="What changed, in a few words.")
@click.option("--drafts/--no-drafts", default=True, help="Include drafts, or only what is approved.")
def publish(who: str, why: str, drafts: bool) -> None:
    """Publish the newest texts as a new release."""
    with _transaction(who) as session:
        release = publishing.publish(session, who, why, with_drafts=drafts)
    click.echo(f"Published release {release.number}.")


@cli.command("build")
@click.option("--to", "file", type=click.Path(path_type=Path), help="Where to write the snapshot, as JSON.")
@click.option("--drafts/--no-drafts", default=True, help="Include drafts, or only what is approved.")
def build_command(file: Path | None, drafts: bool) -> None:
    """Build what a publish would send out, check it, and tell its hash; nothing goes live."""
    with _transaction() as session:
        written = to_canonical_json(build(session, with_drafts=drafts).snapshot)
    if file:
        file.write_text(written, encoding="utf-8")
    click.echo(f"Sound. sha256 {hash_of(written)}")


@cli.command()
@click.argument("before", type=int)
@click.argument("after", type=int)
def diff(before: int, after: int) -> None:
    """Tell what changed from release BEFORE to release AFTER, item by item."""
    with _transaction() as session:
        old, new = publishing.load(session, before), publishing.load(session, after)
    found = changes.compare(old.snapshot, new.snapshot)
    for change in found:
        click.echo(change.in_words())
    click.echo(f"{len(found)} changes.")


@cli.command("export")
@click.argument("number", type=int)
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export_command(number: int, folder: Path) -> None:
    """Write release NUMBER as files into FOLDER, in the library's form; import-library reads them back."""
    with _transaction() as session:
        release = publishing.load(session, number)
    try:
        export(release.snapshot, folder)
    except FolderNotEmpty as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"Wrote release {number} to {folder}.")


@cli.command("roll-back")
@click.argument("number", type=int)
@click.option("--who", required=True, help="Who rolls back.")
@click.option("--why", required=True, help="Why, in a few words.")
def roll_back(number: int, who: str, why: str) -> None:
    """Publish the release NUMBER again."""
    with _transaction(who) as session:
        release = publishing.roll_back(session, number, who, why)
    click.echo(f"Release {number} is published again as release {release.number}.")


@cli.command("import-library")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=LIBRARY)
@click.option("--who", required=True, help="Who imports.")
@click.option("--why", required=True, help="Why, in a few words.")
def import_library_command(folder: Path, who: str, why: str) -> None:
    """Draft what is new or different in the files of FOLDER; nothing goes live before a publish."""
    with _transaction(who) as session:
        drafted = import_library(session, read_library(folder), who, why)
    click.echo(f"Drafted {drafted} texts.")


@cli.command("add-helplines")
def add_helplines() -> None:
    """Add `helplines` to JSON lines from standard input that hold an urgency, about and needs.

    The ids are in the order offered to someone in the UK whose age is not known; none when the message
    shows no worry and names no need.
    """
    store = ReleaseStore(database_url())
    store.refresh()
    release = store.current()
    store.stop()
    for line in sys.stdin:
        row = json.loads(line)
        ids: list[str] = []
        if row["urgency"] != "none" or row["needs"]:
            messages = help_messages(release, row["urgency"], row["needs"], Profile(), about=row["about"])
            ids = [shown["id"] for message in messages for shown in message.get("helplines", ())]
        click.echo(json.dumps(row | {"helplines": ids}, ensure_ascii=False))


@cli.command("check-library")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=LIBRARY)
def check_library(folder: Path) -> None:
    """Check the files of FOLDER and name everything that is wrong with them."""
    try:
        snapshot = read_library(folder)
        problems = list(find_problems(snapshot))
    except BrokenContent as error:
        problems = error.problems
    if problems:
        raise click.ClickException("\n".join(problems))
    click.echo("The library is sound.")


if __name__ == "__main__":
    cli(prog_name="python -m content")
