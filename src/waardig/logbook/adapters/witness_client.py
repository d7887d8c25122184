"""Asking a witness over the network: one request to the address that the policy names, and nowhere else."""

from __future__ import annotations

from urllib.parse import urlsplit

import httpx

from waardig.logbook.terms import MOST_BYTES, Answer, Witness, WitnessUnreachable

SECONDS = 10.0
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


def submit(witness: Witness, body: bytes) -> Answer:
    """Submit a checkpoint (C2SP tlog-witness, add-checkpoint); a redirect is not followed.

    Raises:
        WitnessUnreachable: no answer in ten seconds, one that is too long, or an address that is not safe.
    """
    where = urlsplit(witness.address)
    if where.scheme != "https" and not (where.scheme == "http" and where.hostname in _LOOPBACK):
        raise WitnessUnreachable(witness.name, "its address does not begin with https://")
    try:
        with (
            httpx.Client(timeout=SECONDS, follow_redirects=False) as client,
            client.stream("POST", f"{witness.address.rstrip('/')}/add-checkpoint", content=body) as answer,
        ):
            return Answer(answer.status_code, _text(answer))
    except (httpx.HTTPError, ValueError) as problem:
        raise WitnessUnreachable(witness.name, type(problem).__name__) from None


def _text(answer: httpx.Response) -> str:
    found = b""
    for part in answer.iter_bytes():
        found += part
        if len(found) > MOST_BYTES:
            raise ValueError("too long")
    return found.decode()
