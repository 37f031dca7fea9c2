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


def test_an_audit_that_gets_no_answer_fails() -> None:
    """Without --strict, pip-audit skips what it can not look up and says that nothing is wrong."""
    assert "pip-audit --strict" in make("--dry-run", "audit")


def test_the_audit_is_in_the_help() -> None:
    assert "make audit " in make("help")
