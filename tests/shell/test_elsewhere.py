"""A PostgreSQL elsewhere with roles made by exactly the block of the how-to; web and worker without the owner."""

from __future__ import annotations

import json
import re
import secrets
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import psycopg
import pytest

from tests.journeys.towns import ROOT, Town, prepared
from waardig.shell import postgres
from waardig.shell.settings import _database

HOW_TO = ROOT / "docs" / "how-to" / "operate-a-server.md"


def _block(kind: str) -> str:
    found = re.search(rf"```{kind}\n(.*?)```", HOW_TO.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    return found[1]


@pytest.fixture(scope="module")
def own_server() -> Iterator[Town]:
    """A server on which a superuser ran the block and nothing else."""
    folder = Path(tempfile.mkdtemp(prefix="waardig-own-"))
    folder.chmod(0o711)
    cluster = postgres.Cluster(folder / "pg", durable=False)
    superuser = cluster.start().superuser.rsplit("/", 1)[0] + "/postgres"
    passwords = [secrets.token_hex(12) for _ in range(2)]
    with psycopg.connect(superuser, autocommit=True) as connection:
        for statement in ("DROP DATABASE waardig", "DROP ROLE waardig_app", "DROP ROLE waardig_owner"):
            connection.execute(statement)
        given = iter(passwords)
        for statement in re.sub(r"'\.\.\.'", lambda _: f"'{next(given)}'", _block("sql")).split(";"):
            if statement.strip():
                connection.execute(statement)  # type: ignore[arg-type]
    host = superuser.split("@")[1].rsplit("/", 1)[0]
    owner, application = (
        f"postgresql://{role}:{word}@{host}/waardig"
        for role, word in zip(("waardig_owner", "waardig_app"), passwords, strict=True)
    )
    yield Town("waardig", postgres.Addresses(application, owner, superuser))
    cluster.destroy()


def test_the_how_to_leads_to_a_server_that_runs_a_round_serves_and_stops(own_server: Town) -> None:
    town = own_server
    planned = town.json("migrate", "--plan", owner=True)["plan"]
    assert "access.0001_gate" in planned and len(planned) > 15
    prepared(town, "--residents", "100")
    assert town.json("migrate", "--plan", owner=True) == {"plan": []}

    round_ = town.json("round", "run")
    worked = town.waardig("worker", "--until-empty", "--json")
    said = _served(town)

    assert round_["proposed"] if "proposed" in round_ else round_["digital"] + round_["paper"] > 0
    assert worked.returncode == 0 and json.loads(worked.stdout)["given_up"] == 0
    assert said["status"] in ("ok", "degraded")
    assert {one["name"] for one in said["checks"] if not one["ok"]} <= {"worker"}
    with psycopg.connect(town.addresses.application, autocommit=True) as application:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute("SELECT * FROM reg.person")
        assert application.execute("SHOW idle_in_transaction_session_timeout").fetchone() == ("1min",)
        assert application.execute("SHOW log_min_error_statement").fetchone() == ("panic",)
    with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
        psycopg.connect(town.addresses.application.rsplit("/", 1)[0] + "/postgres")


def _served(town: Town) -> dict[str, Any]:
    """What the web process says of itself, served without the owner's address; it ends by itself on SIGTERM."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**town.environment(), "WAARDIG_DEMONSTRATION": "yes", "WAARDIG_SECRET_KEY": "x" * 48}
    assert "DATABASE_OWNER_URL" not in environment
    process = subprocess.Popen(
        town.command("serve", "--port", str(port)), env=environment, cwd=town.folder,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        found = _asked(f"http://127.0.0.1:{port}/gezond/klaar/", process)
    finally:
        process.send_signal(signal.SIGTERM)
        output = process.communicate(timeout=60)
    assert process.returncode == 0, output[1][-2000:]
    return found


def _asked(address: str, process: subprocess.Popen[str]) -> dict[str, Any]:
    for _ in range(600):
        assert process.poll() is None, process.communicate()[1][-2000:]
        try:
            with urlopen(address, timeout=20) as answer:
                found: dict[str, Any] = json.load(answer)
                return found
        except HTTPError as problem:
            raise AssertionError(problem.read().decode()) from problem
        except (URLError, OSError):
            time.sleep(0.2)
    raise AssertionError("it never answered")


def test_the_owner_is_not_served_and_a_short_key_is_refused(own_server: Town) -> None:
    environment = own_server.environment()
    for changes, words in (
        ({"WAARDIG_SECRET_KEY": "short"}, "WAARDIG_SECRET_KEY is not set, or shorter"),
        ({"WAARDIG_SECRET_KEY": "x" * 48, "WAARDIG_DEMONSTRATION": "yes", "DATABASE_URL": own_server.addresses.owner},
         "may do too much"),
    ):  # fmt: skip
        done = subprocess.run(
            own_server.command("serve", "--port", "1"), env={**environment, **changes}, cwd=own_server.folder,
            capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        assert done.returncode == 1 and words in done.stderr, done.stderr


def test_an_address_says_how_the_connection_is_secured_and_nothing_else() -> None:
    address = "postgresql://a:b%40c@db.example:5433/name?sslmode=verify-full&sslrootcert=/etc/ca.pem&options=-cx%3Dy"

    found = _database(address)

    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "a", "b@c", "db.example", "5433", "name",
    )  # fmt: skip
    assert found["OPTIONS"] == {
        "application_name": "waardig", "connect_timeout": 5, "sslmode": "verify-full", "sslrootcert": "/etc/ca.pem",
    }  # fmt: skip


def test_the_environment_of_the_how_to_names_settings_that_exist() -> None:
    text = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    page = HOW_TO.read_text(encoding="utf-8")
    named = {name for block in re.findall(r"```sh\n(.*?)```", page, re.DOTALL)
             for name in re.findall(r"^([A-Z_]+)=", block, re.MULTILINE)}  # fmt: skip

    assert len(named) >= 10
    assert [name for name in sorted(named) if f"| `{name}` |" not in text] == []
