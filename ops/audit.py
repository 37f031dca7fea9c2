"""Known weak spots in what we use: `make audit` runs it with the packages of each environment, as web=FILE bot=FILE.

Those that stay stand in docs/advisories.md, each with its reason. What pip-audit reports beyond them fails, and so does
a database that can not be asked: it must not look as if there were no weak spots. Its report is read whole, without
--ignore-vuln, because only so can it be said which rows of the table are reported no longer.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NamedTuple

TABLES = Path("docs/advisories.md")
PIP_AUDIT = Path(sys.executable).with_name("pip-audit")
ADVISORY = re.compile(r"\b(?:CVE-\d{4}-\d{4,}|PYSEC-\d{4}-\d+|GHSA(?:-[a-z0-9]{4}){3})\b")
PIN = re.compile(r"^([A-Za-z0-9._-]+==[^\s;]+)", re.MULTILINE)
NEW, NOT_ASKED = 1, 2  # exit codes


class Stays(NamedTuple):
    """One row of a table: an advisory by all its names, the package, and why it stays."""

    ids: frozenset[str]
    package: str
    reason: str


class NotAsked(RuntimeError):
    """The database of weak spots gave no answer, or not for every package."""


def read_table(text: str, environment: str) -> list[Stays]:
    """The rows under the heading "## The … environment". Raises ValueError on one without an id or a reason."""
    section = re.search(rf"^## The {environment} environment$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    if section is None:
        raise ValueError(f"{TABLES} has no part “## The {environment} environment”.")
    rows = []
    for line in section[1].splitlines():
        if not line.startswith("|") or line.startswith(("| advisory", "|---")):
            continue
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        ids = frozenset(ADVISORY.findall(cells[0]))
        if not ids or len(cells) != 5 or not cells[-1]:
            raise ValueError(f"{TABLES}: a row needs five cells, an id in the first and a reason in the last: {line}")
        rows.append(Stays(ids, cells[1], cells[-1]))
    return rows


def ask(packages: Path, pip_audit: Path) -> list[dict[str, Any]]:
    """The packages of a requirements file with their weak spots, as pip-audit tells them. Raises NotAsked."""
    pins = PIN.findall(packages.read_text(encoding="utf-8"))
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as bare:
        # Without the markers: pip-audit runs on Python 3.12 and would leave out all that is for Rasa's 3.10.
        bare.write("\n".join(pins) + "\n")
        bare.flush()
        options = ["--strict", "--no-deps", "--disable-pip", "--progress-spinner", "off", "--format", "json"]
        told = subprocess.run([pip_audit, *options, "-r", bare.name], capture_output=True, text=True, timeout=900)
    try:
        answered: list[dict[str, Any]] = json.loads(told.stdout)["dependencies"]
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        said = (told.stderr.strip() or "pip-audit said nothing.").splitlines()[-1]
        raise NotAsked(said.removeprefix("ERROR:pip_audit._cli:")) from error
    if not pins or len(answered) < len(pins):
        raise NotAsked(f"pip-audit answered for {len(answered)} of {len(pins)} packages.")
    return answered


def compare(answered: list[dict[str, Any]], stays: list[Stays]) -> tuple[list[str], list[str]]:
    """What is reported and stands in no row, and what stands in a row and is not reported: a line for each."""
    new, seen = [], set()
    for package in answered:
        for spot in package.get("vulns", []):
            names = {spot["id"], *spot["aliases"]}
            rows = [row for row in stays if row.package.split()[0] == package["name"] and row.ids & names]
            seen.update(rows)
            if not rows:
                mended = ", ".join(spot["fix_versions"]) or "no version yet"
                new.append(f"{package['name']} {package['version']}: {', '.join(sorted(names))}, mended in {mended}")
    gone = [f"{row.package}: {', '.join(sorted(row.ids))}" for row in stays if row not in seen]
    return new, gone


def main(environments: list[str], tables: Path = TABLES, pip_audit: Path = PIP_AUDIT) -> int:
    """Ask for each NAME=FILE; NEW when there is a weak spot without a reason, NOT_ASKED when it can't be known."""
    text = tables.read_text(encoding="utf-8")
    worst = 0
    for name, _, file in (environment.partition("=") for environment in environments):
        stays = read_table(text, name)
        try:
            new, gone = compare(ask(Path(file), pip_audit), stays)
        except (NotAsked, OSError, subprocess.TimeoutExpired) as error:
            print(f"{name} environment: the database of weak spots could not be asked, so nothing is known: {error}")
            worst = NOT_ASKED
            continue
        print(f"{name} environment: {len(new)} new, {len(stays) - len(gone)} known, with a reason in {TABLES}.")
        for line in new:
            print(f"  New: {line}. Update it, or write in {TABLES} why it stays and can not be reached.")
        for line in gone:
            print(f"  Reported no longer: {line}. Take its row out of {TABLES}.")
        worst = max(worst, NEW if new else 0)
    return worst


if __name__ == "__main__":
    try:
        raise SystemExit(main(sys.argv[1:]))
    except ValueError as error:
        raise SystemExit(str(error)) from None
