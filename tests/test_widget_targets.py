"""make widget-types and make bench-widget: what they would run, for one of them asks a package registry."""

from __future__ import annotations

import json

from tests.conftest import ROOT
from tests.test_audit_target import make


def test_types_are_checked_by_a_pinned_tool_that_runs_nothing_of_its_own() -> None:
    package = json.loads((ROOT / "package.json").read_text())
    (version,) = package["devDependencies"].values()
    assert package["devDependencies"].keys() == {"typescript"}
    assert "dependencies" not in package
    lock = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert lock["node_modules/typescript"]["version"] == version
    assert "npm ci --ignore-scripts" in make("--dry-run", "--always-make", "node_modules/.synced")
    assert "/node_modules/" in (ROOT / ".gitignore").read_text().splitlines()


def test_all_checks_include_the_types_and_the_tests_do_not() -> None:
    makefile = (ROOT / "Makefile").read_text()
    check, test = (makefile.split(f"\n{name}: ")[1].split("\n\n")[0] for name in ("check", "test"))
    assert "widget-types" in check
    assert "widget-types" not in test


def test_both_are_in_the_help() -> None:
    listed = make("help")
    assert "make widget-types " in listed
    assert "make bench-widget " in listed


def test_types_are_checked_strictly_in_every_module() -> None:
    config = json.loads((ROOT / "tsconfig.json").read_text())
    assert config["include"] == ["chat/widget/*.js"]
    assert config["compilerOptions"]["strict"] is config["compilerOptions"]["checkJs"] is True
    for file in (ROOT / "chat" / "widget").glob("*.js"):
        assert "@ts-nocheck" not in file.read_text(encoding="utf-8"), file.name
