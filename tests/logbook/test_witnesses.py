"""Being a witness for a log, and having witnesses for ours: every case of C2SP tlog-witness, with the database."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import psycopg
import pytest
from click.testing import CliRunner

from tests.access.builders import a_weighed_service, open_keeping
from tests.logbook import plain_tree
from tests.logbook.test_cosigning import LEAVES
from waardig.kernel.clock import wall_now
from waardig.logbook import core
from waardig.logbook.actions import sequence_lines, sign_checkpoint, witnesses, write_lines
from waardig.logbook.actions.witnesses import add_checkpoint, ask_witness
from waardig.logbook.adapters import witness_client
from waardig.logbook.adapters.note_signing import cosigned, cosigned_at, public_of, signed_note
from waardig.logbook.cli import logbook
from waardig.logbook.cli.witnessing import application
from waardig.logbook.jobs import handlers
from waardig.logbook.queries import lacking_witnesses, newest_cosignatures, policy, seen_logs, signed
from waardig.logbook.terms import Answer, LogKey, NewLine, OwnWitness, Submission, WitnessDiffers, WitnessUnreachable
from waardig.outbox import queries as outbox
from waardig.outbox.actions import drain

ORIGIN, NAME = "rietwaarden.example/logboek", "bibliotheek.example/getuige"
LOG_KEY, WITNESS_KEY, OTHER_KEY = b"l" * 32, b"w" * 32, b"o" * 32
OWN = OwnWitness(NAME, WITNESS_KEY, (LogKey(ORIGIN, public_of(LOG_KEY)),))
OTHER_LEAVES = [*LEAVES[:5], *reversed(LEAVES)]


def note(size: int, *, leaves: list[bytes] = LEAVES, origin: str = ORIGIN, key: bytes = LOG_KEY) -> str:
    """A signed checkpoint of this log at this size."""
    return signed_note(origin, size, plain_tree.root(leaves[:size]), key)


def submitted(old: int, size: int, **more: Any) -> bytes:
    """What the log sends to go from one size to another."""
    proof = tuple(plain_tree.consistency(old, more.get("leaves", LEAVES)[:size])) if 0 < old < size else ()
    return core.submission_text(Submission(old, proof, note(size, **more)))


def asked(old: int, size: int, **more: Any) -> tuple[int, str]:
    found = add_checkpoint(OWN, submitted(old, size, **more))
    return found.status, found.body


def seen() -> int:
    return max((one.size for one in seen_logs(NAME, ORIGIN)), default=0)


def test_a_witness_cosigns_what_goes_on_from_what_it_saw(db: None) -> None:
    for old, size in ((0, 3), (3, 3), (3, 4), (4, 300), (300, 513)):
        before = wall_now()
        status, line = asked(old, size)
        at = cosigned_at(note(size), line, NAME, public_of(WITNESS_KEY))
        assert status == 200 and at is not None and before - timedelta(seconds=1) <= at <= wall_now()
        assert seen() == size


def test_every_refusal_of_the_standard_leaves_what_was_seen_as_it_was(db: None) -> None:
    assert asked(0, 8)[0] == 200

    assert asked(0, 8) == asked(5, 9) == asked(0, 3) == (409, "8\n")  # a wrong old size, and a replay
    assert add_checkpoint(OWN, submitted(5, 9)).content_type == "text/x.tlog.size"
    assert asked(8, 8, leaves=[*LEAVES[:7], LEAVES[9]]) == (409, "8\n")  # another tree of the same size
    assert asked(3, 8, leaves=OTHER_LEAVES) == (409, "8\n")
    assert asked(8, 12, leaves=OTHER_LEAVES)[0] == 422  # a fork
    assert asked(8, 5)[0] == 400  # going back
    assert asked(8, 9, origin="another.example/log")[0] == 404
    assert asked(8, 9, key=OTHER_KEY)[0] == 403
    changed = submitted(8, 9).replace(b"\n9\n", b"\n10\n")
    assert add_checkpoint(OWN, changed).status == 403
    without = core.submission_text(Submission(8, (), note(9)))
    assert add_checkpoint(OWN, without).status == 422
    with_more = core.submission_text(Submission(8, (LEAVES[8], LEAVES[0]), note(9)))
    assert add_checkpoint(OWN, with_more).status == 422
    assert add_checkpoint(OWN, core.submission_text(Submission(8, (LEAVES[8],), note(8)))).status == 422
    assert add_checkpoint(OWN, b"hello").status == add_checkpoint(OWN, b"old 8\n\nhello").status == 400
    assert seen() == 8
    assert asked(8, 9)[0] == 200 and seen() == 9


def test_a_signature_of_another_key_beside_ours_is_ignored(db: None) -> None:
    both = note(4) + cosigned(note(4), "x.example/w", OTHER_KEY, wall_now()) + "— x.example !\n— y\n"
    assert add_checkpoint(OWN, core.submission_text(Submission(0, (), both))).status == 200
    assert add_checkpoint(OWN, core.submission_text(Submission(4, (), note(4, key=OTHER_KEY)))).status == 403


def test_two_witnesses_and_two_logs_do_not_know_of_each_other(db: None) -> None:
    two = OwnWitness("two.example/w", OTHER_KEY, (*OWN.logs, LogKey("b.example/log", public_of(OTHER_KEY))))
    assert asked(0, 8)[0] == 200
    assert add_checkpoint(two, submitted(0, 5)).status == 200
    assert add_checkpoint(two, submitted(0, 2, origin="b.example/log", key=OTHER_KEY)).status == 200
    assert [(one.origin, one.size) for one in seen_logs("two.example/w")] == [("b.example/log", 2), (ORIGIN, 5)]
    assert seen() == 8


def test_of_two_checkpoints_at_once_one_meets_the_other_and_the_tree_never_goes_back(db: None) -> None:
    assert asked(0, 8)[0] == 200
    sizes, answers, ready = [9, 12, 16, 17, 30, 31], dict[int, Answer](), threading.Barrier(6)

    def one(size: int) -> None:
        from django.db import connections

        ready.wait()
        answers[size] = add_checkpoint(OWN, submitted(8, size))
        connections.close_all()

    threads = [threading.Thread(target=one, args=(size,)) for size in sizes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    (won,) = [size for size in sizes if answers[size].status == 200]
    assert {answers[size].status for size in sizes if size != won} == {409}
    assert {answers[size].body for size in sizes if size != won} == {f"{won}\n"} and seen() == won


def test_a_witness_that_is_killed_after_keeping_and_before_signing_signs_when_asked_again(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> str:
        raise SystemExit(9)

    with monkeypatch.context() as patch, pytest.raises(SystemExit):
        patch.setattr(witnesses, "cosigned", killed)
        asked(0, 8)

    assert asked(0, 8) == (409, "8\n")  # it was kept before anything was signed
    assert asked(8, 8)[0] == 200


def test_what_a_witness_saw_stays_also_for_the_application(owner: psycopg.Connection, database: Any) -> None:
    assert asked(0, 8)[0] == 200
    with psycopg.connect(database.application, autocommit=True) as application_:
        for statement in ("DELETE FROM log.witnessed", "SELECT * FROM log.witnessed", "DELETE FROM log.cosignature"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                application_.execute(statement)
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="only grows"):
        owner.execute("UPDATE log.witnessed SET size = 1")


def called(body: bytes, **environ: str) -> tuple[str, bytes, dict[str, str]]:
    """What the stand-alone witness answers."""
    found: list[Any] = []
    given = {
        "PATH_INFO": "/add-checkpoint", "REQUEST_METHOD": "POST", "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body), **environ,
    }  # fmt: skip
    (said,) = application(OWN)(given, lambda *told: found.extend(told))
    return found[0], said, dict(found[1])


def test_the_witness_that_stands_alone_has_one_address(db: None) -> None:
    assert called(submitted(0, 8))[0] == "200 OK"
    status, body, headers = called(submitted(0, 8))
    assert (status, body, headers["Content-Type"]) == ("409 Conflict", b"8\n", "text/x.tlog.size")
    assert called(b"", PATH_INFO="/")[0] == "404 Not Found"
    assert called(b"", REQUEST_METHOD="GET")[0] == "405 Method Not Allowed"
    assert called(b"", CONTENT_LENGTH="")[0] == called(b"", CONTENT_LENGTH="65537")[0] == "400 Bad Request"
    assert CliRunner().invoke(logbook, ["witness"]).exit_code == 2


# Our log and its witnesses


@pytest.fixture
def logging(owner: psycopg.Connection, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Path]:
    """A log with something to write under, and a policy with two witnesses that are no addresses yet."""
    open_keeping(owner)
    a_weighed_service(owner)
    monkeypatch.setenv("WAARDIG_DATA", str(tmp_path))
    monkeypatch.setenv("WAARDIG_LOG_WITNESSES", str(tmp_path / "policy"))
    (tmp_path / "one.key").write_bytes(WITNESS_KEY)
    (tmp_path / "two.key").write_bytes(OTHER_KEY)
    yield tmp_path


def asks(folder: Path, one: str, two: str = "trial:two.key", quorum: str = "both") -> None:
    """Writes the policy with these addresses."""
    lines = [
        f"log {core.verifier_key(ORIGIN, public_of(LOG_KEY))}",
        f"witness one {core.verifier_key(NAME, public_of(WITNESS_KEY), core.COSIGNATURE)} {one}",
        f"witness two {core.verifier_key('two.example/w', public_of(OTHER_KEY), core.COSIGNATURE)} {two}",
        "group both all one two",
        f"quorum {quorum}",
    ]
    (folder / "policy").write_text("\n".join(lines))


def grow(count: int) -> int:
    """More lines, a checkpoint, and the jobs that ask; gives its size."""
    write_lines([NewLine("proef.ronde", None, "regel") for _ in range(count)])
    sequence_lines()
    return sign_checkpoint(ORIGIN, LOG_KEY, witnesses=("one", "two")).size


def work() -> None:
    while drain(handlers()).done:
        pass


def test_each_checkpoint_goes_to_every_witness_and_what_they_sign_is_kept_under_it(logging: Path) -> None:
    asks(logging, "trial:one.key")
    for count in (3, 300, 1):
        size = grow(count)
        work()
        found = signed()
        assert found is not None and {(one.witness, one.size) for one in found.cosignatures} == {
            (NAME, size), ("two.example/w", size),
        }  # fmt: skip
        assert found.note.startswith(found.checkpoint.note) and found.note.count("\n— ") == 3
        for one in found.cosignatures:
            key = public_of(WITNESS_KEY if one.witness == NAME else OTHER_KEY)
            assert cosigned_at(found.checkpoint.note, one.line, one.witness, key) == one.at
    assert lacking_witnesses(policy(), wall_now()) == ""
    said = CliRunner().invoke(logbook, ["verify"]).output
    assert f"witness {NAME}: cosigned 304 lines at " in said and "warning" not in said


def test_an_older_job_does_nothing_once_there_is_a_newer_checkpoint(logging: Path) -> None:
    asks(logging, "trial:one.key")
    first, second = grow(3), grow(2)
    work()
    assert not ask_witness("one", first)
    assert {one.size for one in newest_cosignatures()} == {second}


def test_a_log_that_forgot_what_a_witness_saw_learns_it_and_goes_on(logging: Path, owner: psycopg.Connection) -> None:
    asks(logging, "trial:one.key")
    grow(5)
    work()
    owner.execute("ALTER TABLE log.cosignature DISABLE TRIGGER only_grows")
    owner.execute("DELETE FROM log.cosignature")
    owner.execute("ALTER TABLE log.cosignature ENABLE TRIGGER only_grows")
    assert ask_witness("one", 5)  # killed between the answer and keeping it: the same size once more

    size = grow(4)
    work()
    assert {one.size for one in newest_cosignatures()} == {size}


def test_a_log_that_lost_lines_or_has_others_is_told_so_by_its_witness(
    logging: Path, owner: psycopg.Connection
) -> None:
    asks(logging, "trial:one.key", "")
    assert asked(0, 8)[0] == 200  # the witness saw eight lines of a log of this name
    with pytest.raises(WitnessDiffers, match="it saw 8 lines, here are 5"):
        ask_witness("one", grow(5))
    with pytest.raises(WitnessDiffers, match="it saw other lines, also 8"):
        ask_witness("one", grow(3))
    with pytest.raises(WitnessDiffers, match="the lines that it saw before are others"):
        ask_witness("one", grow(4))
    assert newest_cosignatures() == () and seen() == 8
    assert lacking_witnesses(policy(), wall_now()).startswith("0 of 2 witnesses cosigned in the last hours, fewer")


@pytest.fixture
def server() -> Iterator[Callable[[Callable[[BaseHTTPRequestHandler, bytes], None]], str]]:
    """Starts a server on this machine that answers as given; gives its address. Requests are kept in `REQUESTS`."""
    REQUESTS.clear()
    running: list[ThreadingHTTPServer] = []

    def start(answer: Callable[[BaseHTTPRequestHandler, bytes], None]) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                REQUESTS.append(self.path)
                answer(self, body)

            def log_message(self, *_: object) -> None:
                """Says nothing."""

        made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        running.append(made)
        threading.Thread(target=made.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{made.server_port}"

    yield start
    for one in running:
        one.shutdown()
        one.server_close()


REQUESTS: list[str] = []


def answering(status: int, body: str, **headers: str) -> Callable[[BaseHTTPRequestHandler, bytes], None]:
    def answer(handler: BaseHTTPRequestHandler, _: bytes) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": str(len(body.encode())), **headers}.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body.encode())

    return answer


def test_a_witness_over_the_network_is_asked_at_its_address_and_nowhere_else(logging: Path, server: Any) -> None:
    def as_witness(handler: BaseHTTPRequestHandler, body: bytes) -> None:
        from django.db import connections

        found = add_checkpoint(OWN, body)
        connections.close_all()
        answering(found.status, found.body)(handler, body)

    asks(logging, server(as_witness) + "/w", "")
    for count in (2, 3):
        assert ask_witness("one", grow(count))
    assert REQUESTS == ["/w/add-checkpoint"] * 2
    assert {(one.witness, one.size) for one in newest_cosignatures()} == {(NAME, 5)}


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (302, ""), (404, ""), (403, ""), (500, "x"), (200, ""), (200, "— x y\n"), (409, "many\n"), (409, ""),
        (200, "x" * 70_000),
    ],
)  # fmt: skip
def test_an_answer_of_no_witness_is_not_believed_and_no_other_address_is_asked(
    status: int, body: str, logging: Path, server: Any
) -> None:
    elsewhere = server(answering(200, "x"))
    asks(logging, server(answering(status, body, Location=f"{elsewhere}/elsewhere")), "")
    with pytest.raises(WitnessUnreachable):
        ask_witness("one", grow(2))
    assert REQUESTS == ["/add-checkpoint"] and newest_cosignatures() == ()


def test_a_cosignature_of_another_witness_or_from_the_future_is_not_kept(logging: Path, server: Any) -> None:
    def wrong(key: bytes, later: timedelta) -> Callable[[BaseHTTPRequestHandler, bytes], None]:
        def answer(handler: BaseHTTPRequestHandler, body: bytes) -> None:
            line = cosigned(core.read_submission(body).note, NAME, key, wall_now() + later)
            answering(200, line)(handler, body)

        return answer

    size = grow(2)
    for key, later in ((OTHER_KEY, timedelta()), (WITNESS_KEY, timedelta(hours=1))):
        asks(logging, server(wrong(key, later)), "")
        with pytest.raises(WitnessUnreachable):
            ask_witness("one", size)
    assert newest_cosignatures() == ()


def test_a_witness_that_is_silent_costs_seconds_and_is_asked_again(
    logging: Path, server: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(witness_client, "SECONDS", 0.2)
    stop = threading.Event()
    asks(logging, server(lambda _handler, _body: stop.wait(5) and None), "trial:two.key")

    grow(2)
    work()
    stop.set()

    assert outbox.depth().waiting == 1  # comes back by itself; the other witness was not kept waiting
    assert [one.witness for one in newest_cosignatures()] == ["two.example/w"]
    asks(logging, "trial:one.key", quorum="two")
    assert lacking_witnesses(policy(), wall_now()) == ""


@pytest.mark.parametrize("address", ["http://library.example", "ftp://library.example", "file:///etc/passwd"])
def test_an_address_without_https_is_never_asked(address: str, logging: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(witness_client.httpx, "Client", lambda **_: pytest.fail("a request was made"))
    asks(logging, address, "")
    with pytest.raises(WitnessUnreachable, match="https"):
        ask_witness("one", grow(2))


def test_a_log_whose_witnesses_were_silent_for_hours_warns(logging: Path) -> None:
    asks(logging, "trial:one.key")
    grow(2)
    work()
    later = wall_now() + timedelta(hours=3)
    assert lacking_witnesses(policy(), later) == "", "nothing was written since: the last checkpoint is cosigned"

    grow(2)
    assert lacking_witnesses(policy(), wall_now()) == ""
    said = lacking_witnesses(policy(), later)
    assert said == f"0 of 2 witnesses cosigned in the last hours, fewer than asked; not {NAME}, two.example/w"
    work()
    assert lacking_witnesses(policy(), later) == ""


def test_the_command_prints_keys_as_lines_of_a_policy(tmp_path: Path) -> None:
    run, file = CliRunner(), str(tmp_path / "w.key")
    made = run.invoke(logbook, ["key", file, "--name", NAME, "--witness"])
    assert made.exit_code == 0
    name, kind, public = core.read_verifier_key(made.output.strip())
    assert (name, kind, public) == (NAME, core.COSIGNATURE, public_of((tmp_path / "w.key").read_bytes()))
    assert run.invoke(logbook, ["key", file, "--name", NAME, "--witness"]).output == made.output
    assert core.read_verifier_key(run.invoke(logbook, ["key", file, "--name", ORIGIN]).output.strip())[1] == 1
    assert run.invoke(logbook, ["key", file, "--name", "a b"]).exit_code == 2
