"""Settings of the staff server, and the server as it is started."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from admin.settings import BrokenSettings, Settings
from content.settings import ROOT


@pytest.fixture(autouse=True)
def data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LANTERN_DATA_DIR", str(tmp_path))
    for name in (
        "DATABASE_URL",
        "LANTERN_SECRET_KEY",
        "LANTERN_ADMIN_PORT",
        "LANTERN_ADMIN_HOST",
        "LANTERN_ADMIN_SECURE",
    ):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_the_defaults(data_folder: Path) -> None:
    settings = Settings.from_environment()
    assert (settings.host, settings.port, settings.is_secure) == ("127.0.0.1", 8001, False)
    assert settings.database_url == f"sqlite:///{data_folder / 'lantern.db'}"
    assert (data_folder / "secret-key").stat().st_mode & 0o777 == 0o600
    assert Settings.from_environment().secret_key == settings.secret_key


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LANTERN_ADMIN_PORT", "eighty"),
        ("LANTERN_ADMIN_PORT", "70000"),
        ("LANTERN_ADMIN_SECURE", "maybe"),
        ("LANTERN_SECRET_KEY", "short"),
    ],
)
def test_a_setting_that_can_not_be_used_is_named(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(BrokenSettings, match=name):
        Settings.from_environment()


def test_gunicorn_serves_it_and_logs_nobody(data_folder: Path) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    gunicorn = Path(sys.executable).with_name("gunicorn")
    environment = {**os.environ, "LANTERN_ADMIN_PORT": str(port)}
    environment.pop("PYTHONPATH", None)
    log = data_folder / "log"
    with log.open("wb") as file:
        server = subprocess.Popen(
            [gunicorn, "--config", "admin/gunicorn.conf.py", "admin.wsgi:app"],
            cwd=ROOT, env=environment, stdout=file, stderr=file,
        )  # fmt: skip
    try:
        assert fetch(f"http://127.0.0.1:{port}/healthz") == 200
    finally:
        server.terminate()
        server.wait(10)
    assert "127.0.0.1" not in log.read_text()


def test_gunicorn_says_which_setting_is_wrong() -> None:
    gunicorn = Path(sys.executable).with_name("gunicorn")
    done = subprocess.run(
        [gunicorn, "--config", "admin/gunicorn.conf.py", "admin.wsgi:app"],
        cwd=ROOT, env={**os.environ, "LANTERN_ADMIN_SECURE": "maybe"}, capture_output=True, text=True, timeout=30,
    )  # fmt: skip
    assert done.returncode != 0
    assert "LANTERN_ADMIN_SECURE must be on or off" in done.stderr
    assert "Traceback" not in done.stderr


def fetch(address: str) -> int:
    deadline = time.monotonic() + 20
    while True:
        try:
            with urllib.request.urlopen(address, timeout=2) as response:
                return response.status
        except (urllib.error.URLError, OSError):
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
