"""What the processes of one municipality get: its own values and nothing of another's.

The environment is built from nothing: a short list of names of the machine, then the municipality's own. What is not
named here is not passed on, so a secret that somebody adds for one municipality reaches no other.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

from waardig.shell.installation.databases import reach
from waardig.shell.installation.keys import log_key, own_folder, read_source, secret_key
from waardig.shell.installation.terms import Installation, Member, PlaceUnusable

MACHINE = frozenset(
    {"PATH", "HOME", "LANG", "LANGUAGE", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "TERM", "COLUMNS", "NO_COLOR"}
    | {"PYTHONPATH", "PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE", "VIRTUAL_ENV", "SSL_CERT_FILE", "SSL_CERT_DIR"}
    | {"WAARDIG_LOG_LEVEL", "WAARDIG_POSTGRES_MAJOR"}
)
_LONGEST_SOCKET = 100  # systems allow 104 to 108 bytes


def of_the_machine(outer: Mapping[str, str]) -> dict[str, str]:
    """The values that belong to the machine and say nothing about a municipality."""
    return {name: value for name, value in outer.items() if name in MACHINE}


def environment_of(
    installation: Installation, member: Member, outer: Mapping[str, str], *, database: bool = True, owner: bool = False
) -> dict[str, str]:
    """The whole environment of a process of this municipality.

    Args:
        outer: the environment in which the installation was started.
        database: whether it reaches the database; the embedded server must run then.
        owner: whether it changes tables or policy.

    Raises:
        SecretMissing, PlaceUnusable: what is wrong with this municipality.
    """
    folder = own_folder(installation, member)
    found = {**of_the_machine(outer), **_remembered(folder), **member.settings}
    found |= {name: read_source(member, name, source, outer) for name, source in member.secrets.items()}
    found |= {
        "WAARDIG_BASE_URL": member.base_url,
        "WAARDIG_HOSTS": ",".join(member.hosts),
        "WAARDIG_CONTENT": os.pathsep.join(map(str, member.content)),
        "WAARDIG_DATA": str(folder),
        "WAARDIG_LISTEN": place_of(installation, member),
        "WAARDIG_PROXY": "localhost" if place_of(installation, member).startswith("/") else "127.0.0.1",
        "WAARDIG_SECRET_KEY": secret_key(installation, member, outer),
        "WAARDIG_LOG_KEY": str(log_key(installation, member)),
    }
    if member.sign_in:
        found["WAARDIG_SIGN_IN"] = str(member.sign_in)
    if database:
        ways = reach(installation, member, outer, owner=owner)
        found["DATABASE_URL"] = ways.application
        if owner:
            found["DATABASE_OWNER_URL"] = ways.owner
    return found


def place_of(installation: Installation, member: Member) -> str:
    """Where its server listens: `127.0.0.1:port`, or a socket in a folder that only its user can enter.

    Raises:
        PlaceUnusable: the path of the socket is longer than systems allow.
    """
    place = member.listen or str(installation.folder(member) / "serve.sock")
    if len(place.encode()) > _LONGEST_SOCKET:
        raise PlaceUnusable(place, "the path of a socket may have 100 characters")
    return place


def _remembered(folder: Path) -> dict[str, str]:
    """Whether `waardig demo` made this municipality a demonstration."""
    file = folder / "installation.json"
    kept: dict[str, str] = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return {name: value for name, value in kept.items() if name == "WAARDIG_DEMONSTRATION"}
