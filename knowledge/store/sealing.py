"""Encryption of what has to be read again: the one place where the installation's secret becomes a cipher."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from typing import Optional

from cryptography.fernet import Fernet, InvalidToken


@dataclass(frozen=True)
class Sealing:
    """Seals and unseals for one `purpose`; what was sealed for another, or with another secret, stays shut."""

    secret: bytes
    purpose: str

    def seal(self, text: str) -> bytes:
        """Return `text` encrypted."""
        return self._cipher().encrypt(text.encode())

    def unseal(self, sealed: bytes) -> Optional[str]:
        """Return what was sealed; None where the secret has changed since."""
        try:
            return self._cipher().decrypt(sealed).decode()
        except InvalidToken:
            return None

    def _cipher(self) -> Fernet:
        return Fernet(base64.urlsafe_b64encode(hmac.new(self.secret, self.purpose.encode(), hashlib.sha256).digest()))
