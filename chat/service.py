"""The parts of a running chat server, made once and shared by its views."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import httpx
from flask import current_app

from chat.assessing import CarefulAssessor
from chat.buttons import ButtonSigner
from chat.deadline import make_client
from chat.fallback import Fallback
from chat.rasa import RasaClient
from chat.sessions import Sessions
from chat.settings import Settings
from chat.tokens import ConversationTokens
from content.store import ReleaseStore
from safety import Assessor

EXTENSION = "lantern.chat"


@dataclass(frozen=True)
class Chat:
    """What a view needs: settings, content, the rules, Rasa, and what is remembered."""

    settings: Settings
    store: ReleaseStore
    assessor: CarefulAssessor
    http: httpx.Client
    rasa: RasaClient
    tokens: ConversationTokens
    buttons: ButtonSigner
    sessions: Sessions
    fallback: Fallback


def make_chat(settings: Settings, store: ReleaseStore, assessor: Assessor) -> Chat:
    """Put the parts together. The store must be able to give a release."""
    http = make_client(connections=settings.threads + 8)
    return Chat(
        settings=settings,
        store=store,
        assessor=CarefulAssessor(assessor),
        http=http,
        rasa=RasaClient(http, settings.rasa_url, settings.rasa_seconds),
        tokens=ConversationTokens(settings.secret_key, settings.conversation_seconds),
        buttons=ButtonSigner(settings.secret_key),
        sessions=Sessions(settings.conversation_seconds),
        fallback=Fallback(store),
    )


def current_chat() -> Chat:
    """The parts of the app that answers this request."""
    return cast(Chat, current_app.extensions[EXTENSION])
