"""Looking for words that people wrote in files: in every form in which a program could have written them."""

from __future__ import annotations

import os
import random
import stat
import zlib
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

LETTERS = "bcdfghjklmnpqrstvwxz"  # so that no word of a language is among the marks
STEM_LENGTH = 14
PIECE = 16 * 1024 * 1024
OVERLAP = 4096  # bytes of the piece before that are looked at again
GZIP = b"\x1f\x8b\x08"
MOST_UNPACKED = 4 * 1024 * 1024
NOT_FILES = ("/proc", "/sys", "/dev/pts", "/dev/mqueue", "/dev/hugepages")


class Marks:
    """Words that stand nowhere else. All begin with the same letters, so that one search finds any of them."""

    def __init__(self) -> None:
        self.stem = "".join(random.sample(LETTERS, STEM_LENGTH))
        self.given = 0

    def next(self) -> str:
        """A mark that was not given before."""
        self.given += 1
        return f"{self.stem}{self.given:04d}"


@dataclass(frozen=True)
class Trace:
    """A file that holds a mark, and the form it has there."""

    path: Path
    form: str


def forms_of(words: str) -> dict[str, list[bytes]]:
    """How a program may write these ASCII words: what to look for, by the name of the form."""
    plain, wide = words.encode(), words.encode("utf-16-le")
    return {
        "utf-8": [plain],
        "utf-16": [wide, words.encode("utf-16-be")],
        "url-encoded": ["".join(f"%{byte:02x}" for byte in plain).encode()],
        "hex": [plain.hex().encode()],
        "base64": [*_in_base64(plain), *_in_base64(wide)],
    }


def _in_base64(words: bytes) -> Iterator[bytes]:
    """The signs that stay the same whatever stands before and behind, for each of the three ways it can begin."""
    for shift in range(3):
        encoded = b64encode(b"\0" * shift + words)
        first = (0, 2, 3)[shift]
        last = (shift + len(words)) * 8 // 6
        yield encoded[first:last]


class Search:
    """Finds a stem in any form. Capitals are found too, but for base64, where they mean something else."""

    def __init__(self, stem: str) -> None:
        self._forms = forms_of(stem)

    def forms_in(self, content: bytes) -> set[str]:
        """The names of the forms it has in there, also inside what is gzipped."""
        lower = content.lower()
        found = {
            name
            for name, needles in self._forms.items()
            if any(needle in (content if name == "base64" else lower) for needle in needles)
        }
        start = content.find(GZIP)
        while start >= 0:
            found |= {f"{name}, gzipped" for name in self._plain_forms_in(_unpack(content[start:]))}
            start = content.find(GZIP, start + 1)
        return found

    def _plain_forms_in(self, content: bytes) -> set[str]:
        lower = content.lower()
        return {name for name, needles in self._forms.items() if any(needle in lower for needle in needles)}

    def traces_in(self, paths: Iterable[Path]) -> list[Trace]:
        """All that is found in these files. One that goes away meanwhile is passed over."""
        traces: list[Trace] = []
        for path in paths:
            if self.forms_in(os.fsencode(path)):
                traces.append(Trace(path, "its name"))
            try:
                with path.open("rb") as file:
                    traces += [Trace(path, form) for form in sorted(self._forms_in_pieces(file))]
            except OSError:
                continue
        return traces

    def _forms_in_pieces(self, file: Iterable[bytes]) -> set[str]:
        found: set[str] = set()
        before = b""
        while piece := file.read(PIECE):  # type: ignore[attr-defined]
            found |= self.forms_in(before + piece)
            before = piece[-OVERLAP:]
        return found


def _unpack(content: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(content, MOST_UNPACKED)
    except zlib.error:
        return b""


def files_in(folder: Path, since: float = 0.0) -> Iterator[Path]:
    """The files below a folder that were changed since then (seconds since 1970). Links are not followed."""
    for parent, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not os.path.join(parent, name).startswith(NOT_FILES)]
        for name in names:
            path = Path(parent, name)
            try:
                facts = path.lstat()
            except OSError:
                continue
            if stat.S_ISREG(facts.st_mode) and max(facts.st_mtime, facts.st_ctime) >= since:
                yield path


def plant(folder: Path, words: str) -> dict[str, Path]:
    """Files that hold the words, one for each form: what a search must find, to be believed when it finds nothing."""
    planted = {}
    for form, needles in forms_of(words).items():
        for number, needle in enumerate(needles):
            path = folder / f"{form}-{number}"
            path.write_bytes(b"\x00before " + needle + b" after\xff")
            planted[f"{form} {number}"] = path
    return planted
