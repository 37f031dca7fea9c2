"""The newest release as a file in the data folder, so that a restart without the database serves what was published."""

import json
import os
import tempfile
from pathlib import Path

from content.release import Release

FILE = "newest-release.json"


def keep(release: Release, folder: Path) -> None:
    """Write it in one step: the file is the whole of this release, or what it was before. Raises OSError."""
    head = json.dumps({"number": release.number, "sha256": release.sha256, "created_at": release.created_at})
    descriptor, draft = tempfile.mkstemp(dir=folder, prefix=f".{FILE}-")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(f"{head}\n{release.to_json()}")
            file.flush()
            os.fsync(file.fileno())
        os.replace(draft, folder / FILE)
    finally:
        Path(draft).unlink(missing_ok=True)


def read_kept(folder: Path) -> Release | None:
    """The release that was kept; None when there is none. Raises BrokenRelease, ValueError, KeyError or OSError."""
    try:
        head, text = (folder / FILE).read_text(encoding="utf-8").split("\n", 1)
    except FileNotFoundError:
        return None
    facts = json.loads(head)
    return Release.from_json(
        text, str(facts["sha256"]), number=int(facts["number"]), created_at=str(facts["created_at"])
    )
