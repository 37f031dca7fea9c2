"""Known weak spots: each that stays has a reason; what is new, or can not be asked, fails; what the reasons rest on."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
import tomllib
import yaml

from ops.audit import NEW, NOT_ASKED, compare, main, read_table

ROOT = Path(__file__).resolve().parents[2]
TABLES = ROOT / "docs" / "advisories.md"
ENVIRONMENTS = ("web", "bot")
ROW = "| CVE-2026-1111, GHSA-aaaa-bbbb-cccc | left-pad 1.0 | pads too much | high | It is never called. |"


def tables(tmp_path: Path, *rows: str) -> Path:
    """A page with the given rows for the bot environment, and none for the web's."""
    page = tmp_path / "advisories.md"
    head = "| advisory | package | what it is | severity | why it can not be reached |\n|---|---|---|---|---|\n"
    lines = "\n".join(rows)
    page.write_text(
        f"## The web environment\n\n{head}\n## The bot environment\n\n{head}{lines}\n\n## Renewal\n\n{ROW}\n"
    )
    return page


def weak(*ids: str) -> dict[str, Any]:
    """A weak spot as pip-audit tells it."""
    return {"id": ids[0], "aliases": list(ids[1:]), "fix_versions": ["1.1"], "description": "pads too much"}


def pip_audit(tmp_path: Path, *spots: dict[str, Any], says: str | None = None) -> Path:
    """A pip-audit that finds these in left-pad and nothing in any other package, or prints `says` and no report."""
    script = tmp_path / "pip-audit"
    script.write_text(
        f"#!{sys.executable}\n"
        "import json, sys\n"
        f"says, spots = {says!r}, json.loads({json.dumps(list(spots))!r})\n"
        "if says: sys.exit(says)\n"
        "assert '--strict' in sys.argv\n"
        "pins = [line.split('==') for line in open(sys.argv[-1]).read().split()]\n"
        "print(json.dumps({'dependencies': [\n"
        "    {'name': name, 'version': version.strip(), 'vulns': spots if name == 'left-pad' else []}\n"
        "    for name, version in pins]}))\n"
        "sys.exit(1 if spots else 0)\n"
    )
    script.chmod(0o755)
    return script


@pytest.fixture
def packages(tmp_path: Path) -> str:
    """The bot's packages as `uv export` writes them: for a Python that the audit itself does not run on."""
    file = tmp_path / "requirements.txt"
    file.write_text(
        "# by uv\nleft-pad==1.0 ; python_full_version < '3.11' and sys_platform == 'linux'\n    # via rasa\n"
        "other==2.0 ; python_full_version < '3.11'\n"
    )
    return f"bot={file}"


def test_known_spot_with_a_reason_passes_by_any_of_its_names(
    tmp_path: Path, packages: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = pip_audit(tmp_path, weak("PYSEC-2026-9", "GHSA-aaaa-bbbb-cccc"))
    assert main([packages], tables(tmp_path, ROW), found) == 0
    assert "0 new, 1 known" in capsys.readouterr().out


def test_new_spot_fails_and_is_named(tmp_path: Path, packages: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = pip_audit(tmp_path, weak("CVE-2026-1111"), weak("PYSEC-2026-8", "CVE-2026-2222"))
    assert main([packages], tables(tmp_path, ROW), found) == NEW
    said = capsys.readouterr().out
    assert "New: left-pad 1.0: CVE-2026-2222, PYSEC-2026-8, mended in 1.1" in said
    assert "CVE-2026-1111" not in said


def test_row_that_is_reported_no_longer_is_named(
    tmp_path: Path, packages: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([packages], tables(tmp_path, ROW), pip_audit(tmp_path)) == 0
    assert "Reported no longer: left-pad 1.0: CVE-2026-1111, GHSA-aaaa-bbbb-cccc." in capsys.readouterr().out


def test_same_advisory_in_another_package_is_new() -> None:
    stays = read_table(f"## The bot environment\n{ROW}\n", "bot")
    new, gone = compare([{"name": "right-pad", "version": "3", "vulns": [weak("CVE-2026-1111")]}], stays)
    assert (len(new), len(gone)) == (1, 1)


def test_unreachable_database_fails_with_its_own_words(
    tmp_path: Path, packages: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([packages], tables(tmp_path, ROW), pip_audit(tmp_path, says="no route to pypi.org")) == NOT_ASKED
    said = capsys.readouterr().out
    assert "bot environment: the database of weak spots could not be asked" in said
    assert "no route to pypi.org" in said


def test_missing_pip_audit_fails_plainly(tmp_path: Path, packages: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([packages], tables(tmp_path), tmp_path / "none") == NOT_ASKED
    assert "could not be asked" in capsys.readouterr().out


def test_package_without_an_answer_fails(tmp_path: Path, packages: str, capsys: pytest.CaptureFixture[str]) -> None:
    silent = pip_audit(tmp_path)
    silent.write_text(f"#!{sys.executable}\nprint('{{\"dependencies\": []}}')\n")
    assert main([packages], tables(tmp_path), silent) == NOT_ASKED
    assert "answered for 0 of 2 packages" in capsys.readouterr().out


@pytest.mark.parametrize(
    "row",
    ["| none | left-pad 1.0 | pads | high | Never called. |", "| CVE-2026-1111 | left-pad 1.0 | pads | high |  |"],
    ids=["no id", "no reason"],
)
def test_row_without_id_or_reason_is_refused(row: str) -> None:
    with pytest.raises(ValueError, match="a row needs"):
        read_table(f"## The bot environment\n{row}\n", "bot")


@pytest.mark.parametrize("environment", ENVIRONMENTS)
def test_each_row_has_ids_and_a_reason_for_a_package_of_the_lock(environment: str) -> None:
    lock = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))
    locked = {f"{package['name']} {package.get('version')}" for package in lock["package"]}
    rows = read_table(TABLES.read_text(encoding="utf-8"), environment)
    assert [row.package for row in rows if row.package not in locked] == []
    ids = [name for row in rows for name in row.ids]
    assert len(ids) == len(set(ids)), "an advisory stands in two rows"


def test_rasa_is_started_as_the_reasons_say() -> None:
    """Points 1, 2 and 5 of docs/advisories.md: whoever changes this must read the table again."""
    command = (ROOT / "ops" / "supervisord.conf").read_text(encoding="utf-8").split("[program:rasa]")[1].splitlines()[1]
    assert "--interface 127.0.0.1" in command
    assert "--enable-api" not in command
    assert "--cors" not in command
    assert list(yaml.safe_load((ROOT / "bot" / "credentials.yml").read_text())) == ["bot.channel.LanternInput"]
    endpoints = yaml.safe_load((ROOT / "bot" / "endpoints.yml").read_text())
    assert set(endpoints) == {"action_endpoint", "tracker_store"}
    assert endpoints["action_endpoint"]["url"].startswith("http://127.0.0.1:")
