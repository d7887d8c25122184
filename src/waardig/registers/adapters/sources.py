"""Which registers are connected to their source: the YAML file that WAARDIG_SOURCES names, its secrets elsewhere.

Example::

    brp:
      url: https://brp.example.nl/haalcentraal/api/brp
      api_key: {header: X-API-KEY, env: BRP_KEY}
      oauth: {token_url: https://login.example.nl/token, client_id: waardig, secret_env: BRP_SECRET, scope: brp}
      certificate: {file: brp.pem, key: brp.key, authority: pkio.pem}
      headers: {x-origin-oin: "00000001234567890000", x-doelbinding: "{purpose}", x-verwerking: "{activity}",
                x-gebruiker: "{actor}"}
      purposes: {bericht.bezorgen: BRPACT-Aanschrijven}
      timeout_seconds: 10
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from waardig.kernel.content_file import ContentFile, ContentInvalid
from waardig.registers.adapters.content import checked_file
from waardig.registers.adapters.haal_centraal import HaalCentraal
from waardig.registers.core.source_terms import Connection, OAuth

_bound: dict[str, HaalCentraal] = {}


def source_of(register: str) -> HaalCentraal | None:
    """The source of a register when it is connected, else None.

    Raises:
        ContentInvalid: the file that WAARDIG_SOURCES names is wrong; with file and line.
    """
    return _bound.get(register) or _from_file(os.environ.get("WAARDIG_SOURCES", "")).get(register)


def connected() -> frozenset[str]:
    """The registers that are connected. Raises as `source_of`."""
    return frozenset(_bound) | frozenset(_from_file(os.environ.get("WAARDIG_SOURCES", "")))


def may_ask(register: str, activity: str) -> bool:
    """Whether a purpose was agreed with the source of a register under which this activity may ask it."""
    source = source_of(register)
    return source is not None and activity in source.connection.purposes


def use_source(register: str, source: HaalCentraal | None) -> None:
    """Connect a register to this source in this process (a trial), or take that back."""
    if source is None:
        _bound.pop(register, None)
    else:
        _bound[register] = source


@lru_cache(maxsize=4)
def _from_file(path: str) -> Mapping[str, HaalCentraal]:
    if not path:
        return {}
    file = checked_file(Path(path), "sources")
    return {register: HaalCentraal(_connection(file, str(register))) for register in file.content}


def _connection(file: ContentFile, register: str) -> Connection:
    raw = file.content[register]
    base = Path(file.path).resolve().parent
    paths = {name: str(base / text) for name, text in raw.get("certificate", {}).items()}
    key = raw.get("api_key")
    oauth = raw.get("oauth")
    return Connection(
        register=register,
        url=raw["url"].rstrip("/"),
        purposes=dict(raw["purposes"]),
        headers=dict(raw.get("headers", {})),
        api_key=(key["header"], _secret(file, (register, "api_key", "env"), key["env"])) if key else None,
        oauth=OAuth(
            oauth["token_url"],
            oauth["client_id"],
            _secret(file, (register, "oauth", "secret_env"), oauth["secret_env"]),
            oauth.get("scope", ""),
        )
        if oauth
        else None,
        certificate=paths.get("file", ""),
        key=paths.get("key", ""),
        authority=paths.get("authority", ""),
        timeout=float(raw.get("timeout_seconds", 10)),
    )


def _secret(file: ContentFile, place: tuple[str, ...], name: str) -> str:
    value = os.environ.get(name, "")
    if not value:
        raise ContentInvalid([file.problem(place, f"the environment variable {name} is empty")])
    return value
