"""What proves that an application is one's own: its number and the check, cleaned, compared and masked."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
import unicodedata
from typing import Optional

from knowledge.language import numbers

NUMBER = re.compile(r"(?=.*[0-9A-Z])[0-9A-Z-]{4,45}")
CHECK = re.compile(r"[0-9]{3}[0-9X]")
DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
# Compared with where a number does not exist, so that a wrong number costs the same work as a wrong check.
DECOY = f"{'0' * 32}${'0' * 64}"


def clean_number(text: str) -> Optional[str]:
    """Return an application number in its written form, spoken digits folded; None where it cannot be one."""
    return _whole(NUMBER, text)


def clean_check(text: str) -> Optional[str]:
    """Return the last 4 characters of an ID or phone in their written form; None where they cannot be."""
    return _whole(CHECK, text)


def mask(application_no: str) -> str:
    """Return the first 4 and the last 4 characters with **** between; fewer of a short number, a third at each end."""
    shown = min(4, len(application_no) // 3)
    return f"{application_no[:shown]}****{application_no[-shown:]}"


def mask_personal(text: str) -> str:
    """Return `text` with every ID card and mobile number in it replaced by ****."""
    for number in reversed(numbers.find(text)):
        if number.kind in ("id_card", "phone"):
            text = f"{text[: number.start]}****{text[number.end :]}"
    return text


def hash_check(check: str, *, application_no: str, secret: bytes) -> str:
    """Return salt and keyed hash of `check`: 4 characters alone could be tried out by whoever reads the table."""
    salt = secrets.token_hex(16)
    return f"{salt}${_digest(check, salt, application_no, secret)}"


def check_matches(check: str, *, stored: Optional[str], application_no: str, secret: bytes) -> bool:
    """Tell, in the same time for every answer, whether `stored` was made from `check`; never for None."""
    salt, _, digest = (stored or DECOY).partition("$")
    return same(_digest(check, salt, application_no, secret), digest)


def same(one: str, other: str) -> bool:
    """Compare two texts in a time that does not tell where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())


def _digest(check: str, salt: str, application_no: str, secret: bytes) -> str:
    return hmac.new(secret, f"{salt}\n{application_no}\n{check}".encode(), hashlib.sha256).hexdigest()


def _whole(pattern: re.Pattern[str], text: str) -> Optional[str]:
    written = "".join(unicodedata.normalize("NFKC", text).translate(DASHES).split())
    folded = numbers.fold(written)
    return folded if pattern.fullmatch(folded) else None
