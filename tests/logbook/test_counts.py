"""How many lines a person has in each month stands under a checkpoint: leaving one out, or counting twice, shows."""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.access.builders import a_person, a_right, a_weighed_service, open_keeping, own_request
from tests.logbook import plain_tree
from tests.logbook.counting import SALT, signed_counts
from tests.logbook.test_tiles import VERIFIER
from waardig.access.actions import ask
from waardig.logbook import core
from waardig.logbook.actions import sequence_lines, sign_checkpoint, write_lines
from waardig.logbook.adapters.note_signing import public_of, signed_note
from waardig.logbook.queries import checkpoints, log_state, take_counts
from waardig.logbook.terms import NewLine, NothingToSign

ORIGIN, KEY = "rietwaarden.example/logboek", b"k" * 32
THIS_MONTH = f"{datetime.now(UTC):%Y-%m}"


@pytest.fixture
def logging(owner: psycopg.Connection) -> psycopg.Connection:
    open_keeping(owner)
    a_weighed_service(owner)
    a_right(owner, attributes=["logboek.regel"])
    return owner


def signed_now() -> list[str]:
    """The extension lines of a new checkpoint."""
    sequence_lines()
    return sign_checkpoint(ORIGIN, KEY).note.partition("\n\n")[0].split("\n")[3:]


def a_line(person: Any = None) -> None:
    write_lines([NewLine("proef.ronde", person, "regel")])


def counted(person: Any) -> dict[str, int]:
    found = take_counts(ask(own_request(person, attributes=frozenset({"logboek.regel"}))))
    assert found is not None
    return json.loads(found.proofs[0].counts)["months"] if found.proofs else {}


def test_the_root_that_is_signed_is_the_one_over_every_person_and_month(logging: psycopg.Connection) -> None:
    people = [a_person() for _ in range(40)]
    for number, person in enumerate(people):
        write_lines([NewLine("proef.ronde", person, f"regel {n}") for n in range(number % 5 + 1)])
    a_line()

    (line,) = signed_now()

    rows = logging.execute("SELECT subject, bucket, key, salt, counts FROM log.month_count").fetchall()
    size = len(logging.execute("SELECT FROM log.tree_leaf").fetchall())
    buckets: dict[int, list[bytes]] = {}
    for subject, bucket, key, salt, counts in rows:
        assert key == hashlib.sha256(f"{size}:{subject.hex()}".encode()).digest()
        assert bucket == int.from_bytes(key[:2], "big") >> 4
        said = json.loads(counts)
        assert (said["size"], said["subject"]) == (size, subject.hex()) and list(said["months"]) == [THIS_MONTH]
        buckets.setdefault(bucket, []).append(key + core.leaf(salt, counts))
    hashes = [hashlib.sha256(b"\x00" + b"".join(sorted(buckets.get(n, ())))).digest() for n in range(4096)]
    assert line == f"counts {base64.b64encode(plain_tree.root(hashes)).decode()}"
    of_lines = logging.execute(
        "SELECT subject, count(*) FROM log.detail WHERE subject IS NOT NULL GROUP BY 1"
    ).fetchall()
    assert {bytes(row[0]): json.loads(row[4])["months"][THIS_MONTH] for row in rows} == dict(of_lines)


def test_counts_come_once_a_month_and_again_after_lines_went(logging: psycopg.Connection) -> None:
    person = a_person()
    a_line(person)
    assert len(signed_now()) == 1
    with pytest.raises(NothingToSign):
        sign_checkpoint(ORIGIN, KEY)
    a_line(person)
    assert signed_now() == []
    before = counted(person)[THIS_MONTH]

    place = logging.execute(
        "SELECT t.place FROM log.tree_leaf t JOIN log.detail d USING (trace_id, span_id)"
        " WHERE d.subject IS NOT NULL ORDER BY 1 LIMIT 1"
    ).fetchone()
    logging.execute("SELECT log.remove_lines(%s, 'proef.ronde', '1 day', %s)", (list(place or ()), date(2030, 1, 1)))
    assert take_counts(ask(own_request(person, attributes=frozenset({"logboek.regel"})))) is None
    with_new = signed_now()

    assert len(with_new) == 1 and counted(person)[THIS_MONTH] > before  # what asking wrote is counted, what went is not
    assert log_state().is_whole

    logging.execute("ALTER TABLE log.count_round DISABLE TRIGGER only_grows")
    logging.execute("UPDATE log.count_round SET made_at = made_at - interval '1 month'")
    logging.execute("ALTER TABLE log.count_round ENABLE TRIGGER only_grows")
    a_line()
    assert len(signed_now()) == 1
    assert len(checkpoints()) == 4


def test_the_application_reads_no_counts_without_a_ticket(logging: psycopg.Connection, database: Any) -> None:
    a_line(a_person())
    signed_now()
    with psycopg.connect(database.application, autocommit=True) as application:
        for table in ("month_count", "count_tile", "count_round"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                application.execute(f"SELECT * FROM log.{table}")  # noqa: S608


def test_somebody_whose_first_line_came_after_the_counts_has_none_yet(logging: psycopg.Connection) -> None:
    a_line(a_person())
    signed_now()
    assert counted(a_person()) == {}


# What the verifier says of a file

SUBJECT, SIZE = "ab" * 32, 20


def a_file(months: dict[str, int] | None = None) -> dict[str, Any]:
    """Somebody's file: four lines in October, two in November, one after the counts; one of October is withheld."""
    when = ["2026-10-01", "2026-10-31", "2026-10-15", "2026-11-01", "2026-11-30", "2026-11-30"]
    texts = [
        core.canonical(
            {"name": f"r{n}", "start_time": int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp() * 1000),
             "trace_id": f"{n:032x}"},
            {"subject": SUBJECT},
        )
        for n, day in enumerate(when)
    ]  # fmt: skip
    places = [0, 3, 5, 7, 19, 22]
    tree = [hashlib.sha256(str(n).encode()).digest() for n in range(25)]
    for place, text in zip(places, texts, strict=True):
        tree[place] = core.leaf(SALT, text)
    line, own = signed_counts(SUBJECT, months or {"2026-10": 4, "2026-11": 2}, SIZE)
    own["withheld"] = {"2026-10": 1}
    return {
        "form": "waardig-logbewijs-1",
        "checkpoint": signed_note(ORIGIN, 25, core.root(tree), KEY),
        "lines": [
            {"line": text, "salt": SALT.hex(), "place": place,
             "path": [base64.b64encode(core.root(tree[slice(*span)])).decode() for span in core.path_spans(place, 25)]}
            for place, text in zip(places, texts, strict=True)
        ],
        "counts": {
            "checkpoint": signed_note(ORIGIN, SIZE, core.root(tree[:SIZE]), KEY, (line,)), "subjects": [own],
        },
    }  # fmt: skip


def said(given: dict[str, Any], folder: Path) -> tuple[int, str]:
    (folder / "mijn.json").write_text(json.dumps(given))
    public = base64.b64encode(public_of(KEY)).decode()
    command = [sys.executable, "-I", str(VERIFIER), str(folder / "mijn.json"), "--public-key", public]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_a_whole_file_says_for_each_month_what_was_counted_and_what_is_withheld(tmp_path: Path) -> None:
    assert said(a_file(), tmp_path) == (
        0,
        "Whole: 6 lines are in the log as they stand here, under the checkpoint of 25 lines, signed by this key.\n"
        "2026-10: the log counted 4 lines; this file holds 3, 1 are withheld for now.\n"
        "2026-11: the log counted 2 lines; this file holds 2, 0 are withheld for now.\n",
    )


def test_a_file_without_counts_for_now_says_so(tmp_path: Path) -> None:
    code, text = said({**a_file(), "counts": None}, tmp_path)
    assert code == 0 and text.endswith("the counts are made anew. Download the file again later.\n")


def left_out(given: dict[str, Any]) -> str:
    del given["lines"][1]
    return (
        "the log counted 4 lines in 2026-10; this file holds 2, and 1 are said to be withheld for now: lines were left"
    )


def not_withheld(given: dict[str, Any]) -> str:
    given["counts"]["subjects"][0]["withheld"] = {}
    return "the log counted 4 lines in 2026-10; this file holds 3, and 0 are said"


def whole_month(given: dict[str, Any]) -> str:
    given["lines"] = given["lines"][:3]
    return "the log counted 2 lines in 2026-11; this file holds 0, and 0 are said"


def lower(given: dict[str, Any]) -> str:
    own = given["counts"]["subjects"][0]
    own["counts"] = own["counts"].replace(":4", ":3")
    del given["lines"][1]
    return "the counts in this file are not those that were signed"


def other_map(given: dict[str, Any]) -> str:
    _, own = signed_counts(SUBJECT, {"2026-10": 3, "2026-11": 2}, SIZE)
    given["counts"]["subjects"] = [own | {"withheld": {"2026-10": 1}}]
    del given["lines"][1]
    return "the counts in this file are not those that were signed"


def other_person(given: dict[str, Any]) -> str:
    line, own = signed_counts("cd" * 32, {}, SIZE)
    given["counts"]["subjects"] = [own]
    given["counts"]["checkpoint"] = signed_note(ORIGIN, SIZE, bytes(32), KEY, (line,))
    return "lines stand in this file whose person the log did not count"


def nobody(given: dict[str, Any]) -> str:
    given["counts"]["subjects"] = []
    return "lines stand in this file whose person the log did not count"


def other_bucket(given: dict[str, Any]) -> str:
    given["counts"]["subjects"][0]["bucket"] ^= 1
    return "the counts in this file are not those that were signed"


def counted_twice(given: dict[str, Any]) -> str:
    own = given["counts"]["subjects"][0]
    content = base64.b64decode(own["content"])
    key = hashlib.sha256(f"{SIZE}:{SUBJECT}".encode()).digest()
    twice = content + key + core.leaf(SALT, own["counts"].replace(":4", ":3"))
    hashes = [hashlib.sha256(b"\x00" + (twice if n == own["bucket"] else b"")).digest() for n in range(4096)]
    tiles = [b"".join(hashes[start : start + 256]) for start in range(0, 4096, 256)]
    own["content"] = base64.b64encode(twice).decode()
    own["path"] = [base64.b64encode(one).decode() for one in core.bucket_path(own["bucket"], core.counts_tree(tiles))]
    line = core.counts_line(core.counts_root(tiles))
    given["counts"]["checkpoint"] = signed_note(ORIGIN, SIZE, bytes(32), KEY, (line,))
    return "the counts in this file are not those that were signed"


def other_key(given: dict[str, Any]) -> str:
    line = signed_counts(SUBJECT, {"2026-10": 4, "2026-11": 2}, SIZE)[0]
    given["counts"]["checkpoint"] = signed_note(ORIGIN, SIZE, bytes(32), b"x" * 32, (line,))
    return "the checkpoint of 20 lines does not bear a signature of this key"


@pytest.mark.parametrize(
    "harm",
    [
        left_out, not_withheld, whole_month, lower, other_map, other_person, nobody, other_bucket, counted_twice,
        other_key,
    ],
)  # fmt: skip
def test_whatever_is_left_out_or_counted_otherwise_shows(harm: Callable[[dict[str, Any]], str], tmp_path: Path) -> None:
    given = a_file()
    expected = harm(given)
    code, text = said(given, tmp_path)
    assert code == 1 and text.startswith("NOT whole: ") and expected in text
