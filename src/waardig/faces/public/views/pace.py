"""How often somebody may let the law run in the sandbox: kept in the memory of this process, never written.

A visitor is known by a keyed digest of the address for as long as the window lasts; each process makes its own key.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable

from django.http import HttpRequest

WINDOW_SECONDS = 60.0
MOST_OF_ONE = 40
MOST_OF_ALL = 600
MOST_VISITORS = 5_000


class Pace:
    """Counts runs per visitor and of everybody within a window."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._key = clock, secrets.token_bytes(16)
        self._runs: OrderedDict[bytes, list[float]] = OrderedDict()
        self._all: list[float] = []

    def allows(self, request: HttpRequest) -> bool:
        """Whether this visitor may run once more now; counts it when so."""
        now = self._clock()
        who = hashlib.blake2b(str(request.META.get("REMOTE_ADDR")).encode(), key=self._key, digest_size=16).digest()
        mine = [at for at in self._runs.pop(who, []) if now - at < WINDOW_SECONDS]
        self._all = [at for at in self._all if now - at < WINDOW_SECONDS]
        allowed = len(mine) < MOST_OF_ONE and len(self._all) < MOST_OF_ALL
        if allowed:
            mine.append(now)
            self._all.append(now)
        self._runs[who] = mine
        while len(self._runs) > MOST_VISITORS:
            self._runs.popitem(last=False)
        return allowed
