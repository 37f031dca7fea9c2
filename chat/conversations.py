"""Starting a conversation, speaking in it, deleting it."""

from __future__ import annotations

from typing import Any

from flask import Response, g, request
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

from chat.bodies import check_body
from chat.buttons import UnknownButton
from chat.problems import ProblemFound, preferred_language
from chat.replying import end_conversation, find_session, reply_to_action, reply_to_text
from chat.schemas import (
    LONGEST_TEXT,
    Answer,
    ConversationPath,
    ConversationStarted,
    NewConversation,
    NewMessage,
    problem_responses,
)
from chat.service import current_chat
from chat.sessions import Session
from chat.sites import check_origin, find_site
from chat.tokens import Conversation, ExpiredToken, UnknownToken
from content.profile import Profile

blueprint = APIBlueprint("conversations", __name__, url_prefix="/api", abp_tags=[Tag(name="conversations")])


Reply = tuple[dict[str, Any], int, dict[str, str]]  # body, status, headers


@blueprint.before_request
def open_conversation() -> None:
    """Find the conversation of the address. Raises ProblemFound for one that is unknown or over."""
    token = (request.view_args or {}).get("conversation")
    if token is None or request.method == "OPTIONS":  # a browser that may not ask would never hear the answer
        return
    chat = current_chat()
    try:
        conversation = chat.tokens.read(token)
    except UnknownToken:
        raise ProblemFound("unknown_conversation") from None
    except ExpiredToken as expired:
        raise ProblemFound("expired_conversation", language=expired.language) from None
    if chat.sessions.has_ended(conversation.id):
        raise ProblemFound("deleted_conversation", language=conversation.language)
    g.conversation = conversation


@blueprint.before_request
def check_posted_body() -> None:
    """Only a JSON object may be posted; nothing at all starts a conversation with nothing known."""
    if request.method == "POST":
        check_body(may_be_empty=request.endpoint == "conversations.start_conversation")


@blueprint.post(
    "/conversations",
    responses={201: ConversationStarted, **problem_responses(400, 403, 413, 415, 422, 429)},
)
def start_conversation(body: NewConversation) -> Reply:
    """Start a conversation; its welcome needs nothing but the release. A page of nobody's site gets help instead."""
    chat = current_chat()
    site = find_site(body.site)
    check_origin(site)
    given = body.model_dump(exclude_none=True)
    known = site.starting_profile() if site else Profile(language=preferred_language())
    profile = known.changed(**given)
    token, conversation = chat.tokens.make(profile.language)
    chat.sessions.keep(conversation.id, Session(profile, lesson=body.lesson, site=site.key if site else None))
    messages = chat.buttons.sign_all(conversation.id, chat.fallback.welcome(profile))
    started = {"conversation": token, "expires_in": chat.tokens.seconds, "messages": messages}
    return started, 201, {"Content-Language": profile.language}


@blueprint.post(
    "/conversations/<conversation>/messages",
    responses={200: Answer, **problem_responses(400, 404, 410, 413, 415, 422, 429)},
)
def post_message(path: ConversationPath, body: NewMessage) -> Reply:
    """Say something or press a button. The answer comes within two seconds, whatever is down."""
    chat, conversation = current_chat(), _open_conversation()
    if body.text is None:
        try:
            action = chat.buttons.check(conversation.id, body.action or "")
        except UnknownButton:
            raise ProblemFound("unknown_button") from None
        messages = reply_to_action(chat, conversation, action)
    elif not body.text:
        raise ProblemFound("empty_message")
    elif len(body.text) > LONGEST_TEXT:
        raise ProblemFound("long_message")
    else:
        messages = reply_to_text(chat, conversation, body.text)
    signed = chat.buttons.sign_all(conversation.id, messages)
    profile = find_session(chat, conversation).profile
    answer = {"messages": signed, "reading_level": profile.reading_level}
    return answer, 200, {"Content-Language": profile.language}


@blueprint.delete(
    "/conversations/<conversation>",
    responses={204: None, **problem_responses(404, 410, 429)},
)
def delete_conversation(path: ConversationPath) -> Response:
    """Delete a conversation: it is forgotten here at once, and Rasa is told to forget it."""
    end_conversation(current_chat(), _open_conversation())
    return Response(status=204)


def _open_conversation() -> Conversation:
    conversation: Conversation = g.conversation
    return conversation
