"""Backups of the whole database: content, releases, staff and the log. Not of the secret key, which is a file."""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from content import backup_postgresql, backup_sqlite
from content.backup_file import BackupFailed, Facts, is_backup, unpack, write
from content.database import MIGRATIONS, migrate
from content.models.base import utc_now
from content.settings import data_dir

SQLITE, POSTGRESQL = "sqlite", "postgresql"


def back_up(url: str, file: Path) -> Facts:
    """Writes the database to `file` while others go on using it. An older backup there is replaced, nothing else.

    Raises BackupFailed; then `file` is what it was.
    """
    kind, file = _kind_of(url), file.resolve()
    with _in_words(), tempfile.TemporaryDirectory(dir=file.parent, prefix=".backup-") as folder:
        if file.exists() and not is_backup(file):
            raise BackupFailed(f"{file} is there already and is not a backup. Choose another name.")
        content = Path(folder, "content")
        if kind == SQLITE:
            backup_sqlite.copy_out(url, content)
            migration, release = backup_sqlite.read_facts(content)
        else:
            migration, release = backup_postgresql.read_facts(url)
            backup_postgresql.copy_out(url, content)
        if not migration:
            raise BackupFailed("The database is not one of Lantern's: it names no migration.")
        made_at = utc_now().isoformat(timespec="seconds")
        facts = Facts(kind, migration, release, made_at, content.stat().st_size)
        write(file, facts, content)
    return facts


def restore(url: str, file: Path, *, force: bool = False) -> tuple[Facts, Path | None]:
    """The database becomes what the backup holds, brought up to date; also gives where the old one is kept.

    Raises BackupFailed; then the database is as it was. Without `force` it is refused where the database holds
    newer releases than the backup, or can not be read.
    """
    kind = _kind_of(url)
    near = backup_sqlite.path_of(url).parent if kind == SQLITE else data_dir()
    with _in_words():
        if not file.is_file():
            raise BackupFailed(f"There is no file {file}.")
        near.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=near, prefix=".restore-") as folder:
            content = Path(folder, "lantern.db")
            facts = unpack(file, content)
            _refuse_unfit(facts, kind)
            if not force:
                _refuse_older(url, facts)
            if kind == SQLITE:
                return facts, _restore_sqlite(content, facts, backup_sqlite.path_of(url))
            kept = _keep_postgresql(url, near)
            try:
                backup_postgresql.put_in_place(content, url)
            except BaseException:
                if kept:
                    kept.unlink()
                raise
            return facts, kept


def _restore_sqlite(content: Path, facts: Facts, path: Path) -> Path | None:
    backup_sqlite.check(content)
    if backup_sqlite.read_facts(content)[0] != facts.migration:
        raise BackupFailed("The backup does not hold the migration that it names.")
    migrate(f"sqlite:///{content}")
    backup_sqlite.fold(content)
    return backup_sqlite.put_in_place(content, path)


def _keep_postgresql(url: str, folder: Path) -> Path | None:
    """What is there now, as a backup of its own. None when there is nothing."""
    if not backup_postgresql.read_facts(url)[0]:
        return None
    name = make_url(url).database or POSTGRESQL
    kept = folder / f"{name}-{utc_now():%Y%m%d-%H%M%S-%f}.before-restore"
    back_up(url, kept)
    return kept


def _refuse_unfit(facts: Facts, kind: str) -> None:
    if facts.database != kind:
        raise BackupFailed(f"The backup is of a {facts.database} database, but DATABASE_URL names a {kind} one.")
    known = {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}
    if facts.migration not in known:
        raise BackupFailed(
            f"The backup was made by a newer Lantern (migration {facts.migration}). Update this one first."
        )


def _refuse_older(url: str, facts: Facts) -> None:
    if facts.database == SQLITE:
        path = backup_sqlite.path_of(url)
        if not path.exists():
            return
        if not backup_sqlite.is_readable(path):
            raise BackupFailed(f"{path} can not be read. Stop Lantern; --force moves it aside and restores.")
        here = backup_sqlite.read_facts(path)[1]
    else:
        here = backup_postgresql.read_facts(url)[1]
    if here > facts.release:
        raise BackupFailed(
            f"The database holds release {here}, the backup only release {facts.release}. "
            "--force restores it all the same; the database of now is kept."
        )


def _kind_of(url: str) -> str:
    kind = make_url(url).get_backend_name()
    if kind not in (SQLITE, POSTGRESQL):
        raise BackupFailed(f"A {kind} database can not be backed up: only {SQLITE} and {POSTGRESQL}.")
    return kind


@contextmanager
def _in_words() -> Iterator[None]:
    """What the disk, the database or a migration refuses, as BackupFailed."""
    try:
        yield
    except OSError as error:
        where = f" ({error.filename})" if error.filename else ""
        raise BackupFailed(f"{os.strerror(error.errno) if error.errno else error}{where}.") from error
    except sqlite3.Error as error:
        raise BackupFailed(f"SQLite failed: {error}.") from error
    except SQLAlchemyError as error:
        cause = type(getattr(error, "orig", None) or error).__name__
        raise BackupFailed(f"The database failed ({cause}). Is it running?") from error
    except CommandError as error:
        raise BackupFailed(f"The backup could not be brought up to date: {error}") from error
