"""Forms that need no sign-in: a field that only machines fill in, and a mark of where a form came from."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from waardig.kernel.clock import wall_now

TRAP = "website"


def mark_of(request: HttpRequest, form: str) -> str:
    """A mark of where a form came from, of this day and this kind of form only; the address itself is not kept."""
    where = f"{wall_now().date().isoformat()}:{request.META.get('REMOTE_ADDR', '')}"
    return salted_hmac(form, where).hexdigest()[:32]
