"""The state of a check as text in a page and its address: encrypted, bound to one session, for two hours.

AES-256-GCM under a key of its own, derived from SECRET_KEY. Nobody but this installation can read or change it, and it
opens in no other session: a copy of the page or of its address is worth nothing elsewhere.
"""

from __future__ import annotations

import json
import os
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from waardig.checks.terms import Answer, CheckExpired, State

KEPT_FOR = timedelta(hours=2)
NONCE_BYTES = 12
LONGEST = 20_000


@lru_cache(maxsize=2)
def _cipher(secret: str) -> AESGCM:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"waardig self-check v1")
    return AESGCM(derived.derive(secret.encode()))


def sealed(state: State, *, secret: str, session: str, now: datetime) -> str:
    """The state as text for a hidden field and an address.

    Args:
        session: a random text of this session; the text opens in no other.
    """
    content = {
        "until": (now + KEPT_FOR).timestamp(),
        "check": state.check,
        "on": state.on.isoformat(),
        "asking": state.asking,
        "typed": state.typed,
        "wrong": state.wrong,
        "answers": [asdict(answer) for answer in state.answers],
    }
    nonce = os.urandom(NONCE_BYTES)
    plain = json.dumps(content, default=str).encode()
    return urlsafe_b64encode(nonce + _cipher(secret).encrypt(nonce, plain, session.encode())).decode()


def opened(text: str, *, secret: str, session: str, now: datetime) -> State:
    """The state that was sealed in this session.

    Raises:
        CheckExpired: too old, changed, too long, or of another session.
    """
    try:
        raw = urlsafe_b64decode(text.encode()) if len(text) <= LONGEST else b""
        plain = _cipher(secret).decrypt(raw[:NONCE_BYTES], raw[NONCE_BYTES:], session.encode())
    except (InvalidTag, NotBase64, ValueError):
        raise CheckExpired from None
    content = json.loads(plain)
    if now.timestamp() > content["until"]:
        raise CheckExpired
    return State(
        check=content["check"],
        on=date.fromisoformat(content["on"]),
        answers=tuple(_answer(Answer(**raw)) for raw in content["answers"]),
        asking=content["asking"],
        typed=content["typed"],
        wrong=content["wrong"],
    )


def _answer(answer: Answer) -> Answer:
    def day(text: object) -> date | None:
        return date.fromisoformat(str(text)) if text else None

    return replace(answer, as_of=day(answer.as_of), since=day(answer.since))
