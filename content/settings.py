"""Settings of the content store, read from the environment when asked for, never at import."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LIBRARY = Path(__file__).resolve().parent / "library"
CHECK_GRACE_DAYS = 120  # helplines are checked every three months; a month is left for being late


def data_dir() -> Path:
    """The folder for everything that is written while running: LANTERN_DATA_DIR, or var/ beside the code."""
    return Path(os.environ.get("LANTERN_DATA_DIR") or ROOT / "var").resolve()


def database_url() -> str:
    """DATABASE_URL, or an SQLite file in the data folder."""
    return os.environ.get("DATABASE_URL") or f"sqlite:///{data_dir() / 'lantern.db'}"


def check_grace_days() -> int:
    """Days after its last check until a helpline is no longer offered (LANTERN_CHECK_GRACE_DAYS)."""
    try:
        return int(os.environ.get("LANTERN_CHECK_GRACE_DAYS") or CHECK_GRACE_DAYS)
    except ValueError:
        return CHECK_GRACE_DAYS
