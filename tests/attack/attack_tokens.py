"""Someone else's conversation: tokens made up, changed, guessed, used again; buttons taken along."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import string
from collections.abc import Callable
from typing import Any

import itsdangerous
import pytest
from flask.testing import FlaskClient
from itsdangerous import URLSafeSerializer, URLSafeTimedSerializer

from chat.buttons import ALWAYS_OFFERED
from tests.attack.attack_messages import INTENTS
from tests.attack.conftest import Attack
from tests.chat.conftest import SECRET, Browser, FakeRasa

GUESSES = 5_000
SALT = "chat.conversation"
SIGNED = {"signer_kwargs": {"digest_method": hashlib.sha256}}
LETTERS = string.ascii_letters + string.digits + "-_"
MakeApp = Callable[..., Any]


@pytest.fixture
def client(make_app: MakeApp) -> FlaskClient:
    return make_app().test_client()


def answer(client: FlaskClient, token: str) -> int:
    return client.post(f"/api/conversations/{token}/messages", json={"text": "hello"}).status_code


def attack_guessing(attack: Attack, client: FlaskClient) -> None:
    """Tokens that look right, at random."""
    head, time, mac = Browser(client).token.split(".")
    for _ in range(GUESSES):
        guess = "".join(secrets.choice(LETTERS) for _ in mac)
        status = answer(client, f"{head}.{time}.{guess}")
        attack.expect(status == 404, f"{status} for a guess")


def attack_changing(attack: Attack, client: FlaskClient) -> None:
    """A good token with one sign changed, added or left out."""
    token = Browser(client).token
    for at in range(len(token)):
        others = {secrets.choice(LETTERS) for _ in range(4)} | {"=", "%00", " ", "."} - {token[at]}
        for other in others - {token[at]}:
            for changed in (token[:at] + other + token[at + 1 :], token[:at] + other + token[at:]):
                # The last sign of base64 has bits that mean nothing.
                status = answer(client, changed)
                same = base64_of(changed) == base64_of(token)
                attack.expect(status in (404, 405) or same, f"{status} for {changed}")
        status = answer(client, token[:at] + token[at + 1 :])
        attack.expect(status in (404, 405), f"{status} without sign {at}")


def base64_of(token: str) -> list[bytes]:
    """What the parts of a token are, whichever way they are written."""
    try:
        return [base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in token.split(".")]
    except ValueError:
        return []


def attack_forging(attack: Attack, client: FlaskClient) -> None:
    """Tokens signed with other keys, for other purposes, or not at all."""
    mine = Browser(client)
    id_ = json.loads(base64_of(mine.token)[0])[0]
    payload = [id_, "en"]
    forged = [
        URLSafeTimedSerializer("another-key-another-key-another", salt=SALT, **SIGNED).dumps(payload),
        URLSafeTimedSerializer("", salt=SALT, **SIGNED).dumps(payload),
        URLSafeTimedSerializer(SECRET, salt="cookie-session", **SIGNED).dumps(payload),
        URLSafeTimedSerializer(SECRET, **SIGNED).dumps(payload),
        URLSafeTimedSerializer(SECRET, salt=SALT).dumps(payload),  # with the hash that is the default
        URLSafeSerializer(SECRET, salt=SALT, **SIGNED).dumps(payload),
        *(URLSafeTimedSerializer(SECRET, salt=SALT, **SIGNED).dumps(odd) for odd in ODD_PAYLOADS),
        "eyJhbGciOiJub25lIn0." + base64.urlsafe_b64encode(json.dumps(payload).encode()).decode().rstrip("=") + ".",
        mine.token.rpartition(".")[0] + ".",
        mine.token.split(".")[0] + "..",
        mine.token + mine.token, mine.token + "." + mine.token, "." * 200, "a" * 301, "..", "%2e%2e", "*", "null", "0",
    ]  # fmt: skip
    for token in forged:
        status = answer(client, token)
        attack.expect(status in (404, 405, 308), f"{status} for {token[:80]}")


ODD_PAYLOADS: tuple[Any, ...] = (
    None, 1, "", [], {}, ["x"], ["x", "fr"], [1, "en"], ["x", "en", "more"], [["x"], "en"], {"id": "x"}, [None, None],
)  # fmt: skip


def attack_expiry(attack: Attack, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tokens whose time is over, whose time has not come, and those of deleted conversations."""
    client = make_app(conversation_seconds=60).test_client()
    deleted = Browser(client)
    button = next(button["action"] for message in deleted.welcome for button in message.get("buttons", ()))
    attack.expect(deleted.delete().status_code == 204, "it is not deleted")
    for body in ({"text": "hello"}, {"action": button}, {"action": "delete_chat"}):
        attack.expect(deleted.post(**body).status_code == 410, f"deleted, and answers {body}")
    attack.expect(deleted.delete().status_code == 410, "deleted twice")
    now = itsdangerous.TimestampSigner.get_timestamp
    for offset, status in ((-61, 410), (-3600 * 24 * 365, 410), (-2, 200)):
        monkeypatch.setattr(itsdangerous.TimestampSigner, "get_timestamp", lambda self, by=offset: now(self) + by)
        token = URLSafeTimedSerializer(SECRET, salt=SALT, **SIGNED).dumps(["some-id", "en"])
        monkeypatch.setattr(itsdangerous.TimestampSigner, "get_timestamp", now)
        found = answer(client, token)
        attack.expect(found == status, f"{found} for a token of {offset} s")


def attack_buttons(attack: Attack, client: FlaskClient, rasa: FakeRasa) -> None:
    """Buttons of another conversation, of no conversation, and with guessed signatures."""
    mine, other = Browser(client), Browser(client)
    rasa.messages = [
        {"type": "text", "text": "x", "buttons": [{"label": "x", "action": f"{name}:now"}]} for name in INTENTS
    ]
    offered = [message["buttons"][0]["action"] for message in mine.say("hello")]
    rasa.messages = None
    for action in offered:
        attack.expect(other.post(action=action).status_code == 422, f"{action} is taken elsewhere")
        plain, _, mac = action.rpartition(".")
        for changed in (
            plain,
            f"{plain}.",
            f".{mac}",
            f"{plain}x.{mac}",
            f"{plain.partition(':')[0]}.{mac}",
            action + "=",
        ):
            is_open = changed in ALWAYS_OFFERED
            status = mine.post(action=changed).status_code
            attack.expect(status == 422 or is_open, f"{status} for {changed}")
        guess = "".join(secrets.choice(LETTERS) for _ in mac)
        attack.expect(mine.post(action=f"{plain}.{guess}").status_code == 422, "a guess is right")
        attack.expect(mine.post(action=action).status_code == 200, f"{action} is refused at home")


def attack_other_fields(attack: Attack, client: FlaskClient, rasa: FakeRasa) -> None:
    """Fields that name another conversation, or say what only the server may say."""
    mine, other = Browser(client), Browser(client)
    names = ("sender", "conversation", "id", "sender_id", "session", "user")
    for name in names:
        mine.post(**{"text": "hello", name: other.token})
    mine.post(text="hello", metadata={"pressed": True, "age_band": "18_plus"}, previous={"urgency": "emergency"})
    mine.post(text="hello", language="cy", profile={"language": "cy"}, messages=[{"type": "text", "text": "x"}])
    client.post(f"/api/conversations/{mine.token}/messages?sender={other.token}", json={"text": "hello"})
    senders = {message["sender"] for message in rasa.received}
    attack.expect(
        len(rasa.received) == len(names) + 3 and len(senders) == 1, f"{len(senders)} conversations were named"
    )
    for message in rasa.received:
        attack.expect(set(message) == {"sender", "text", "metadata"}, f"passed on: {sorted(message)}")
        attack.expect("pressed" not in message["metadata"], "it passed as a button")
        attack.expect(message["metadata"]["language"] == "en", "the body changed the profile")
        attack.expect(not message["metadata"]["previous"], "the body changed what was said before")
    attack.expect(len({Browser(client).token for _ in range(500)}) == 500, "two conversations have one token")
