"""The form of a backup file: a first line, one line of facts, one line with a sha256, then the database, gzipped."""

import gzip
import hashlib
import json
import os
import tempfile
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

FIRST_LINE = b"Lantern backup, form 1\n"
LONGEST_LINE = 4096
PIECE = 1024 * 1024


class BackupFailed(ValueError):
    """A backup that can not be made, read or put back; the message says why. The database is as it was."""


@dataclass(frozen=True)
class Facts:
    """What a backup holds: the kind of database, its migration, its newest release (0 for none), when it was made
    (ISO 8601), and its size unpacked in bytes."""

    database: str
    migration: str
    release: int
    made_at: str
    size: int


def write(file: Path, facts: Facts, content: Path) -> None:
    """Writes the backup in one step: `file` is the whole of it or what it was before. For its owner alone to read."""
    line = _line(facts)
    digest = hashlib.sha256(line)
    with content.open("rb") as source:
        while piece := source.read(PIECE):
            digest.update(piece)
    descriptor, draft = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")
    try:
        with os.fdopen(descriptor, "wb") as to, content.open("rb") as source:
            to.write(FIRST_LINE + line + digest.hexdigest().encode() + b"\n")
            with gzip.GzipFile(fileobj=to, mode="wb", filename="", mtime=0) as packed:
                while piece := source.read(PIECE):
                    packed.write(piece)
            to.flush()
            os.fsync(to.fileno())
        os.replace(draft, file)
    finally:
        Path(draft).unlink(missing_ok=True)


def is_backup(file: Path) -> bool:
    """Whether it begins like one; the rest may still be damaged."""
    with file.open("rb") as source:
        return source.read(len(FIRST_LINE)) == FIRST_LINE


def unpack(file: Path, content: Path) -> Facts:
    """Writes the database of the backup to `content`. Raises BackupFailed unless every byte is what it was."""
    try:
        with file.open("rb") as source, content.open("wb") as to:
            if source.read(len(FIRST_LINE)) != FIRST_LINE:
                raise BackupFailed(f"{file} is not a backup of Lantern.")
            line, given = source.readline(LONGEST_LINE), source.readline(LONGEST_LINE).decode("ascii").strip()
            digest = hashlib.sha256(line)
            facts = Facts(**_checked(json.loads(line)))
            left = facts.size
            with gzip.GzipFile(fileobj=source, mode="rb") as packed:
                while piece := packed.read(PIECE):
                    left -= len(piece)
                    if left < 0:
                        raise EOFError
                    digest.update(piece)
                    to.write(piece)
    except (EOFError, zlib.error, gzip.BadGzipFile, UnicodeDecodeError, json.JSONDecodeError, TypeError) as error:
        raise BackupFailed(f"{file} is damaged or not whole.") from error
    if left or digest.hexdigest() != given:
        raise BackupFailed(f"{file} is damaged or not whole: its sha256 is not the one it names.")
    return facts


def _line(facts: Facts) -> bytes:
    return json.dumps(asdict(facts), sort_keys=True).encode() + b"\n"


def _checked(found: Any) -> dict[str, Any]:
    """The facts, when each is of its type; raises TypeError."""
    types = Facts.__annotations__
    if not isinstance(found, dict) or any(type(found.get(name)) is not type_ for name, type_ in types.items()):
        raise TypeError
    return found
