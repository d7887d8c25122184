"""Two municipalities differ in keys, roles and pseudonyms; their processes know nothing of each other."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest

from tests.shell.border.towns import MARKS, TwoTowns, bare_environment
from tests.shell.installation.test_supervisor import is_there, until
from waardig.shell.installation.databases import cluster_of, refuse_shared
from waardig.shell.installation.terms import MunicipalitiesTouch, PlaceUnusable
from waardig.shell.installation.together import _only_one


def test_each_has_something_to_find(towns: TwoTowns) -> None:
    one, other = (towns.inventories[identity] for identity in MARKS)

    for found in (one, other):
        assert len(found.tokens) > 2_000 and len(found.people) >= 15
        for kind in (
            "person",
            "case",
            "message",
            "document",
            "fact",
            "ticket",
            "bsn",
            "number",
            "code",
            "iban",
            "cookie",
        ):
            assert found.stolen[kind], kind
    assert not one.tokens & other.tokens
    assert not set(one.stolen["bsn"]) & set(other.stolen["bsn"])
    said = f"<td>{one.stolen['number'][0]}</td> {one.people[0]['person'][0].upper()} {one.mark.upper()}straat"
    assert len(one.found_in(said)) == 3 and other.found_in(said) == set()
    assert one.found_in(said, asked=one.people[0]["person"][0]) == one.found_in(said) - {
        one.people[0]["person"][0].replace("-", "")
    }


def test_keys_and_pseudonyms_differ(towns: TwoTowns) -> None:
    kept = []
    for identity in MARKS:
        environment = towns.environment(identity)
        superuser = cluster_of(towns.installation).addresses(f"waardig_{identity}").superuser
        with psycopg.connect(superuser) as connection:
            pseudonym = connection.execute("SELECT log.pseudonym('9b5bcd2c-0000-4000-8000-000000000001')").fetchone()
        log_key = Path(environment["WAARDIG_LOG_KEY"]).read_bytes()
        kept.append((environment["WAARDIG_SECRET_KEY"], log_key, pseudonym, environment["DATABASE_URL"]))

    assert not [one for one, other in zip(*kept, strict=True) if one == other]


def test_roles_of_one_have_no_right_in_the_database_of_the_other(towns: TwoTowns) -> None:
    with psycopg.connect(cluster_of(towns.installation).addresses("postgres").superuser) as superuser:
        may = superuser.execute(
            "SELECT r.rolname::text, d.datname::text FROM pg_roles r, pg_database d"
            " WHERE has_database_privilege(r.oid, d.oid, 'CONNECT') AND d.datallowconn"
            " AND r.rolname LIKE 'waardig%' ORDER BY 1, 2"
        ).fetchall()
        members = superuser.execute(
            "SELECT count(*) FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member WHERE r.rolname LIKE 'waardig%'"
        ).fetchone()

    assert may == [
        ("waardig_app", "waardig"), ("waardig_hogeveen_app", "waardig_hogeveen"),
        ("waardig_hogeveen_owner", "waardig_hogeveen"), ("waardig_owner", "waardig"),
        ("waardig_rietwaarden_app", "waardig_rietwaarden"), ("waardig_rietwaarden_owner", "waardig_rietwaarden"),
    ]  # fmt: skip
    assert members == (0,)


def test_an_open_border_between_databases_stops_the_start(towns: TwoTowns) -> None:
    environments = {identity: towns.environment(identity) for identity in MARKS}
    refuse_shared(environments)
    with psycopg.connect(cluster_of(towns.installation).addresses("postgres").superuser, autocommit=True) as superuser:
        superuser.execute("GRANT CONNECT ON DATABASE waardig_hogeveen TO waardig_rietwaarden_app")
        try:
            with pytest.raises(MunicipalitiesTouch, match="waardig_rietwaarden_app may connect to waardig_hogeveen"):
                refuse_shared(environments)
        finally:
            superuser.execute("REVOKE CONNECT ON DATABASE waardig_hogeveen FROM waardig_rietwaarden_app")


def test_commands_are_for_one_municipality_and_say_only_its_own(towns: TwoTowns) -> None:
    for identity, other in zip(MARKS, reversed(MARKS), strict=True):
        rounds = towns.waardig("round", "status", "--json", municipality=identity)
        assert rounds.returncode == 0, rounds.stderr
        (mine,) = [one["id"] for one in json.loads(rounds.stdout)]
        assert mine in towns.inventories[identity].stolen["run"]
        assert towns.inventories[other].found_in(rounds.stdout + rounds.stderr) == set()
    signed = towns.waardig("logbook", "checkpoint", "--origin", "rietwaarden.example/log", municipality="rietwaarden")
    assert signed.returncode == 0 and signed.stdout.startswith("rietwaarden.example/log\n"), signed.stderr


def test_the_worker_does_the_work_of_each_and_tells_when_it_is_done(towns: TwoTowns) -> None:
    done = towns.waardig("worker", "--until-empty")

    assert done.returncode == 0, done.stderr
    for identity in MARKS:
        said = (towns.installation.state / identity / "worker.log").read_text()
        assert "0 waiting." in said, said


@pytest.fixture(scope="module")
def served(towns: TwoTowns) -> Iterator[subprocess.Popen[bytes]]:
    """`waardig serve` for both, answering."""
    folder = towns.installation.file.parent
    with (folder / "serve.out").open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "waardig", "--installation", str(towns.installation.file), "serve",
             "--port", str(towns.port)],
            env={**bare_environment(), "SECRET_OF_THE_MACHINE": "not for anybody"}, stdout=output, stderr=output,
            start_new_session=True,
        )  # fmt: skip
    try:
        until(lambda: all(answer(towns, f"{one}.localhost").status_code == 200 for one in MARKS), 120)
        yield process
    finally:
        process.terminate()
        process.wait(30)


def answer(towns: TwoTowns, host: str, path: str = "/inloggen/") -> httpx.Response:
    """What the front answers; 503 also while it does not listen yet."""
    try:
        return httpx.get(
            f"http://127.0.0.1:{towns.port}{path}",
            headers={"host": f"{host}:{towns.port}"},
            trust_env=False,
            timeout=60,
        )
    except httpx.HTTPError:
        return httpx.Response(503)


def children(parent: int) -> dict[int, list[str]]:
    """The processes that a process started, with their arguments."""
    found = {}
    for place in Path("/proc").iterdir():
        if place.name.isdigit():
            try:
                if int((place / "stat").read_text().rpartition(")")[2].split()[1]) == parent:
                    found[int(place.name)] = (place / "cmdline").read_text().split("\0")
            except OSError:
                continue
    return found


def of(process: int) -> dict[str, str]:
    """The environment of a process, as the system has it."""
    try:
        pairs = (Path("/proc") / str(process) / "environ").read_text().split("\0")
    except OSError:  # it ended, or nobody cleared it away yet
        return {}
    return dict(one.split("=", 1) for one in pairs if "=" in one)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_running_process_knows_nothing_of_another_municipality(
    towns: TwoTowns, served: subprocess.Popen[bytes]
) -> None:
    running = {
        process: (line, of(process))
        for process, line in children(served.pid).items()
        if "waardig.shell.installation.child" in line
    }
    servers = {
        env["WAARDIG_BASE_URL"].split("//")[1].split(".")[0]: env for line, env in running.values() if "serve" in line
    }
    (front,) = [(line, env) for line, env in running.values() if "front" in line]

    assert set(servers) == set(MARKS)
    own = {"DATABASE_URL", "WAARDIG_SECRET_KEY", "WAARDIG_LOG_KEY", "WAARDIG_DATA", "WAARDIG_CONTENT", "WAARDIG_HOSTS",
           "WAARDIG_BASE_URL", "WAARDIG_LISTEN"}  # fmt: skip
    for identity, other in zip(MARKS, reversed(MARKS), strict=True):
        environment = servers[identity]
        assert own <= set(environment)
        assert "DATABASE_OWNER_URL" not in environment and "SECRET_OF_THE_MACHINE" not in environment
        text = json.dumps(environment)
        assert not [name for name in own if servers[other][name] in text], "a value of the other"
        assert other not in text.lower().replace("hoge-veen", "hogeveen")
    assert not [name for name in front[1] if name.startswith(("WAARDIG_", "DATABASE_")) or "SECRET" in name]
    assert not {servers[one][name] for one in MARKS for name in ("DATABASE_URL", "WAARDIG_SECRET_KEY")} & set(front[0])


def test_each_host_shows_its_own_municipality_and_an_unknown_host_none(
    towns: TwoTowns, served: subprocess.Popen[bytes]
) -> None:
    riet, hoog = (answer(towns, f"{one}.localhost").text for one in MARKS)

    assert "Rietwaarden" in riet and "Hoge Veen" not in riet
    assert "Hoge Veen" in hoog and "Rietwaarden" not in hoog
    unknown = answer(towns, "nergens.localhost")
    assert unknown.status_code == 421
    assert "Rietwaarden" not in unknown.text and "Hoge Veen" not in unknown.text
    assert answer(towns, "hogeveen.localhost", "/verantwoording/").status_code == 200


def test_a_process_that_is_killed_comes_back_and_the_other_goes_on(
    towns: TwoTowns, served: subprocess.Popen[bytes]
) -> None:
    victim = next(p for p in children(served.pid) if of(p).get("WAARDIG_HOSTS") == "hogeveen.localhost")

    os.kill(victim, signal.SIGKILL)

    assert answer(towns, "rietwaarden.localhost").status_code == 200
    until(lambda: answer(towns, "hogeveen.localhost").status_code == 200, 120)
    assert not is_there(victim)


def test_the_same_installation_is_not_served_twice(towns: TwoTowns, served: subprocess.Popen[bytes]) -> None:
    with pytest.raises(PlaceUnusable, match="is being served already"):
        _only_one(towns.installation)
    assert answer(towns, "rietwaarden.localhost").status_code == 200


def test_when_who_serves_is_killed_everything_it_started_ends(towns: TwoTowns, served: subprocess.Popen[bytes]) -> None:
    started = list(children(served.pid))
    assert len(started) >= 3

    served.kill()
    served.wait()

    until(lambda: not [one for one in started if is_there(one)], 30)
    assert answer(towns, "rietwaarden.localhost").status_code == 503
