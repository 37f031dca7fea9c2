"""Passwords that are tried first, whoever's they are: keys in a row, the same again and again, the usual words."""

from __future__ import annotations

import re
from itertools import pairwise

FEWEST_SIGNS = 5  # different ones
MOST_IN_A_ROW = 0.6  # of the steps from sign to sign, those to a neighbour on the keyboard or in the alphabet
LEAST_LEFT = 4  # letters, when the usual words are taken out
ROWS = (
    "abcdefghijklmnopqrstuvwxyz", "1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm",
    "1qaz", "2wsx", "3edc", "4rfv", "5tgb", "6yhn", "7ujm", "q2w3e4r5t6y7u8i9o0p",
)  # fmt: skip
# Ours to choose: what people at a council who run this service think of first.
USUAL_WORDS = (
    "password", "passwort", "passphrase", "cyfrinair", "welcome", "croeso", "letmein", "iloveyou", "administrator",
    "admin", "lantern", "llusern", "safeguarding", "diogelu", "council", "cyngor", "school", "ysgol", "childline",
    "wales", "cymru", "england", "lloegr", "london", "llundain", "cardiff", "caerdydd", "liverpool", "arsenal",
    "chelsea", "manchester", "united", "football", "monkey", "dragon", "sunshine", "princess", "superman", "batman",
    "secret", "changeme", "summer", "winter", "spring", "autumn", "january", "february", "march", "april", "june",
    "july", "august", "september", "october", "november", "december", "monday", "tuesday", "wednesday", "thursday",
    "friday", "saturday", "sunday", "master", "login", "qwerty", "azerty",
)  # fmt: skip
_SWAPS = str.maketrans("0134578@$!", "oieastbasi")


def is_easy(password: str, email: str = "") -> bool:
    """Whether it is among the first that anyone would try; `email` is theirs."""
    plain = password.casefold()
    return len(set(plain)) < FEWEST_SIGNS or _repeats(plain) or _runs(plain) or _is_usual(plain, email.casefold())


def _repeats(plain: str) -> bool:
    """Whether it is one piece, again and again."""
    return plain in (plain + plain)[1:-1]


def _runs(plain: str) -> bool:
    steps = {row[at : at + 2] for row in (*ROWS, "90") for at in range(len(row) - 1)}
    steps |= {step[::-1] for step in steps} | {sign * 2 for row in ROWS for sign in row}
    taken = sum(pair in steps for pair in map("".join, pairwise(plain)))
    return taken > MOST_IN_A_ROW * (len(plain) - 1)


def _is_usual(plain: str, email: str) -> bool:
    """Whether hardly a letter is left without the usual words and the parts of the address."""
    own = [part for part in re.split(r"[^a-z]+", email) if len(part) >= LEAST_LEFT - 1]
    words = sorted({*USUAL_WORDS, *own}, key=len, reverse=True)
    for spelling in (plain, plain.translate(_SWAPS)):
        letters = "".join(filter(str.isalpha, spelling))
        left = re.sub("|".join(words), "", letters)
        if left != letters and len(left) < LEAST_LEFT:
            return True
    return False
