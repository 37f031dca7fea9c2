"""A release as a zip of files, in the library's own form."""

import io
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from content.export import export
from content.release import Release


def zip_of(release: Release) -> bytes:
    """Everything the release says; unpacked, import reads it back. The same release gives the same bytes."""
    file = io.BytesIO()
    with TemporaryDirectory() as place, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        folder = Path(place, f"release-{release.number}")
        export(release.snapshot, folder)
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                entry = zipfile.ZipInfo(path.relative_to(place).as_posix())
                archive.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
    return file.getvalue()
