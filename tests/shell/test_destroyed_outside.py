"""What was destroyed after a backup is destroyed again when the backup is put back: from the lists kept outside."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.archive.builders import DAAN, MARIT, REASON, work
from tests.archive.destroying import PEOPLE, WHEN
from tests.journeys.towns import ROOT, Town, clone, empty_town, inside, made_town
from waardig.archive import actions, models, queries
from waardig.archive.actions import restoring
from waardig.archive.terms import CameBack, DestructionList, Hold, KeptListUnreadable, LineState, ListState
from waardig.logbook.adapters.note_signing import new_key
from waardig.shell.operating.destroyed_outside import keep_lists, look_at_lists
from waardig.shell.operating.watch import keep_destroyed
from waardig.shell.postgres import Cluster
from waardig.values import queries as values

SERVICE = "individuele_inkomenstoeslag"
Enter = Callable[[Town], AbstractContextManager[Town]]


def _prepared(town: Town) -> dict[str, object]:
    command = [sys.executable, "-m", "tests.archive.destroying", "unlisted"]
    subprocess.run(command, env=town.environment(owner=True), cwd=ROOT, check=True, timeout=300)
    return {}


@pytest.fixture
def due_town(cluster: Cluster) -> Town:
    """Three people who said no, one refusal and a round, all past their term; nothing stands on a list."""
    return made_town(cluster, "due_destruction", _prepared)


@pytest.fixture
def now(cluster: Cluster, due_town: Town) -> Town:
    """The town that goes on."""
    return clone(cluster, due_town)


@pytest.fixture
def backup(cluster: Cluster, due_town: Town) -> Town:
    """The same town as it was before anything was destroyed: what putting back a backup gives."""
    return clone(cluster, due_town)


@pytest.fixture
def enter(django_db_blocker: Any) -> Enter:
    return lambda town: inside(town, django_db_blocker)


@pytest.fixture
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder outside the database; what is written there is signed."""
    new_key(tmp_path / "key")
    monkeypatch.setenv("WAARDIG_LOG_KEY", str(tmp_path / "key"))
    monkeypatch.setenv("WAARDIG_LOG_ORIGIN", "rietwaarden.example/logboek")
    monkeypatch.setenv("WAARDIG_LOG_WITNESS", str(tmp_path / "witness"))
    yield tmp_path / "witness"


def _destroyed() -> DestructionList:
    """A list of everything, approved and executed, and kept outside."""
    made = actions.make_list(MARIT, on=WHEN)
    actions.approve(made.id, DAAN, on=WHEN, shown=made.sha256)
    work()
    assert keep_lists() == 1
    return queries.list_of(made.id)


def _left(town: Town) -> tuple[int, int, int]:
    """Cases, outcomes of the round without a case, and lines in the log about destruction."""
    ((cases, outcomes, lines),) = town.all(
        'SELECT (SELECT count(*) FROM cases_case), (SELECT count(*) FROM proposals_run_item WHERE "case" IS NULL),'
        " (SELECT count(*) FROM log.detail WHERE activity = 'archief.vernietigen')"
    )
    return cases, outcomes, lines


def test_what_was_destroyed_after_the_backup_is_destroyed_again_on_the_same_list(
    now: Town, backup: Town, outside: Path, enter: Enter
) -> None:
    with enter(now):
        made = _destroyed()
        lines = queries.lines_of(made.id)
    assert _left(backup) == (4, PEOPLE, 0)

    with enter(backup):
        assert look_at_lists() == ()
        again = queries.list_of(made.id)
        assert again == made
        assert queries.lines_of(made.id) == lines

    assert _left(now) == _left(backup) == (0, 0, 4 + PEOPLE)
    with enter(backup):
        assert look_at_lists() == ()
        assert keep_lists() == 0, "the file of then says it already"
    assert _left(backup) == (0, 0, 4 + PEOPLE), "a second time does nothing"


def test_a_file_names_nobody_and_holds_no_reason(now: Town, outside: Path, enter: Enter) -> None:
    with enter(now):
        draft = actions.make_list(MARIT, on=WHEN)
        actions.remove_line(draft.id, 1, MARIT, "Deze zaak is nodig voor de accountant.", on=WHEN)
        shown = queries.list_of(draft.id).sha256
        actions.approve(draft.id, DAAN, on=WHEN, shown=shown)
        people = [str(person) for (person,) in now.all("SELECT DISTINCT person FROM cases_party")]
        work()
        keep_lists()
    (file,) = outside.iterdir()

    text = file.read_text()

    assert file.name == f"destroyed-{draft.number}-{shown[:12]}-4.txt"
    assert not file.stat().st_mode & 0o222
    assert "accountant" not in text and not any(person in text for person in people)
    said = json.loads(text.splitlines()[1])
    assert set(said) == {"list", "lines"}
    assert set(said["lines"][0]) == {
        "id", "place", "kind", "subject", "number", "service", "ending", "result", "term", "ended_on", "action_on",
        "items", "destroyed",
    }  # fmt: skip
    assert [one["place"] for one in said["lines"]] == [2, 3, 4, 5]


def test_killed_between_two_cases_it_goes_on_where_it_was(
    now: Town, backup: Town, outside: Path, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    with enter(now):
        _destroyed()
    real, calls = restoring.destroy_line, iter(range(10))

    def killed(line: Any) -> LineState:
        if next(calls) == 2:
            raise KeyboardInterrupt
        return real(line)

    with enter(backup):
        monkeypatch.setattr(restoring, "destroy_line", killed)
        with pytest.raises(KeyboardInterrupt):
            look_at_lists()
        assert _left(backup) == (2, PEOPLE, 2)
        monkeypatch.setattr(restoring, "destroy_line", real)

        assert look_at_lists() == ()

    assert _left(backup) == _left(now) == (0, 0, 4 + PEOPLE)


def test_a_draft_in_the_backup_becomes_the_list_that_was_approved(
    now: Town, backup: Town, cluster: Cluster, outside: Path, enter: Enter
) -> None:
    with enter(now):
        draft = actions.make_list(MARIT, on=WHEN)
    now_with_draft = clone(cluster, now)
    with enter(now):
        actions.remove_line(draft.id, 1, DAAN, "Deze zaak is nodig voor de accountant.", on=WHEN)
        made = actions.approve(draft.id, DAAN, on=WHEN, shown=queries.list_of(draft.id).sha256)
        work()
        keep_lists()

    with enter(now_with_draft):
        assert look_at_lists() == ()
        again, lines = queries.list_of(made.id), queries.lines_of(made.id)

    assert (again.state, again.sha256, again.approved_by) == (ListState.EXECUTED, made.sha256, DAAN)
    assert [one.state for one in lines] == [LineState.REMOVED, *[LineState.DESTROYED] * 4]
    assert (lines[0].reason, lines[0].changed_by) == (restoring.NOT_ON_THE_LIST, DAAN)
    assert _left(now_with_draft)[0] == 1


def test_what_was_skipped_is_not_destroyed_after_a_restore_although_its_hold_is_lost(
    now: Town, backup: Town, outside: Path, enter: Enter
) -> None:
    with enter(now):
        made = actions.make_list(MARIT, on=WHEN)
        actions.approve(made.id, DAAN, on=WHEN, shown=made.sha256)
        held = queries.lines_of(made.id)[0].number
        actions.place_hold(held, MARIT, REASON, on=WHEN)
        work()
        keep_lists()

    with enter(backup):
        assert look_at_lists() == ()
        work()
        line = queries.lines_of(made.id)[0]

    assert (line.number, line.state, line.reason) == (held, LineState.SKIPPED, "restored")
    assert backup.all("SELECT number FROM cases_case") == [(held,)]


def test_what_the_backup_still_holds_stops_its_service_until_the_hold_is_lifted(
    now: Town, backup: Town, outside: Path, enter: Enter
) -> None:
    with enter(now):
        made = _destroyed()
        number = queries.lines_of(made.id)[0].number
    with enter(backup):
        actions.place_hold(number, MARIT, REASON, on=WHEN)

        left = look_at_lists()

        assert left == (CameBack(made.number, number, SERVICE, Hold.ASKED_FOR),)
        assert backup.all("SELECT number FROM cases_case") == [(number,)]
        (stopped,) = values.suspensions(SERVICE)
        assert stopped.is_open(WHEN) and made.number in stopped.reason
        assert queries.list_of(made.id).state is ListState.APPROVED

        actions.lift_hold(number, DAAN, "De uitspraak is er, niemand ging in beroep.", on=WHEN)
        keep_destroyed()
        assert queries.list_of(made.id).state is ListState.EXECUTED
    assert _left(backup) == (0, 0, 4 + PEOPLE)


def test_another_list_with_the_same_number_is_left_alone_and_told(
    now: Town, backup: Town, outside: Path, enter: Enter
) -> None:
    with enter(now):
        made = _destroyed()
    with enter(backup):
        other = actions.make_list(MARIT, on=WHEN)
        assert other.number == made.number

        left = look_at_lists()

        assert {(one.list, one.why) for one in left} == {(made.number, "number_taken")}
        assert len(left) == 5
        assert queries.list_of(other.id) == other
    assert _left(backup) == (4, PEOPLE, 0)


def test_the_next_list_after_a_restore_gets_the_next_number(
    now: Town, backup: Town, outside: Path, enter: Enter
) -> None:
    with enter(now):
        made = _destroyed()
    with enter(backup):
        look_at_lists()

        counter = models.Counter.objects.get(prefix=made.number[:-4])

    assert (made.number, counter.last) == ("RW-2041-V0001", 1)


@pytest.mark.parametrize("change", ["line", "signature"])
def test_a_file_in_which_something_was_changed_is_refused_and_destroys_nothing(
    now: Town, backup: Town, outside: Path, enter: Enter, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    with enter(now):
        made = _destroyed()
        subject = str(queries.lines_of(made.id)[0].subject)
    (file,) = outside.iterdir()
    file.chmod(0o600)
    text = file.read_text()
    if change == "line":
        monkeypatch.delenv("WAARDIG_LOG_KEY")
        file.write_text(text.replace(subject, str(uuid4())))
    else:
        file.write_text(text.replace('"destroyed":true', '"destroyed":false', 1))

    with enter(backup), pytest.raises(KeptListUnreadable):
        look_at_lists()

    assert _left(backup) == (4, PEOPLE, 0)


def test_the_worker_keeps_and_looks_without_a_folder_outside(now: Town, enter: Enter) -> None:
    with enter(now):
        made = actions.make_list(MARIT, on=WHEN)
        actions.approve(made.id, DAAN, on=WHEN, shown=made.sha256)
        work()
        keep_destroyed()
        assert keep_lists() == 0


def test_a_restore_by_command_destroys_again_and_says_what_is_lost(
    now: Town, cluster: Cluster, outside: Path, tmp_path: Path, enter: Enter
) -> None:
    def run(town: Town, *arguments: str) -> subprocess.CompletedProcess[str]:
        known = {
            "WAARDIG_LOG_KEY": str(tmp_path / "key"),
            "WAARDIG_LOG_ORIGIN": "rietwaarden.example/logboek",
            "WAARDIG_LOG_WITNESS": str(outside),
        }
        return subprocess.run(
            town.command(*arguments), env={**town.environment(owner=True), **known}, cwd=town.folder,
            capture_output=True, text=True, timeout=300,
        )  # fmt: skip

    made = run(now, "backup", "--to", str(tmp_path / "backups"), "--json")
    assert made.returncode == 0, made.stderr
    with enter(now):
        _destroyed()
    signed = run(now, "logbook", "checkpoint", "--origin", "rietwaarden.example/logboek", "--witness", str(outside))
    assert signed.returncode == 0, signed.stderr
    other = empty_town(cluster)

    done = run(other, "restore", "--from", json.loads(made.stdout)["folder"], "--json")

    assert done.returncode == 1, done.stderr
    found = json.loads(done.stdout)
    assert (found["differences"], found["came_back"]) == ([], [])
    assert len(found["losses"]) == 1, "the lines of the destruction itself"
    assert _left(other) == _left(now) == (0, 0, 4 + PEOPLE)
