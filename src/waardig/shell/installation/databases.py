"""A database, an owner and an application role for each municipality, so that none can connect to another's.

In the embedded server they are made here, with passwords from the municipality's own folder. On a server of one's own
an administrator makes them; at the start it is tried whether the borders are closed.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from waardig.shell.installation.keys import made_once, own_folder, read_source
from waardig.shell.installation.terms import Installation, Member, MunicipalitiesTouch, SecretMissing
from waardig.shell.postgres import Cluster, create_database, exists

CONNECTIONS = 16
"""Of one role in the embedded server, so that one municipality cannot take all of them."""
_MAKING = 20280028


@dataclass(frozen=True)
class Reach:
    """The addresses of one municipality's database; the owner's is empty where it is not known."""

    application: str
    owner: str = ""


def cluster_of(installation: Installation) -> Cluster:
    """The embedded server of this installation."""
    return Cluster(installation.state / "postgres")


def needs_cluster(members: tuple[Member, ...]) -> bool:
    """Whether any of these keeps its database in the embedded server."""
    return any(one.server is None for one in members)


def reach(installation: Installation, member: Member, outer: Mapping[str, str], *, owner: bool) -> Reach:
    """How a municipality's processes reach its database; the embedded server must run where it is used.

    Raises:
        SecretMissing: an address is not where the installation file says.
    """
    if member.server is None:
        return _embedded(cluster_of(installation), own_folder(installation, member), member.id)
    application = read_source(member, "address of its database", member.server.application, outer)
    if not owner:
        return Reach(application)
    if member.server.owner is None:
        raise SecretMissing(member.id, "address as owner", "the installation file says none (database: owner)")
    return Reach(application, read_source(member, "address as owner", member.server.owner, outer))


def _embedded(cluster: Cluster, folder: Path, identity: str) -> Reach:
    kept = made_once(
        folder / "database.json",
        lambda: json.dumps({kind: secrets.token_urlsafe(24) for kind in ("owner", "app")}).encode(),
    )
    passwords: dict[str, str] = json.loads(kept)
    name = f"waardig_{identity}"
    roles = {f"{name}_{kind}": password for kind, password in passwords.items()}
    with psycopg.connect(cluster.addresses("postgres").superuser, autocommit=True) as db:
        db.execute("SELECT pg_advisory_lock(%s)", (_MAKING,))
        if not exists(db, "pg_database", "datname", name):
            _make(db, name, roles)
    urls = {kind: cluster.url(f"{name}_{kind}", password, name) for kind, password in passwords.items()}
    return Reach(urls["app"], urls["owner"])


def _make(db: psycopg.Connection, name: str, roles: Mapping[str, str]) -> None:
    for role, password in roles.items():
        verb = sql.SQL("ALTER" if exists(db, "pg_roles", "rolname", role) else "CREATE")
        text = sql.SQL("{} ROLE {} LOGIN PASSWORD {} CONNECTION LIMIT {}")
        db.execute(text.format(verb, sql.Identifier(role), sql.Literal(password), sql.Literal(CONNECTIONS)))
    for shared in ("postgres", "template1"):
        db.execute(sql.SQL("REVOKE CONNECT ON DATABASE {} FROM PUBLIC").format(sql.Identifier(shared)))
    create_database(db, name, owner=f"{name}_owner", application=f"{name}_app")


def refuse_shared(environments: Mapping[str, Mapping[str, str]]) -> None:
    """Before anything starts: no two municipalities have the same database, role or key, nor a way into another's.

    Args:
        environments: what the processes of each municipality get, by its id.

    Raises:
        MunicipalitiesTouch: with what they would share.
    """
    taken: dict[tuple[str, str], str] = {}
    for identity, environment in environments.items():
        for what, value in _own(environment):
            first = taken.setdefault((what, value), identity)
            if first != identity:
                raise MunicipalitiesTouch(first, identity, what)
    for one, other in permutations(environments, 2):
        mine, theirs = (urlsplit(environments[who]["DATABASE_URL"]) for who in (one, other))
        same_server = (mine.hostname, mine.port) == (theirs.hostname, theirs.port)
        if same_server and _opens(urlunsplit(mine._replace(path=theirs.path))):
            raise MunicipalitiesTouch(one, other, f"a database: {mine.username} may connect to {theirs.path[1:]}")


def _own(environment: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    parts = urlsplit(environment["DATABASE_URL"])
    server = f"{parts.hostname}:{parts.port or 5432}"
    yield "a database", server + parts.path
    yield "a database role", f"{parts.username}@{server}"
    yield "the secret key", environment["WAARDIG_SECRET_KEY"]
    yield "the key of the log", str(Path(environment["WAARDIG_LOG_KEY"]).read_bytes())


def _opens(url: str) -> bool:
    try:
        psycopg.connect(url, connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True
