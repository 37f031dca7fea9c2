"""Everything that can be set from outside, read from the environment when asked for."""

from __future__ import annotations

import os
from dataclasses import dataclass

from content.secret_key import SHORTEST, BrokenKey, keep_secret_key
from content.settings import data_dir, database_url
from content.sites import origin_of

MAX_PORT = 65_535
MOST_PROXIES = 5


class BrokenSettings(ValueError):
    """An environment variable has a value that can not be used; the message names it and the cure."""


@dataclass(frozen=True)
class Settings:
    """Settings of the staff server. `is_secure` when people reach it by https, as they should.

    `chat_url` is where people reach the chat, without a slash at its end. `trusted_proxies` is how many web servers in
    front are believed about who asks.
    """

    secret_key: str
    database_url: str
    host: str = "127.0.0.1"
    port: int = 8001
    is_secure: bool = False
    chat_url: str = "http://127.0.0.1:8000"
    trusted_proxies: int = 0

    @classmethod
    def from_environment(cls) -> Settings:
        """Read and check the environment. Raises BrokenSettings."""
        return cls(
            secret_key=_secret_key(),
            database_url=database_url(),
            host=os.environ.get("LANTERN_ADMIN_HOST") or "127.0.0.1",
            port=_port("LANTERN_ADMIN_PORT", 8001),
            is_secure=_switch("LANTERN_ADMIN_SECURE"),
            chat_url=_chat_url(),
            trusted_proxies=_proxies(),
        )


def _port(name: str, default: int) -> int:
    value = (os.environ.get(name) or "").strip() or str(default)
    if not value.isdecimal() or not 1 <= int(value) <= MAX_PORT:
        raise BrokenSettings(f"{name} must be a whole number from 1 to {MAX_PORT}, but it is {value!r}.")
    return int(value)


def _proxies() -> int:
    value = (os.environ.get("LANTERN_ADMIN_PROXIES") or "").strip() or "0"
    if not value.isdecimal() or int(value) > MOST_PROXIES:
        problem = f"LANTERN_ADMIN_PROXIES must be a whole number from 0 to {MOST_PROXIES}, but it is {value!r}."
        raise BrokenSettings(problem)
    return int(value)


def _chat_url() -> str:
    value = (os.environ.get("LANTERN_CHAT_URL") or "").strip().rstrip("/")
    try:
        origin_of(value or "http://127.0.0.1")
    except ValueError:
        problem = f"LANTERN_CHAT_URL must be an address such as https://chat.example.org, but it is {value!r}."
        raise BrokenSettings(problem) from None
    return value or f"http://127.0.0.1:{_port('LANTERN_CHAT_PORT', 8000)}"


def _switch(name: str) -> bool:
    value = (os.environ.get(name) or "off").strip().lower()
    if value not in ("on", "off"):
        raise BrokenSettings(f"{name} must be on or off, but it is {value!r}.")
    return value == "on"


def _secret_key() -> str:
    given = os.environ.get("LANTERN_SECRET_KEY") or ""
    if given and len(given) < SHORTEST:
        raise BrokenSettings(f"LANTERN_SECRET_KEY must have at least {SHORTEST} characters.")
    try:
        return given or keep_secret_key(data_dir())
    except BrokenKey as error:
        raise BrokenSettings(str(error)) from error
