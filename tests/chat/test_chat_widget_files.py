"""The widget's files as they are sent."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

import chat.pages

CHAT = 'import { a } from "./a.js";\nconst style = "style.css";\nexport const all = a;\n'


@pytest.fixture(autouse=True)
def widget(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "widget.js").write_text('/** Words. */\nimport("chat.js");\nconst style = "style.css";\n')
    (tmp_path / "chat.js").write_text(CHAT)
    (tmp_path / "a.js").write_text("export const a = 1;\n")
    (tmp_path / "style.css").write_text("p { color: red; }\n" * 100)
    monkeypatch.setattr(chat.pages, "WIDGET", tmp_path)
    return tmp_path


def addresses(client: FlaskClient) -> list[str]:
    return re.findall(r'"([\w.]+\?v=\w+)"', client.get("/widget/widget.js").text)


def test_the_script_names_what_it_loads_by_its_version(client: FlaskClient) -> None:
    script = client.get("/widget/widget.js")
    assert "max-age=60" in script.headers["Cache-Control"]
    assert "Words" not in script.text
    named = addresses(client)
    assert [name.split("?")[0] for name in named] == ["chat.js", "style.css"]
    for name in named:
        cached = client.get(f"/widget/{name}").headers["Cache-Control"]
        assert cached == "public, max-age=31536000, immutable"


def test_another_content_has_another_address(client: FlaskClient, widget: Path) -> None:
    code, style = addresses(client)
    (widget / "a.js").write_text("export const a = 2;\n")
    newer, same = addresses(client)
    assert (newer != code, same == style) == (True, True)
    (widget / "style.css").write_text("p { color: blue; }\n")
    assert addresses(client)[0] != newer  # it names the style, so it is another too


@pytest.mark.parametrize("query", ["", "?v=", "?v=0123456789"])
def test_an_address_of_another_version_is_not_kept(client: FlaskClient, query: str) -> None:
    assert client.get(f"/widget/chat.js{query}").headers["Cache-Control"] == "public, max-age=60"


def test_the_chat_is_sent_in_one(client: FlaskClient) -> None:
    text = client.get("/widget/chat.js").text
    assert "const a = 1;" in text
    assert "import" not in text


def test_a_chat_that_can_not_be_put_into_one_is_sent_as_it_is(
    client: FlaskClient, widget: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (widget / "a.js").write_text("export default 1;\n")
    assert 'from "./a.js"' in client.get("/widget/chat.js").text
    assert "a.js: export default 1;" in caplog.text
    assert client.get("/widget/a.js").status_code == 200


def test_a_style_sheet_that_is_not_whole_stops_nothing(client: FlaskClient, widget: Path) -> None:
    (widget / "style.css").write_text('@import url("missing.css");\n')
    for name in ("style.css", "widget.js", "chat.js"):
        assert client.get(f"/widget/{name}").status_code == 200


def test_files_are_compressed_for_who_takes_it(client: FlaskClient) -> None:
    plain = client.get("/widget/style.css")
    packed = client.get("/widget/style.css", headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert len(packed.data) == int(packed.headers["Content-Length"]) < len(plain.data)
    assert "Content-Encoding" not in plain.headers
    refused = client.get("/widget/style.css", headers={"Accept-Encoding": "gzip;q=0"})
    assert refused.data == plain.data
    for answer in (plain, packed):
        assert "Accept-Encoding" in answer.headers["Vary"]


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
@pytest.mark.parametrize("path", ["/widget/style.css", "/widget/start.json?language=cy", "/chat"])
def test_what_is_there_already_is_not_sent_again(client: FlaskClient, path: str, encoding: str) -> None:
    headers = {"Accept-Encoding": encoding}
    first = client.get(path, headers=headers)
    again = client.get(path, headers={**headers, "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    other = {"Accept-Encoding": "identity" if encoding == "gzip" else "gzip", "If-None-Match": first.headers["ETag"]}
    assert client.get(path, headers=other).status_code == 200


def test_pages_that_isolate_themselves_may_load_it(client: FlaskClient) -> None:
    for name in ("widget.js", "chat.js", "style.css"):
        assert client.get(f"/widget/{name}").headers["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_answers_with_a_token_are_never_compressed(client: FlaskClient) -> None:
    """What a page can put into an answer must not stand in one compressed text with what is secret."""
    started = client.post("/api/conversations", json={}, headers={"Accept-Encoding": "gzip"})
    assert started.status_code == 201
    assert "Content-Encoding" not in started.headers
