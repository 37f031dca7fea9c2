"""The secret key that signs sessions and tokens: made once, and kept in the data folder."""

import os
import secrets
import tempfile
from pathlib import Path

NAME = "secret-key"
SHORTEST = 16


class BrokenKey(ValueError):
    """The secret key can not be used; the message says why and what to do."""


def keep_secret_key(folder: Path) -> str:
    """The key in the folder, which is made when it is not there yet, readable by its owner alone.

    Two processes may start at once: the key is written under another name and linked into place, so both
    read the same one, and never half of it. Raises BrokenKey when the file can not be read or made.
    """
    path = folder / NAME
    try:
        if not path.exists():
            folder.mkdir(parents=True, exist_ok=True)
            descriptor, draft = tempfile.mkstemp(dir=folder, prefix=f".{NAME}-")
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(secrets.token_urlsafe(48))
            try:
                os.link(draft, path)
            except FileExistsError:
                pass  # another process was quicker; its key is the one
            finally:
                os.unlink(draft)
        key = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BrokenKey(f"The secret key {path} can not be read or made: {error}") from error
    if len(key) < SHORTEST:
        raise BrokenKey(f"The secret key in {path} is too short: delete the file and start again.")
    return key
