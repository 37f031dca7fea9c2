"""Everything that can be set from outside, read from the environment once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from content.secret_key import SHORTEST, BrokenKey, keep_secret_key
from content.settings import ROOT
from content.sites import origin_of

MAX_PORT = 65_535
A_WEEK = 7 * 24 * 3600


class BrokenSettings(ValueError):
    """An environment variable has a value that cannot be used; the message names it and the cure."""


@dataclass(frozen=True)
class Settings:
    """Settings of the chat server. Times are in seconds."""

    secret_key: str
    database_url: str
    host: str = "127.0.0.1"
    port: int = 8000
    rasa_url: str = "http://127.0.0.1:5005"
    actions_url: str = "http://127.0.0.1:5055"
    conversation_seconds: int = 7200
    is_rate_limited: bool = True
    trusted_proxies: int = 0
    threads: int = 48
    rasa_seconds: float = 1.5  # the whole time one question to Rasa may take
    public_origin: str = ""  # https://host, as people reach it; empty when that is not set

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read and check the environment. Raises BrokenSettings."""
        env = os.environ if environ is None else environ
        data_dir = Path(env.get("LANTERN_DATA_DIR") or ROOT / "var").resolve()
        return cls(
            secret_key=_secret_key(env, data_dir),
            database_url=env.get("DATABASE_URL") or f"sqlite:///{data_dir / 'lantern.db'}",
            host=env.get("LANTERN_CHAT_HOST") or "127.0.0.1",
            port=_whole_number(env, "LANTERN_CHAT_PORT", 8000, 1, MAX_PORT),
            rasa_url=f"http://127.0.0.1:{_whole_number(env, 'LANTERN_RASA_PORT', 5005, 1, MAX_PORT)}",
            actions_url=f"http://127.0.0.1:{_whole_number(env, 'LANTERN_ACTIONS_PORT', 5055, 1, MAX_PORT)}",
            conversation_seconds=_whole_number(env, "LANTERN_CONVERSATION_SECONDS", 7200, 60, A_WEEK),
            is_rate_limited=_switch(env, "LANTERN_RATE_LIMIT", True),
            trusted_proxies=_whole_number(env, "LANTERN_TRUSTED_PROXIES", 0, 0, 5),
            threads=_whole_number(env, "LANTERN_CHAT_THREADS", 48, 2, 512),
            public_origin=_origin(env, "LANTERN_CHAT_URL"),
        )


def _whole_number(env: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    value = (env.get(name) or "").strip()
    if not value:
        return default
    if not value.isdecimal() or not least <= int(value) <= most:
        raise BrokenSettings(f"{name} must be a whole number from {least} to {most}, but it is {value!r}.")
    return int(value)


def _switch(env: Mapping[str, str], name: str, default: bool) -> bool:
    value = (env.get(name) or "").strip().lower()
    if value not in ("", "on", "off"):
        raise BrokenSettings(f"{name} must be on or off, but it is {value!r}.")
    return default if not value else value == "on"


def _origin(env: Mapping[str, str], name: str) -> str:
    value = (env.get(name) or "").strip()
    try:
        return origin_of(value) if value else ""
    except ValueError:
        problem = f"{name} must be an address such as https://chat.example.org, but it is {value!r}."
        raise BrokenSettings(problem) from None


def _secret_key(env: Mapping[str, str], data_dir: Path) -> str:
    given = env.get("LANTERN_SECRET_KEY") or ""
    if given and len(given) < SHORTEST:
        raise BrokenSettings(f"LANTERN_SECRET_KEY must have at least {SHORTEST} characters.")
    try:
        return given or keep_secret_key(data_dir)
    except BrokenKey as error:
        raise BrokenSettings(str(error)) from error
