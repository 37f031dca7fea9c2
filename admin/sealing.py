"""How secrets of authenticator apps are kept: sealed with AES-256 in GCM, so that a changed one is refused."""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from passlib.totp import AppWallet

VERSION = 2  # passlib's own is 1: AES-256 in CTR, which says nothing of what was changed
NONCE_BYTES = 12
KEY_BYTES = 32


class BrokenSeal(ValueError):
    """The secret was changed, or sealed with another key."""


class Wallet(AppWallet):  # type: ignore[misc]
    """Seals with the newest of its keys; opens what was sealed with any, and what passlib sealed before."""

    def encrypt_key(self, key: bytes) -> dict[str, Any]:
        nonce = os.urandom(NONCE_BYTES)
        sealed = self._cipher(self.default_tag).encrypt(nonce, key, None)
        return {"v": VERSION, "t": self.default_tag, "n": _letters(nonce), "k": _letters(sealed)}

    def decrypt_key(self, enckey: dict[str, Any]) -> tuple[bytes, bool]:
        """The key, and whether it must be sealed anew. Raises BrokenSeal."""
        if enckey.get("v") != VERSION:
            return super().decrypt_key(enckey)[0], True
        try:
            opened = self._cipher(enckey["t"]).decrypt(b64decode(enckey["n"]), b64decode(enckey["k"]), None)
        except InvalidTag as error:
            raise BrokenSeal("The secret of an authenticator app can not be opened.") from error
        return opened, enckey["t"] != self.default_tag

    def _cipher(self, tag: str) -> AESGCM:
        return AESGCM(HKDF(SHA256(), KEY_BYTES, salt=None, info=b"admin.totp").derive(self.get_secret(tag)))


def _letters(data: bytes) -> str:
    return b64encode(data).decode("ascii")
