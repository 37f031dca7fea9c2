"""Answering a message: the rules first, then Rasa, and help from here when Rasa gives no good answer."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from chat.answers import Answered, BrokenAnswer, puts_999_first, read_answer
from chat.fallback import LANGUAGE_OF_ACTION, URGENCY_OF_ACTION, Messages
from chat.rasa import RasaUnavailable
from chat.request_log import log_fault, log_unanswered
from chat.service import Chat
from chat.sessions import Session
from chat.tokens import Conversation
from content.profile import Profile
from safety import Assessment

SHORTEST_WAIT = 0.3  # seconds left to have an ended conversation dropped, however long its last answer took


def find_session(chat: Chat, conversation: Conversation) -> Session:
    """The session, or a new one in the conversation's language when it was forgotten (a restart)."""
    return chat.sessions.find(conversation.id) or Session(Profile(language=conversation.language))


def reply_to_text(chat: Chat, conversation: Conversation, text: str) -> Messages:
    """The answer to typed text, buttons unsigned. Never empty, never an exception."""
    session = find_session(chat, conversation)
    alone = assessment = chat.assessor.assess(text)
    if session.assessment is not None and session.assessment.urgency != "none":
        assessment = chat.assessor.assess(text, session.assessment)
    session = replace(session, assessment=assessment)
    chat.sessions.keep(conversation.id, session)

    answered = _ask_rasa(chat, conversation, session, lambda: chat.rasa.send_text(conversation.id, text, session))
    if answered is None:
        return chat.fallback.answer(session.profile, assessment)
    # What was said before may change the help, but only this message by its own words overrules Rasa.
    if alone is not None and alone.urgency == "emergency" and not puts_999_first(answered.messages):
        return chat.fallback.help(session.profile, alone)
    pressed = answered.profile_changes.get("press")
    if isinstance(pressed, str):  # words that named a button: the answer goes on with what it does
        return answered.messages + reply_to_action(chat, conversation, pressed)
    return answered.messages


def reply_to_action(chat: Chat, conversation: Conversation, action: str) -> Messages:
    """The answer to a button that was offered, buttons unsigned. Never empty, never an exception."""
    session = find_session(chat, conversation)
    if action == "start_again":
        session = replace(session, assessment=None)
        chat.sessions.keep(conversation.id, session)
    answered = _ask_rasa(chat, conversation, session, lambda: chat.rasa.send_action(conversation.id, action, session))
    if answered is not None:
        return answered.messages
    return _reply_alone(chat, conversation, session, action)


def end_conversation(chat: Chat, conversation: Conversation, seconds: float | None = None) -> None:
    """Forget the conversation here for good, and have Rasa drop it if it can within the time."""
    chat.sessions.end(conversation.id)
    chat.rasa.forget(conversation.id, seconds)


def _ask_rasa(
    chat: Chat, conversation: Conversation, session: Session, send: Callable[[], list[Any]]
) -> Answered | None:
    """Rasa's answer, what it says of the profile kept; None when there is none that can be shown."""
    started_at = time.monotonic()
    try:
        answered = read_answer(send())
    except (RasaUnavailable, BrokenAnswer) as error:
        log_unanswered(error)
        return None
    except Exception as error:
        log_fault(error)
        return None
    if answered.has_ended or chat.sessions.has_ended(conversation.id):  # or deleted while Rasa was answering
        left = chat.rasa.seconds - (time.monotonic() - started_at)
        end_conversation(chat, conversation, max(left, SHORTEST_WAIT))
    elif answered.profile_changes:
        profile = session.profile.changed(**answered.profile_changes)
        previous = answered.profile_changes.get("previous", session.previous)
        chat.sessions.keep(conversation.id, replace(session, profile=profile, previous=previous))
    return answered


def _reply_alone(chat: Chat, conversation: Conversation, session: Session, action: str) -> Messages:
    """The answer to a button without Rasa: its language, its end and its urgency still count."""
    intent, _, argument = action.partition(":")
    if intent == "delete_chat":
        if argument != "now":
            return chat.fallback.ask_delete(session.profile)
        end_conversation(chat, conversation, SHORTEST_WAIT)
        return chat.fallback.deleted(session.profile)
    if intent in LANGUAGE_OF_ACTION:
        session = replace(session, profile=session.profile.changed(language=LANGUAGE_OF_ACTION[intent]))
        chat.sessions.keep(conversation.id, session)
    assessment = session.assessment
    if intent in URGENCY_OF_ACTION:
        needs = assessment.needs if assessment else ()
        assessment = Assessment(urgency=URGENCY_OF_ACTION[intent], needs=needs)
    return chat.fallback.answer(session.profile, assessment)
