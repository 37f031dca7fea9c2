"""The second factor: codes of an authenticator app, and recovery codes for when the phone is lost."""

from __future__ import annotations

import hashlib
import secrets
import textwrap

import segno
from flask import current_app
from flask_security.totp import Totp
from passlib.exc import TokenError
from passlib.totp import TOTP

from admin.models import Staff
from admin.sealing import BrokenSeal, Wallet

TOTP_FACTORY = "lantern-totp"
ISSUER = "Lantern"
CODES = 10
LETTERS = "abcdefghijklmnopqrstuvwxyz234567"
CODE_LENGTH = 28  # 140 bits: from 112 on nobody finds a code from a plain hash of it
GROUP = 4
SKEW = 30  # seconds that a phone's clock may be off


def new_secret() -> str:
    """A secret for an authenticator app, encrypted with the secret key of the server."""
    return str(_totp().generate_totp_secret())


def picture_of(secret: str, email: str) -> str:
    """The secret as a QR code: an SVG element."""
    uri = _totp().get_totp_uri(email, secret)
    return str(segno.make(uri, error="m").svg_inline(scale=4, border=2, svgclass=None, lineclass=None))


def key_of(secret: str) -> str:
    """The secret in letters, for those who type it."""
    return str(_totp().get_totp_pretty_key(secret))


def is_code_of(secret: str, code: str, last_step: int | None = None) -> int | None:
    """The time step of a code of this secret; None when it is none, is too old, or was used already."""
    try:
        found = _open(secret).match(code.replace(" ", ""), window=SKEW, last_counter=last_step)
    except (TokenError, BrokenSeal):
        return None
    return int(found.counter)


def accept(staff: Staff, code: str) -> bool:
    """Whether `code` lets them in: one of the app, or a recovery code, which is then used up. The caller commits."""
    if staff.totp_secret and (step := is_code_of(staff.totp_secret, code, staff.totp_step)):
        staff.totp_step, staff.totp_secret = step, _sealed_anew(staff.totp_secret)
        return True
    spent = _hash(code)
    if spent in staff.recovery_codes:
        staff.recovery_codes = [kept for kept in staff.recovery_codes if kept != spent]
        return True
    return False


def turn_on(staff: Staff, secret: str, code: str) -> list[str] | None:
    """Keep the secret when `code` shows that the app has it; gives recovery codes to show once. The caller commits."""
    step = is_code_of(secret, code)
    if step is None:
        return None
    staff.totp_secret, staff.totp_step = secret, step
    return renew_recovery_codes(staff)


def renew_recovery_codes(staff: Staff) -> list[str]:
    """New recovery codes in place of the old."""
    codes = ["".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH)) for _ in range(CODES)]
    staff.recovery_codes = [_hash(code) for code in codes]
    return ["-".join(textwrap.wrap(code, GROUP)) for code in codes]


def turn_off(staff: Staff) -> None:
    """Forget it: an administrator does this for someone who has lost phone and codes."""
    staff.totp_secret, staff.totp_step, staff.recovery_codes = None, None, []


def make_totp(secret_key: str) -> Totp:
    """The factory of secrets; they are kept sealed under a key made from the server's."""
    keys = {"1": hashlib.sha256(b"admin.totp\0" + secret_key.encode()).hexdigest()}
    factory = Totp(keys, ISSUER)
    factory._totp = TOTP.using(issuer=ISSUER, wallet=Wallet(keys))
    return factory


def _open(secret: str) -> TOTP:
    """Raises BrokenSeal."""
    return _totp()._totp.from_source(secret)


def _sealed_anew(secret: str) -> str:
    """The same secret, sealed as it is done today."""
    source = _open(secret)
    return str(source.to_json()) if source.changed else secret


def _totp() -> Totp:
    return current_app.extensions[TOTP_FACTORY]  # type: ignore[no-any-return]


def _hash(code: str) -> str:
    plain = code.replace("-", "").replace(" ", "").lower()
    return hashlib.sha256(plain.encode()).hexdigest()
