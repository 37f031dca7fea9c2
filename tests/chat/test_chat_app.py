"""The server as it starts: its real parts, and nothing before it is asked to start."""

import subprocess
import sys

import pytest

from chat.app import create_app
from chat.settings import Settings


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """The chat server with the library's release and the real rules; Rasa and the database are not there."""
    folder = tmp_path_factory.mktemp("var")
    environ = {"LANTERN_DATA_DIR": str(folder), "LANTERN_RASA_PORT": "9", "LANTERN_ACTIONS_PORT": "9"}
    app = create_app(Settings.from_environment(environ))
    chat = app.extensions["lantern.chat"]
    yield app.test_client()
    chat.store.stop()
    chat.http.close()


@pytest.mark.parametrize(("language", "words"), [("en", "Hello"), ("cy", "Helo")])
def test_the_library_welcomes_and_helps_with_nothing_behind_it(real, language, words) -> None:
    started = real.post("/api/conversations", json={"language": language}).json
    assert words in started["messages"][0]["text"]
    path = f"/api/conversations/{started['conversation']}/messages"
    messages = real.post(path, json={"text": "I have taken an overdose"}).json["messages"]
    assert "999" in messages[0]["text"]
    lists = [message["helplines"] for message in messages if message["type"] == "helplines"]
    assert [line["id"] for line in lists[0]] == ["emergency-999"]


def test_the_library_has_the_first_help_of_the_widget(real) -> None:
    started = real.get("/widget/start.json?language=cy").json
    assert [line["id"] for line in started["helplines"]] == ["emergency-999", "childline", "shout"]
    assert all(line["routes"] for line in started["helplines"])


def test_importing_the_server_starts_nothing() -> None:
    script = "import socket, threading, chat.wsgi, chat.app\nassert threading.active_count() == 1\n"
    blocked = "import socket; socket.socket.connect = None; " + script
    subprocess.run([sys.executable, "-c", blocked], check=True, timeout=60)


def test_a_wrong_setting_ends_the_server_with_a_line_that_names_it() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "chat"],
        env={"LANTERN_CHAT_PORT": "eighty", "LANTERN_SECRET_KEY": "long-enough-to-be-a-secret"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2
    assert done.stderr.strip().splitlines() == [
        "LANTERN_CHAT_PORT must be a whole number from 1 to 65535, but it is 'eighty'."
    ]
