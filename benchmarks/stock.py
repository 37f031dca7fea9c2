"""A stock Rasa bot to compare with: default pipeline and policies, our intents, one action."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import httpx
import yaml

from ops.stack import ROOT, free_ports

ANSWER = "Thank you. Here is an answer of about the length of one of ours, from one fixed action, in one message."
ACTIONS = f'''"""One action that says one thing."""

from rasa_sdk import Action


class Answer(Action):
    def name(self):
        return "action_answer"

    def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(text="{ANSWER}")
        return []
'''
START_SECONDS = 180
EXAMPLES = 10  # of each intent: with all of them DIET trains for most of an hour, and a turn is no slower
BOT = ROOT / ".venv-bot" / "bin" / "python"


def write_project(folder: Path) -> str:
    """Write the stock bot's files; the hash of what it is trained on."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "data").mkdir(parents=True)
    phrases = read_phrases()
    intents = list(phrases)
    nlu = [
        {"intent": intent, "examples": "".join(f"- {text}\n" for text in texts)} for intent, texts in phrases.items()
    ]
    files = {
        "data/nlu.yml": {"version": "3.1", "nlu": nlu},
        "config.yml": {"recipe": "default.v1", "assistant_id": "stock", "language": "en"},
        "domain.yml": {"version": "3.1", "intents": intents, "actions": ["action_answer"]},
        "data/stories.yml": {
            "version": "3.1",
            "stories": [
                {"story": intent, "steps": [{"intent": intent}, {"action": "action_answer"}]} for intent in intents
            ],
        },
        "credentials.yml": {"rest": None},
    }
    for name, body in files.items():
        (folder / name).write_text(yaml.safe_dump(body, sort_keys=False), encoding="utf-8")
    (folder / "stock_actions.py").write_text(ACTIONS)
    digest = hashlib.sha256()
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def read_phrases() -> dict[str, list[str]]:
    """The first phrases of each of our intents."""
    phrases: dict[str, list[str]] = {}
    for file in sorted((ROOT / "data" / "intents").glob("*.yml")):
        for item in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]:
            phrases[item["intent"]] = re.findall(r"^- (.+)$", item["examples"], flags=re.MULTILINE)[:EXAMPLES]
    return phrases


def train(folder: Path, model: Path) -> float:
    """Train the stock bot unless a model of the same data is there; seconds, or 0 when there was one."""
    digest = write_project(folder)
    stamp = model.with_suffix(".sha256")
    if model.is_file() and stamp.is_file() and stamp.read_text() == digest:
        return 0.0
    print("Training the stock Rasa bot (some minutes, once) ...", file=sys.stderr, flush=True)
    started = time.monotonic()
    subprocess.run(
        [str(BOT), "-W", "ignore", "-m", "rasa", "train", "--quiet", "--out", str(model.parent.resolve()),
         "--fixed-model-name", model.name.removesuffix(".tar.gz")],
        cwd=folder, env=quiet_environment(), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    stamp.write_text(digest)
    return time.monotonic() - started


def quiet_environment() -> dict[str, str]:
    """No telemetry, no progress bars."""
    quiet = {"RASA_TELEMETRY_ENABLED": "false", "TQDM_DISABLE": "1", "TF_CPP_MIN_LOG_LEVEL": "3"}
    return {**os.environ, **quiet, "CUDA_VISIBLE_DEVICES": "", "SANIC_HOST": "127.0.0.1"}


class StockBot:
    """The running stock bot: Rasa and its action server."""

    def __init__(self, folder: Path, model: Path) -> None:
        rasa_port, actions_port = free_ports(2)
        (folder / "endpoints.yml").write_text(
            yaml.safe_dump({"action_endpoint": {"url": f"http://127.0.0.1:{actions_port}/webhook"}})
        )
        silent = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.processes = [
            subprocess.Popen(
                [sys.executable, "-m", "rasa_sdk", "--actions", "stock_actions", "--port", str(actions_port)],
                cwd=folder, env=quiet_environment(), **silent,
            ),
            subprocess.Popen(
                [str(BOT), "-W", "ignore", "-m", "rasa", "run", "--quiet", "--model", str(model.resolve()),
                 "--endpoints", "endpoints.yml", "--credentials", "credentials.yml",
                 "--interface", "127.0.0.1", "--port", str(rasa_port)],
                cwd=folder, env=quiet_environment(), **silent,
            ),
        ]  # fmt: skip
        self._http = httpx.Client(base_url=f"http://127.0.0.1:{rasa_port}", timeout=30)

    @property
    def url(self) -> str:
        """Where it listens."""
        return str(self._http.base_url)

    @property
    def pids(self) -> list[int]:
        """Its two processes."""
        return [process.pid for process in self.processes]

    def wait(self) -> None:
        """Wait until it answers with its one answer. Raises RuntimeError."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                if self.say("warm up", "hello") == ANSWER:
                    return
            except httpx.HTTPError:
                pass
            time.sleep(1)
        raise RuntimeError("The stock Rasa bot did not answer.")

    def say(self, sender: str, text: str) -> str:
        """One typed turn; what it answered."""
        answer = self._http.post("/webhooks/rest/webhook", json={"sender": sender, "message": text}).json()
        return " ".join(part.get("text", "") for part in answer)

    def stop(self) -> None:
        """Stop both."""
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(timeout=20)
