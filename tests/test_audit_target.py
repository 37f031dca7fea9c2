"""make audit: only what it would run, for it asks the internet."""

from __future__ import annotations

import os
import subprocess

from tests.conftest import ROOT


def make(*arguments: str) -> str:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    return subprocess.run(["make", *arguments], cwd=ROOT, env=clean, capture_output=True, text=True, check=True).stdout


def test_the_audit_looks_at_our_code_and_at_what_it_uses() -> None:
    steps = make("--dry-run", "audit")
    assert "bandit -q -r content admin chat safety actions ops -lll" in steps
    assert "export --quiet --locked" in steps
    assert "--group web" in steps


def test_the_audit_asks_for_both_environments() -> None:
    """What becomes of the answers, and of none, is in tests/ops/test_ops_audit.py."""
    steps = make("--dry-run", "audit")
    assert "--group bot --python 3.10" in steps
    assert "ops/audit.py web=" in steps
    assert " bot=" in steps.split("ops/audit.py")[1]


def test_the_audit_is_in_the_help() -> None:
    assert "make audit " in make("help")
