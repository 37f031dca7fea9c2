"""Conversation tokens: unguessable, made by the server, good for a limited time."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime

from itsdangerous import BadSignature, SignatureExpired, URLSafeTimedSerializer

from content.taxonomy import LANGUAGES

# base64 skips signs it does not know, so they are refused first: a token is written in one way only.
TOKEN = re.compile(r"[A-Za-z0-9_.-]{1,300}")


class UnknownToken(Exception):
    """This server never made the token."""


class ExpiredToken(Exception):
    """The token was made here, but its time is over. `language` is the one it was made with."""

    def __init__(self, language: str) -> None:
        super().__init__(language)
        self.language = language


@dataclass(frozen=True)
class Conversation:
    """A conversation as its token tells it: a random id, and the language it began in."""

    id: str
    language: str


class ConversationTokens:
    """Makes and reads tokens. They carry no more than the id and the language, so that even an
    expired one is answered in the right language."""

    def __init__(self, secret_key: str, seconds: int) -> None:
        self.seconds = seconds
        signed = {"digest_method": hashlib.sha256}
        self._serializer = URLSafeTimedSerializer(secret_key, salt="chat.conversation", signer_kwargs=signed)

    def make(self, language: str) -> tuple[str, Conversation]:
        """A new conversation and its token."""
        conversation = Conversation(secrets.token_urlsafe(18), language)
        return str(self._serializer.dumps([conversation.id, language])), conversation

    def read(self, token: str) -> Conversation:
        """The token's conversation. Raises UnknownToken or ExpiredToken."""
        if not TOKEN.fullmatch(token):
            raise UnknownToken
        try:
            return _conversation(self._serializer.loads(token, max_age=self.seconds))
        except SignatureExpired as error:
            known = _conversation(self._serializer.load_payload(error.payload or b""))
            if error.date_signed is not None and error.date_signed > datetime.now(UTC):
                return known  # made before this machine's clock was put back
            raise ExpiredToken(known.language) from None
        except BadSignature:
            raise UnknownToken from None


def _conversation(payload: object) -> Conversation:
    match payload:
        case [str(id_), str(language)] if language in LANGUAGES:
            return Conversation(id_, language)
    raise UnknownToken
