"""Log lines: JSON, with a time, and nothing filled in by a library that could be somebody's words."""

import json
import logging

import pytest

from content.log_lines import JsonLines

WORDS = "Gwenllian-of-the-secret-street"


def written(name: str, message: str, *arguments: object, error: Exception | None = None) -> dict[str, object]:
    failed = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord(name, logging.ERROR, "file.py", 1, message, arguments, failed)
    return dict(json.loads(JsonLines().format(record)))


def test_a_line_says_when_how_bad_and_from_where() -> None:
    line = written("content.store", "Serving release %d.", 7)
    assert (line["level"], line["from"], line["says"]) == ("error", "content.store", "Serving release 7.")
    assert str(line["at"]).endswith("Z")


def test_a_line_of_ours_brings_its_own_keys() -> None:
    line = written("lantern.chat", '{"route": "/healthz", "ms": 1.5}')
    assert (line["route"], line["ms"]) == ("/healthz", 1.5)
    assert "says" not in line


@pytest.mark.parametrize("name", ["gunicorn.error", "sanic.root", "rasa_sdk.executor", "chatty"])
def test_what_a_library_fills_in_is_left_out(name: str) -> None:
    assert WORDS not in json.dumps(written(name, "Error handling request %s", f"/api/conversations/{WORDS}"))


def test_of_structured_words_of_a_library_only_the_event_is_kept() -> None:
    line = written("rasa.shared.core.events", json.dumps({"event": "event.failed", "user_text": WORDS}))
    assert line["says"] == "event.failed"
    assert WORDS not in json.dumps(line)


def test_an_error_is_named_and_placed_but_not_quoted() -> None:
    try:
        raise ValueError(WORDS)
    except ValueError as error:
        line = written("lantern.chat", "It failed.", error=error)
    assert line["error"] == "ValueError"
    assert "test_content_log_lines.py" in str(line["places"])
    assert WORDS not in json.dumps(line)


def test_a_line_that_only_looks_like_json_is_said_as_it_is() -> None:
    assert written("lantern.chat", "{not json}")["says"] == "{not json}"
