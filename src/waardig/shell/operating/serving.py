"""What a web process in production needs: a lasting key, and a gentle stop."""

from __future__ import annotations

import os
import time
from threading import Event
from typing import Any

from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer

from waardig.kernel.errors import Refusal

SHORTEST_KEY = 32
_LOOK_SECONDS = 0.5


class LastingKeyMissing(Refusal):
    """A web server of an own installation needs a key that outlives the process."""

    def __init__(self) -> None:
        super().__init__(
            code="lasting_key_missing",
            text_nl="Deze server heeft nog geen eigen sleutel.",
            text_en=f"WAARDIG_SECRET_KEY is not set, or shorter than {SHORTEST_KEY} characters.",
            remedy="Make one with `python -c 'import secrets; print(secrets.token_urlsafe(48))'`, "
            "and give web and worker the same.",
        )


def refuse_passing_key() -> None:
    """Stop before serving with a key that ends with this process; the embedded database keeps one by itself.

    Raises:
        LastingKeyMissing: sessions and samples would not survive a restart.
    """
    if len(os.environ.get("WAARDIG_SECRET_KEY", "")) < SHORTEST_KEY:
        raise LastingKeyMissing


def run_until(stop: Event, server: Any, grace: float) -> None:
    """Serve until `stop`; then take no new connections, and finish the requests in hand within `grace` seconds.

    Args:
        server: what `waitress.create_server` gave.
    """
    sockets = getattr(server, "map", None) or server._map
    while not stop.is_set():
        _once(server, sockets, _LOOK_SECONDS)
    for one in [one for one in sockets.values() if isinstance(one, BaseWSGIServer)]:
        one.accepting = False
        one.del_channel(sockets)
        one.socket.close()
    end = time.monotonic() + grace
    while time.monotonic() < end and any(map(_is_busy, list(sockets.values()))):
        _once(server, sockets, 0.05)
    server.task_dispatcher.shutdown(cancel_pending=True, timeout=1)


def _once(server: Any, sockets: dict[int, Any], timeout: float) -> None:
    server.asyncore.loop(timeout=timeout, map=sockets, use_poll=True, count=1)


def _is_busy(one: Any) -> bool:
    """Whether a connection has a request that is asked, answered or being sent."""
    return isinstance(one, HTTPChannel) and bool(one.requests or one.request or one.total_outbufs_len)
