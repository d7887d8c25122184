"""Sessions in PostgreSQL that a copy of the table does not open.

The row key is a digest of the key in the cookie, so a stolen table gives no session to take over; the content is
encrypted with AES-256-GCM and bound to its row, so that it cannot be read or moved to another row.
"""

from __future__ import annotations

import json
import os
from functools import lru_cache
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as TableStore
from django.contrib.sessions.models import Session
from django.utils import timezone

_NONCE_BYTES = 12


def row_key(session_key: str) -> str:
    """The key of the row for the key in a cookie: 160 bits of a digest, the width of Django's column."""
    return sha256(b"waardig session row" + session_key.encode()).hexdigest()[:40]


@lru_cache(maxsize=2)
def _cipher(secret: str) -> AESGCM:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"waardig session content v1")
    return AESGCM(derived.derive(secret.encode()))


class SessionStore(TableStore):
    """Django's table of sessions, with encrypted content under digested keys."""

    def load(self) -> dict[str, Any]:
        """The content; nothing when there is no row, it expired, or it was not written by us for this row."""
        row = Session.objects.filter(
            session_key=row_key(self.session_key or ""), expire_date__gt=timezone.now()
        ).first()
        content = self._opened(row) if row else None
        if content is None:
            self._session_key = None
            return {}
        return content

    def _opened(self, row: Session) -> dict[str, Any] | None:
        try:
            raw = bytes.fromhex(row.session_data)
            plain = _cipher(settings.SECRET_KEY).decrypt(
                raw[:_NONCE_BYTES], raw[_NONCE_BYTES:], row.session_key.encode()
            )
        except (ValueError, InvalidTag):
            return None
        content = json.loads(plain)
        return content if isinstance(content, dict) else None

    def exists(self, session_key: str) -> bool:
        """Whether there is a row for this cookie."""
        return Session.objects.filter(session_key=row_key(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row to save."""
        key = row_key(self._get_or_create_session_key())  # type: ignore[attr-defined]
        nonce = os.urandom(_NONCE_BYTES)
        sealed = nonce + _cipher(settings.SECRET_KEY).encrypt(nonce, json.dumps(data).encode(), key.encode())
        return Session(session_key=key, session_data=sealed.hex(), expire_date=self.get_expiry_date())

    def delete(self, session_key: str | None = None) -> None:
        """Remove the row, if it is there."""
        key = session_key or self.session_key
        if key:
            Session.objects.filter(session_key=row_key(key)).delete()
