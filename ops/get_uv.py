"""Get uv into a folder of the project: `python3 ops/get_uv.py .tools`. Standard library only: any Python will do.

The wheel comes from the package index (PIP_INDEX_URL, else pypi.org) and must have the sha256 written here.
"""

from __future__ import annotations

import hashlib
import io
import os
import platform
import re
import stat
import sys
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

VERSION = "0.13.9"
WHEELS = {  # machine: (the wheel's platform tag, its sha256)
    "x86_64": (
        "manylinux_2_17_x86_64.manylinux2014_x86_64",
        "d7f459fe4fd247d830351c75686d3996ace3c6f3f728eb0e85a30b7ada0cef19",
    ),
    "aarch64": (
        "manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64",
        "5435c5ce14a56431208ca0996416d310f1598e8c2c8ba707688985a16bb82dbe",
    ),
}


def main(folder: Path) -> None:
    """Write `folder`/uv, or end with words that say what to do."""
    target = folder / "uv"
    stamp = folder / f"uv-{VERSION}"
    if target.is_file() and stamp.is_file():
        return
    platform_tag, sha256 = WHEELS.get(platform.machine(), (None, None))
    if platform_tag is None:
        sys.exit(f"No uv for {platform.machine()} is known here. Install uv {VERSION} yourself, then: make UV=uv")
    print(f"Getting uv {VERSION} into {folder}/ ...", file=sys.stderr, flush=True)
    try:
        wheel = download(f"uv-{VERSION}-py3-none-{platform_tag}.whl")
    except (urllib.error.URLError, LookupError) as error:
        sys.exit(f"Could not get uv from the package index: {error}. Check the network or set PIP_INDEX_URL.")
    if hashlib.sha256(wheel).hexdigest() != sha256:
        sys.exit("The uv that came from the package index has another sha256 than expected. It was not used.")
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        target.write_bytes(archive.read(f"uv-{VERSION}.data/scripts/uv"))
    target.chmod(target.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    stamp.touch()


def download(wheel: str) -> bytes:
    """The bytes of a wheel, found by its name on the index's page of uv."""
    index = (os.environ.get("PIP_INDEX_URL") or "https://pypi.org/simple").rstrip("/") + "/uv/"
    with urllib.request.urlopen(index, timeout=60) as page:
        links = re.findall(r'href="([^"]+)"', page.read().decode())
    for link in links:
        if link.partition("#")[0].endswith("/" + wheel):
            with urllib.request.urlopen(urllib.parse.urljoin(index, link), timeout=300) as file:
                body: bytes = file.read()
                return body
    raise LookupError(f"{wheel} is not on {index}")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
