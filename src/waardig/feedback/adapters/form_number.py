"""The number of a form: random, signed and of today, so that the same form counts once and an old one not at all."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner

from waardig.feedback.terms import FORM_HOURS, FormUsedUp

_SALT = "waardig.feedback.form"


def new_number() -> str:
    """A number for a form that is shown now; it says nothing of who asked for it."""
    return TimestampSigner(salt=_SALT).sign(secrets.token_urlsafe(18))


def fingerprint(number: str) -> str:
    """What is kept of a number that was used.

    Raises:
        FormUsedUp: it is older than a day, or not ours.
    """
    try:
        plain = TimestampSigner(salt=_SALT).unsign(number, max_age=timedelta(hours=FORM_HOURS))
    except BadSignature as bad:
        raise FormUsedUp from bad
    return hashlib.sha256(plain.encode()).hexdigest()
