"""Errors as problem+json (RFC 9457): what happened and what to do, in the person's language, with help."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, g, request
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from chat.buttons import without_buttons
from chat.fallback import Messages
from chat.replying import find_session
from chat.request_log import log_fault
from chat.schemas import clean_text
from chat.service import current_chat
from chat.tokens import Conversation
from content.errors import MissingWords
from content.profile import Profile
from content.taxonomy import DEFAULT_LANGUAGE, LANGUAGES
from safety import Assessment

PROBLEM_TYPE = "urn:lantern:problem:"
API = "/api/"
MESSAGES_ENDPOINT = "conversations.post_message"

STATUS_OF_PROBLEM = {
    "bad_request": 400,
    "broken_json": 400,
    "other_page": 403,
    "not_found": 404,
    "unknown_conversation": 404,
    "wrong_method": 405,
    "expired_conversation": 410,
    "deleted_conversation": 410,
    "too_large": 413,
    "not_json": 415,
    "empty_message": 422,
    "long_message": 422,
    "text_or_action": 422,
    "unknown_button": 422,
    "unknown_value": 422,
    "too_many": 429,
    "unexpected": 500,
}
PROBLEM_OF_STATUS = {
    400: "bad_request",
    404: "not_found",
    405: "wrong_method",
    413: "too_large",
    415: "not_json",
    429: "too_many",
}


class ProblemFound(Exception):
    """A request that cannot be done; `name` is the key of its words, error.<name>.title and .detail."""

    def __init__(self, name: str, fields: list[str] | None = None, language: str | None = None) -> None:
        super().__init__(name)
        self.name = name
        self.fields = fields
        self.language = language


def init_app(app: Flask) -> None:
    """Have every error answered as a problem, and a failed message still answered with help."""
    app.register_error_handler(ProblemFound, _answer_problem)
    app.register_error_handler(HTTPException, _answer_http_error)
    app.register_error_handler(Exception, _answer_fault)


def raise_invalid(error: ValidationError) -> Response:
    """Turn pydantic's complaint into a problem that names the fields, never what was in them."""
    faults = error.errors(include_url=False, include_context=False, include_input=False)
    fields = sorted({str(fault["loc"][0]) for fault in faults if fault["loc"]})
    raise ProblemFound("unknown_value" if fields else "text_or_action", fields or None)


def known_profile() -> Profile:
    """What is known of the person who sent this request, at least a language."""
    conversation: Conversation | None = g.get("conversation")
    if conversation is not None:
        return find_session(current_chat(), conversation).profile
    asked = {**request.args.to_dict(), **_body()}
    return Profile(language=preferred_language()).changed(
        **{name: value for name, value in asked.items() if value is not None}
    )


def preferred_language() -> str:
    """The browser's language, when it is one of ours."""
    return request.accept_languages.best_match(LANGUAGES) or DEFAULT_LANGUAGE


def _answer_problem(problem: ProblemFound) -> Response:
    profile = known_profile()
    if problem.language is not None:
        profile = profile.changed(language=problem.language)
    return _problem(problem.name, STATUS_OF_PROBLEM[problem.name], profile, problem.fields)


def _answer_http_error(error: HTTPException) -> Response | HTTPException:
    status = error.code or 500
    if status < HTTPStatus.BAD_REQUEST or error.response is not None:
        return error
    response = _problem(PROBLEM_OF_STATUS.get(status, "unexpected"), status, known_profile(), None)
    if isinstance(error, MethodNotAllowed) and error.valid_methods:
        response.headers["Allow"] = ", ".join(sorted(error.valid_methods))
    return response


def _answer_fault(error: Exception) -> Response:
    log_fault(error)
    profile, chat = _profile_or_default(), current_chat()
    if request.endpoint == MESSAGES_ENDPOINT and request.method == "POST":
        # Whoever writes gets an answer; that something broke here is not their business.
        messages = chat.fallback.answer(profile, _assess_request())
        return _json({"messages": _press_ready(messages)}, 200, "application/json")
    return _problem("unexpected", 500, profile, None)


def _problem(name: str, status: int, profile: Profile, fields: list[str] | None) -> Response:
    body: dict[str, Any] = {
        "type": PROBLEM_TYPE + name.replace("_", "-"),
        "title": _word(f"error.{name}.title", profile.language) or HTTPStatus(status).phrase,
        "status": status,
        "detail": _word(f"error.{name}.detail", profile.language),
    }
    if fields:
        body["fields"] = fields
    if request.path.startswith(API):
        body["messages"] = _press_ready(current_chat().fallback.help(profile, _assess_request()))
    response = _json(body, status, "application/problem+json")
    response.headers["Content-Language"] = profile.language
    return response


def _press_ready(messages: Messages) -> Messages:
    """The buttons signed where a conversation is open, left out where there is none to press them in."""
    conversation: Conversation | None = g.get("conversation")
    if conversation is None:
        return without_buttons(messages)
    return current_chat().buttons.sign_all(conversation.id, messages)


def _profile_or_default() -> Profile:
    try:
        return known_profile()
    except Exception as error:
        log_fault(error)
        return Profile()


def _assess_request() -> Assessment | None:
    """The rules' view of the text in a request that could not be done: words of danger count all the same."""
    text = clean_text(_body().get("text"))
    return current_chat().assessor.assess(text) if isinstance(text, str) and text else None


def _body() -> dict[str, Any]:
    try:
        body = request.get_json(silent=True)
    except Exception:  # too large, or nested too deep
        return {}
    return body if isinstance(body, dict) else {}


def _word(key: str, language: str) -> str:
    try:
        return current_chat().store.current().word(key, language)
    except MissingWords:  # a release from before the word was there
        return ""


def _json(body: dict[str, Any], status: int, mimetype: str) -> Response:
    return Response(json.dumps(body, ensure_ascii=False), status, mimetype=mimetype)
