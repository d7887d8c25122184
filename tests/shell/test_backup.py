"""A backup put back elsewhere is the same: export, rights, gate, log; and one from before a checkpoint is told."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import sql

import waardig
from tests.journeys.towns import SERVICE, Town, empty_town, inside
from tests.logbook.archiving import make_older
from waardig.shell import postgres
from waardig.shell.operating.manifest import BackupDamaged, check_files, read_manifest

ALLOW_LIST = Path(waardig.__file__).parent / "access" / "sql" / "allow_list.txt"
KEY = "a-key-that-is-long-enough-for-a-real-server"


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[postgres.Cluster]:
    """Another machine: a cluster of its own with roles and passwords of its own, and nothing in it."""
    folder = Path(tempfile.mkdtemp(prefix="waardig-elsewhere-"))
    folder.chmod(0o711)
    made = postgres.Cluster(folder / "pg", durable=False)
    made.start()
    yield made
    made.destroy()


class Case:
    """A town that was backed up, and how to run its commands with a log that is signed and witnessed."""

    def __init__(self, town: Town, folder: Path) -> None:
        self.town, self.folder = town, folder
        self.town.waardig("logbook", "key", str(folder / "log-key"))

    def run(self, *arguments: str, owner: bool = True, town: Town | None = None, **extra: str) -> Any:
        where = town or self.town
        known = {
            "WAARDIG_SECRET_KEY": KEY,
            "WAARDIG_LOG_KEY": str(self.folder / "log-key"),
            "WAARDIG_LOG_ORIGIN": "rietwaarden.example/logboek",
            "WAARDIG_LOG_WITNESS": str(self.folder / "witness"),
        }
        return subprocess.run(
            where.command(*arguments), env={**where.environment(owner=owner), **known, **extra},
            cwd=where.folder, capture_output=True, text=True, timeout=300,
        )  # fmt: skip

    def json(self, *arguments: str, status: int = 0, **more: Any) -> dict[str, Any]:
        done = self.run(*arguments, "--json", **more)
        assert done.returncode == status, done.stdout[-1000:] + done.stderr[-3000:]
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def backup(self, *more: str) -> dict[str, Any]:
        return self.json("backup", "--to", str(self.folder / "backups"), *more)


@pytest.fixture
def case(after_the_round: Town, tmp_path: Path) -> Case:
    return Case(after_the_round, tmp_path)


def _export(case: Case, town: Town) -> str:
    done = case.run("export", "--canonical", owner=False, town=town)
    assert done.returncode == 0, done.stderr
    return str(done.stdout)


def _rights(town: Town, role: str) -> tuple[set[str], list[str]]:
    """Functions that the application may execute, and closed tables it has any right on."""
    doors = town.all(
        "SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
        " WHERE n.nspname <> 'information_schema' AND n.nspname !~ '^pg_'"
        " AND has_function_privilege(%s, p.oid, 'EXECUTE')",
        role,
    )
    tables = town.all(
        "SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname IN ('reg', 'log', 'vault', 'gate') AND c.relkind IN ('r', 'v')"
        " AND has_table_privilege(%s, c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')",
        role,
    )
    return {name for (name,) in doors}, [name for (name,) in tables]


def test_a_backup_put_back_on_another_machine_is_the_same_and_the_gate_works(
    case: Case, elsewhere: postgres.Cluster, django_db_blocker: Any
) -> None:
    before = _export(case, case.town)
    with psycopg.connect(case.town.addresses.application, autocommit=True) as application:
        application.execute("SELECT lo_from_bytea(0, 'not the owner''s')")
    made = case.backup("--keys-to", str(case.folder / "safe"))
    other = replace(empty_town(elsewhere), content=case.town.content)
    ask = ("restore", "--from", made["folder"], "--keys", made["keys"])

    done = case.json(*ask, town=other)

    assert (done["same"], done["differences"], done["losses"]) == (True, [], [])
    assert done["notices"] == []
    assert _export(case, other) == before != ""
    doors, tables = _rights(other, postgres.APPLICATION)
    assert doors == set(ALLOW_LIST.read_text().split())
    assert tables == []
    assert other.all("SELECT oid FROM pg_largeobject_metadata") == []
    with psycopg.connect(other.addresses.application, autocommit=True) as application:
        for table in ("reg.person", "log.line", "vault.pseudonym_key"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                application.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(*table.split("."))))
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('a', 'b', now())")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            application.execute("CREATE TABLE public.mine (a int)")
    _the_gate_works(other, django_db_blocker)
    again = case.run(*ask, town=other)
    assert again.returncode == 1 and "not empty" in again.stderr
    (backups,) = case.town.all("SELECT kind, succeeded FROM outbox_operation")
    assert backups == ("backup", True)
    assert other.all("SELECT kind, succeeded FROM outbox_operation") == [("restore", True)]


def _the_gate_works(town: Town, blocker: Any) -> None:
    """Ask, commit, take: the facts of a client, with a line that was not there before under the same pseudonym."""
    from waardig.access.actions import ask
    from waardig.access.terms import Actor, Request
    from waardig.logbook.actions import sequence_lines
    from waardig.registers.queries import take

    person: UUID = town.value("SELECT recipient FROM inbox_message ORDER BY recipient LIMIT 1")
    own = "SELECT count(*) FROM log.detail WHERE subject = log.pseudonym(%s::uuid)"
    lines = town.value(own, person)
    assert lines >= 1, "the key of the pseudonyms came along: her earlier lines are hers"
    with inside(town, blocker):
        from waardig.access.queries import business_date

        request = Request("inzage.gegevens", frozenset({"brp.naam"}), (person,), Actor("resident", str(person)),
                          business_date(), name="proef")  # fmt: skip
        facts = take(ask(request))
        placed = sequence_lines()
    assert [fact.attribute for fact in facts] == ["brp.naam"]
    assert town.value(own, person) == lines + 1
    assert placed >= 1, "transaction numbers began again here: no line is taken for one that was placed long ago"
    assert town.value("SELECT count(*) FROM log.line") == town.value("SELECT count(*) FROM log.tree_leaf")


def test_old_months_of_the_log_come_back_with_their_files(case: Case, elsewhere: postgres.Cluster) -> None:
    with psycopg.connect(case.town.addresses.owner, autocommit=True) as owner:
        make_older(owner, 150)
        owner.execute("UPDATE pol.clock SET fixed_on = now()::date")
    archived = case.json("logbook", "archive", owner=False, WAARDIG_LOG_ARCHIVE_AFTER="3")["archived"]
    before = case.json("logbook", "verify", owner=False)
    made = case.backup("--keys-to", str(case.folder / "safe"))
    ask = ("restore", "--from", made["folder"], "--keys", made["keys"])

    assert archived and before["archived"] == sum(one["lines"] for one in archived) and before["whole"]
    other = replace(empty_town(elsewhere), content=case.town.content)
    assert case.json(*ask, town=other, WAARDIG_LOG_ARCHIVE=str(case.folder / "other"))["differences"] == []
    after = case.json("logbook", "verify", owner=False, town=other, WAARDIG_LOG_ARCHIVE=str(case.folder / "other"))
    signed_by_backup = {"checkpoints": 1, "witnesses": None}
    assert {**after, **signed_by_backup} == {**before, **signed_by_backup}
    assert case.json("restore", "--check", *ask[1:])["same"]

    file = Path(made["folder"]) / "log-archive" / archived[0]["file"]
    assert file.stat().st_mode & 0o777 == 0o600
    file.write_bytes(file.read_bytes()[:-1] + b"x")
    refused = case.run(*ask, town=replace(empty_town(elsewhere), content=case.town.content))
    assert refused.returncode == 1 and archived[0]["file"] in refused.stderr


def test_a_backup_from_before_a_checkpoint_is_put_back_and_told_and_services_wait_until_two_people_accept(
    case: Case, elsewhere: postgres.Cluster
) -> None:
    made = case.backup()
    size = made["log"]["placed"]
    case.json("round", "run", owner=False)
    more = case.run("logbook", "checkpoint", "--origin", "rietwaarden.example/logboek", "--witness",
                    str(case.folder / "witness"))  # fmt: skip
    assert more.returncode == 0, more.stderr
    now = int(more.stdout.splitlines()[1])
    assert now > size
    other = replace(empty_town(elsewhere), content=case.town.content)

    done = case.json("restore", "--from", made["folder"], status=1, town=other)
    refused = case.json("round", "run", status=1, owner=False, town=other)
    verified = case.run("logbook", "verify", "--against", str(case.folder / "witness"), town=other)

    lost = f"the log was {now} lines at a checkpoint, now {size}: lines are lost"
    assert (done["same"], done["differences"], done["losses"]) == (False, [], [lost])
    assert "suspended" in json.dumps(refused)
    assert verified.returncode == 1 and "lines are lost" in verified.stdout
    assert other.value("SELECT count(*) FROM log.line") >= size

    alone = (
        "logbook",
        "accept",
        "--reason",
        "De machine brandde af; dit is de kopie van gisteren.",
        "--by",
        "b.hoekstra",
    )
    assert case.run(*alone, "--confirmed-by", "b.hoekstra", town=other).returncode == 1
    assert case.run(*alone, "--confirmed-by", "p.vandam", town=other).returncode == 0
    still = case.json("round", "run", status=1, owner=False, town=other)
    assert "suspended" in json.dumps(still), "accepting is not resuming"
    resumed = case.run("weighing", "resume", SERVICE, "--reason", "Verlies is gemeld en aanvaard.",
                       "--asked-by", "w.degraaf", "--confirmed-by", "p.vandam", town=other)  # fmt: skip
    assert resumed.returncode == 0, resumed.stderr
    assert case.run("round", "run", owner=False, town=other).returncode == 0
    (loss,) = other.all("SELECT kind, accepted_by, confirmed_by FROM log.loss")
    assert loss == ("lost", "b.hoekstra", "p.vandam")


def test_a_check_puts_the_backup_back_elsewhere_and_records_that_here(case: Case) -> None:
    made = case.backup()
    size = case.town.value("SELECT count(*) FROM log.line")

    done = case.json("restore", "--from", made["folder"], "--check")

    assert (done["same"], done["differences"]) == (True, [])
    assert case.town.value("SELECT count(*) FROM log.line") == size, "the running installation is left alone"
    (Path(made["folder"]) / "database.dump").chmod(0o600)
    with (Path(made["folder"]) / "database.dump").open("ab") as dump:
        dump.write(b"x")
    damaged = case.run("restore", "--from", made["folder"], "--check")
    assert damaged.returncode == 1 and "database.dump is other than when the backup was made" in damaged.stderr
    kinds = case.town.all("SELECT kind, succeeded FROM outbox_operation ORDER BY id")
    assert kinds == [("backup", True), ("backup_check", True), ("backup_check", False)]


def test_a_backup_says_nothing_of_its_keys_and_only_its_maker_reads_it(case: Case) -> None:
    made = case.backup("--keys-to", str(case.folder / "safe"))
    folder, keys = Path(made["folder"]), Path(made["keys"])

    assert sorted(file.name for file in keys.iterdir()) == ["log-key", "secret-key", "vault.dump"]
    assert sorted(file.name for file in folder.iterdir()) == ["checkpoint.txt", "database.dump", "manifest.json"]
    for file in (*folder.iterdir(), *keys.iterdir()):
        assert file.stat().st_mode & 0o077 == 0, file
    assert KEY not in (folder / "manifest.json").read_text()
    key = case.town.value("SELECT encode(inner_block, 'hex') FROM vault.pseudonym_key")
    plain = subprocess.run(
        [postgres.programs() / "pg_restore", "--file=-", folder / "database.dump"], capture_output=True, check=True
    ).stdout
    assert b"COPY reg.person" in plain and key.encode() not in plain
    manifest = read_manifest(folder)
    check_files(manifest, folder, keys)
    (keys / "vault.dump").unlink()
    with pytest.raises(BackupDamaged, match=r"vault\.dump is not in"):
        check_files(manifest, folder, keys)


def test_another_role_another_key_and_other_content_are_told(
    case: Case, elsewhere: postgres.Cluster, tmp_path: Path
) -> None:
    made = case.backup()
    other = empty_town(elsewhere)
    name = f"other_{uuid4().hex[:8]}"
    with psycopg.connect(elsewhere.addresses("postgres").superuser, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD 'x'").format(sql.Identifier(name)))
        connection.execute(
            sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(sql.Identifier(other.name), sql.Identifier(name))
        )
    stranger = other.addresses.application.split("@")[1]

    refused = case.run(
        "restore", "--from", made["folder"], town=other, DATABASE_URL=f"postgresql://{name}:x@{stranger}"
    )
    assert refused.returncode == 1 and "gives its rights to the role waardig_app" in refused.stderr
    assert other.value("SELECT count(*) FROM pg_namespace WHERE nspname = 'reg'") == 0

    done = case.json("restore", "--from", made["folder"], town=other, WAARDIG_SECRET_KEY="another-" + KEY)
    assert done["same"] and len(done["notices"]) == 1
    assert "codes on letters" in done["notices"][0]


def test_a_command_without_the_owners_address_is_refused(case: Case) -> None:
    done = case.run("backup", "--to", str(case.folder / "backups"), owner=False)

    assert done.returncode == 1 and "DATABASE_OWNER_URL" in done.stderr
    assert not (case.folder / "backups").exists()
