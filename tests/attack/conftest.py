"""What attacks share: the table at the end, the running stack, and the fixtures of the chat's and the admin's tests."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from tests.admin.conftest import ann, app, database_url, session, settings, signed_in, starter_file, stranger
from tests.browser.conftest import browser
from tests.chat.conftest import assessor, make_app, rasa, store
from tests.conftest import stack

__all__ = [
    "ann", "app", "assessor", "browser", "database_url", "make_app", "rasa", "session", "settings", "signed_in",
    "stack", "starter_file", "store", "stranger",
]  # fmt: skip
SHOWN = 12  # findings of one attack


@dataclass
class Attack:
    """One line of the table: how often something was tried, and what came of it that should not have."""

    name: str
    tries: int = 0
    findings: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def expect(self, is_so: bool, otherwise: str) -> bool:
        """One try. `otherwise` is the finding."""
        self.tries += 1
        if not is_so:
            self.findings.append(otherwise)
        return is_so


TABLE = pytest.StashKey[list[Attack]]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[TABLE] = []


@pytest.fixture
def attack(request: pytest.FixtureRequest) -> Iterator[Attack]:
    """Counts for the test that asks for it, which fails when it has found something."""
    said = (request.function.__doc__ or request.node.name).splitlines()[0].rstrip(".")
    case = f" ({request.node.callspec.id})" if hasattr(request.node, "callspec") else ""
    line = Attack(said + case)
    request.config.stash[TABLE].append(line)
    started = time.monotonic()
    yield line
    line.seconds = time.monotonic() - started
    if line.findings:
        more = f"\n… and {len(line.findings) - SHOWN} more" if len(line.findings) > SHOWN else ""
        pytest.fail("\n".join(line.findings[:SHOWN]) + more, pytrace=False)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    lines = config.stash[TABLE]
    terminalreporter.section("attacks")
    terminalreporter.write_line(f"{'tries':>7} {'findings':>8} {'seconds':>7}  attack")
    for line in lines:
        terminalreporter.write_line(f"{line.tries:>7} {len(line.findings):>8} {line.seconds:>7.1f}  {line.name}")
    found = sum(len(line.findings) for line in lines)
    terminalreporter.write_line(f"{sum(line.tries for line in lines):>7} {found:>8}")
