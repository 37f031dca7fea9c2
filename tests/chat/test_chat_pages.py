from dataclasses import replace

import pytest

import chat.pages


@pytest.fixture(autouse=True)
def widget(tmp_path, monkeypatch):
    """A widget of four files."""
    (tmp_path / "demo.html").write_text("<h1>Demo</h1>")
    (tmp_path / "widget.js").write_text("export {};")
    (tmp_path / "notes.py").write_text("secret = 1")
    (tmp_path.parent / "outside.js").write_text("outside")
    monkeypatch.setattr(chat.pages, "WIDGET", tmp_path)


def test_the_demo_page_trusts_only_itself(client) -> None:
    response = client.get("/?language=cy", buffered=True)
    assert response.status_code == 200
    assert response.mimetype == "text/html"
    assert "default-src 'self'" in response.headers["Content-Security-Policy"]
    assert "unsafe" not in response.headers["Content-Security-Policy"]


def test_a_file_of_the_widget_is_sent_as_what_it_is(client) -> None:
    response = client.get("/widget/widget.js", buffered=True)
    assert response.mimetype == "text/javascript"
    again = client.get("/widget/widget.js", headers={"If-None-Match": response.headers["ETag"]}, buffered=True)
    assert again.status_code == 304


@pytest.mark.parametrize(
    "name", ["nothing.js", "notes.py", "../outside.js", "..%2foutside.js", "%2e%2e/outside.js", ""]
)
def test_no_other_file_is_sent(client, name) -> None:
    assert client.get(f"/widget/{name}").status_code == 404


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_widget_starts_with_its_words_and_with_help(client, language) -> None:
    response = client.get(f"/widget/start.json?language={language}")
    assert response.status_code == 200
    assert response.json["language"] == language
    assert response.json["words"] == {"widget.title": f"Lantern {language}"}
    assert [line["id"] for line in response.json["helplines"]] == ["emergency-999", "childline", "shout"]
    assert "max-age=60" in response.headers["Cache-Control"]
    again = client.get(f"/widget/start.json?language={language}", headers={"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


def test_the_widget_starts_only_in_our_languages(client) -> None:
    assert client.get("/widget/start.json?language=fr").status_code == 422
    assert client.get("/widget/start.json", headers={"Accept-Language": "cy"}).json["language"] == "cy"


def test_a_picture_is_sent_as_a_drawing_that_can_do_nothing_else(client, store) -> None:
    store.release = replace(store.release, pictures={"line": {"svg": "<svg/>", "alt": {"en": "A line"}}})
    response = client.get("/widget/pictures/line.svg?v=0")
    assert (response.mimetype, response.text) == ("image/svg+xml", "<svg/>")
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert client.get("/widget/pictures/gone.svg").status_code == 404


@pytest.mark.parametrize("path", ["/", "/widget/widget.js", "/api/helplines", "/healthz", "/nothing", "/openapi.json"])
def test_every_answer_is_careful(client, path) -> None:
    headers = client.get(path, buffered=True).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("path", ["/api/conversations", "/api/conversations/x/messages", "/widget/start.json"])
def test_any_site_may_hold_the_widget_but_without_credentials(client, path) -> None:
    asked = client.options(path, headers={"Origin": "https://school.example", "Access-Control-Request-Method": "POST"})
    assert asked.status_code == 200
    assert asked.headers["Access-Control-Allow-Origin"] == "*"
    assert "POST" in asked.headers["Access-Control-Allow-Methods"]
    assert asked.headers["Access-Control-Allow-Headers"] == "Content-Type"
    assert "Access-Control-Allow-Credentials" not in asked.headers
    failed = client.post(path, data="{", headers={"Origin": "https://school.example"})
    assert failed.headers["Access-Control-Allow-Origin"] == "*"


def test_other_addresses_are_not_shared(client) -> None:
    for path in ("/", "/healthz", "/readyz", "/nothing"):
        assert "Access-Control-Allow-Origin" not in client.get(path, buffered=True).headers


@pytest.mark.parametrize(
    "path",
    [
        "/api/helplines",
        "/api/nowhere",
        "/nowhere",
        "/openapi.json",
        "/healthz",
        "/widget/start.json",
        "/widget/style.css",
    ],
)
def test_what_is_no_page_may_do_nothing_as_one(client, path) -> None:
    policy = client.get(path).headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
