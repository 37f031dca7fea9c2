"""The API against its own description: schemathesis, with data that fits and data that does not, and calls in a row."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from ops.stack import Stack
from tests.attack.conftest import Attack

EXAMPLES = 100  # for each operation and phase
SETTINGS = Path(__file__).parent / "schemathesis.toml"


def attack_api(attack: Attack, stack: Stack, tmp_path: Path) -> None:
    """schemathesis: all its checks, data that fits and that does not, one call after another."""
    done = subprocess.run(
        [
            str(Path(sys.executable).parent / "schemathesis"), "--config-file", str(SETTINGS), "run",
            f"{stack.chat_url}/openapi.json", "--checks", "all", "--max-examples", str(EXAMPLES), "--no-color",
            "--continue-on-failure", "--phases", "examples,coverage,fuzzing,stateful",
            "--suppress-health-check", "all",
        ],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    cases = re.search(r"(\d+) generated", done.stdout)
    attack.tries += int(cases[1]) if cases else 0
    attack.expect(attack.tries > 500, f"only {attack.tries} calls were made")
    attack.expect(done.returncode == 0, done.stdout.partition(" FAILURES ")[2][:6000] + done.stderr[-500:])
