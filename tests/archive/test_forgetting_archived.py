"""A line in the archive of the log goes the day after the term of its activity, as it would from the tables."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import duckdb
import psycopg
import pytest

from tests.access.builders import a_person
from tests.archive.builders import a_no, executed
from tests.logbook.archiving import archived_all, make_older, signed_now
from waardig.access.actions import ask, set_business_date
from waardig.access.queries import business_date
from waardig.access.terms import Actor, Request
from waardig.accountability.queries import canonical
from waardig.archive import actions
from waardig.archive.actions import forgetting
from waardig.kernel.clock import wall_now
from waardig.kernel.days import day_of
from waardig.logbook.actions import link_lines, write_lines
from waardig.logbook.adapters import archive_files
from waardig.logbook.queries import archives, count_lines, log_state, log_summary, removals, take_lines, tree_leaves
from waardig.logbook.terms import GateRefused, NewLine, NewLink

pytestmark = pytest.mark.usefixtures("db")
AGO = 150
"""Days: when the lines of these tests began."""


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAARDIG_LOG_ARCHIVE", str(tmp_path / "log-archive"))
    monkeypatch.setenv("WAARDIG_LOG_ARCHIVE_AFTER", "3")


def _began() -> date:
    """The day in the Netherlands: in the last hour of a winter day it was summer time then, and the next day."""
    return day_of(wall_now() - timedelta(days=AGO))


def _archived(owner: psycopg.Connection) -> None:
    make_older(owner, AGO)
    signed_now()
    back = business_date()
    set_business_date(wall_now().date())
    assert archived_all()
    set_business_date(back)


def _later(years: int, days: int = 0) -> date:
    return _began().replace(year=_began().year + years) + timedelta(days=days)


def _in_files() -> list[UUID | None]:
    """Whom the lines in the files are about, by part of the pseudonym."""
    paths = [str(archive_files.archive_folder() / one.file) for one in archives()]
    return [mid for (mid,) in duckdb.execute("SELECT mid FROM read_parquet(?)", [paths]).fetchall()]


def _uses() -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for use in log_summary():
        lines, persons = found.get(use.activity, (0, 0))
        found[use.activity] = lines + use.lines, persons + use.persons
    return found


def test_each_activity_has_its_own_term_and_counts_stay(owner: psycopg.Connection) -> None:
    one, two, run = a_person(), a_person(), uuid4()
    write_lines([NewLine("bericht.bezorgen", one), NewLine("bericht.bezorgen", two), NewLine("inzage.gegevens", one)])
    write_lines([NewLine("iit.aanvraag", one, run=run), NewLine("iit.aanvraag", two, run=run)])
    _archived(owner)
    exported, leaves, uses = list(canonical()), tree_leaves(), _uses()
    first = archives()[0]
    gone = []
    for years in (1, 5, 10):
        set_business_date(_later(years))
        kept = actions.forget_archived()
        set_business_date(_later(years, 1))
        before = set(archives())
        gone.append((kept, actions.forget_archived()))
        assert set(archives()) != before and log_state().is_whole

    wanted = {name: (uses[name][0], 0) for name in ("bericht.bezorgen", "inzage.gegevens", "iit.aanvraag")}
    assert {name: _uses()[name] for name in wanted} == wanted
    assert [kept for kept, _ in gone] == [0, 0, 0] and gone[0][1] == 2 and gone[2][1] == 2
    assert (list(canonical()), tree_leaves()[: len(leaves)], count_lines(run).read) == (exported, leaves, 2)
    assert [(kind.activity, kind.lines) for kind in removals() if kind.activity in wanted] == [
        ("bericht.bezorgen", 2), ("inzage.gegevens", 1), ("iit.aanvraag", 2),
    ]  # fmt: skip
    assert not (archive_files.archive_folder() / first.file).exists()
    assert len(_in_files()) == sum(one.lines for one in archives()) == log_state().archived


def test_of_whom_nothing_is_left_no_pseudonym_stays(owner: psycopg.Connection) -> None:
    one, two = a_person(), a_person()
    write_lines([NewLine("bericht.bezorgen", one), NewLine("iit.aanvraag", two), NewLine("bericht.bezorgen", two)])
    _archived(owner)
    (subjects,) = owner.execute("SELECT count(*) FROM log.archived_person").fetchone() or (0,)

    set_business_date(_later(6))
    actions.forget_archived()

    rows = owner.execute("SELECT subject = log.pseudonym(%s), months FROM log.archived_person", (two,)).fetchall()
    assert subjects >= 2 and [found for found, _ in rows] == [True]
    assert [sum(kinds.values()) for _, months in rows for kinds in months.values()] == [1]
    assert len(_in_files()) == 1
    assert owner.execute("SELECT count(*) FROM log.audit_actor a JOIN log.removed_leaf x ON true JOIN log.tree_leaf t"
                         " ON t.place = x.place AND t.span_id = a.span_id").fetchone() == (0,)  # fmt: skip


def test_a_line_of_a_case_stays_in_the_archive_while_the_case_is_kept(owner: psycopg.Connection) -> None:
    case = a_no()
    used = frozenset({"brp.naam"})
    write_lines([NewLine("loket.meekijken", case.persons[0], attributes_used=used, case=case.id)])
    (linked, _) = write_lines(
        [NewLine("loket.meekijken", case.persons[0], name, used) for name in ("leidde tot", "los")]
    )
    link_lines([NewLink(linked, "case", case.id)])
    keepers = _keepers(owner, case.persons[0])
    _archived(owner)
    assert _keepers(owner, case.persons[0]) == keepers
    late = _later(20)

    set_business_date(late)
    actions.forget_archived()
    kept = [row for row in log_summary() if row.activity == "loket.meekijken"]
    held = _held(owner)
    actions.appraise()
    executed(late)
    actions.forget_archived()

    assert (held, _held(owner), sum(row.lines for row in kept)) == (2, 0, 3)
    assert log_state().is_whole


def _keepers(owner: psycopg.Connection, person: UUID) -> set[Any]:
    """Which attributes of somebody are kept, and why; not from when, as the lines of this test are moved back."""
    rows = owner.execute("SELECT attribute, why FROM public.archive_keepers(ARRAY[%s])", (person,)).fetchall()
    assert ("brp.naam", "case") in rows
    return set(rows)


def _held(owner: psycopg.Connection) -> int:
    row = owner.execute(
        "SELECT coalesce(sum(u.lines), 0) FROM log.archived_use u JOIN log.archived_form f ON f.id = u.form"
        " JOIN log.archived_kind k ON k.id = f.kind WHERE k.activity = 'loket.meekijken'"
    ).fetchone()
    return int(row[0]) if row else -1


@pytest.mark.parametrize("moment", ["write_without", "drop_others"])
def test_killed_at_any_moment_what_went_is_listed_or_still_there(
    owner: psycopg.Connection, moment: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = a_person()
    write_lines([NewLine("bericht.bezorgen", person), NewLine("iit.aanvraag", person)])
    _archived(owner)
    set_business_date(_later(1, 1))
    real, before = getattr(forgetting, moment), log_state().archived

    def killed(*given: Any) -> None:
        real(*given)
        raise KeyboardInterrupt

    monkeypatch.setattr(forgetting, moment, killed)
    with pytest.raises(KeyboardInterrupt):
        actions.forget_archived()
    monkeypatch.setattr(forgetting, moment, real)

    state = log_state()
    assert state.is_whole and state.archived + sum(one.lines for one in removals()) == before
    actions.forget_archived()
    actions.forget_archived()
    assert (log_state().is_whole, [one.lines for one in removals()]) == (True, [1])
    archiving_files = {file.name for file in archive_files.archive_folder().iterdir()}
    if moment == "write_without":
        assert archiving_files == {one.file for one in archives()}


def test_a_file_with_another_line_in_it_makes_nothing_go(owner: psycopg.Connection) -> None:
    person = a_person()
    write_lines([NewLine("bericht.bezorgen", person), NewLine("iit.aanvraag", person)])
    _archived(owner)
    set_business_date(_later(1, 1))
    file = archive_files.archive_folder() / archives()[0].file
    forms = owner.execute("SELECT f.id FROM log.archived_form f JOIN log.archived_kind k ON k.id = f.kind"
                          " WHERE k.activity = 'bericht.bezorgen'").fetchall()  # fmt: skip
    other = file.with_suffix(".other")
    duckdb.execute(
        f"COPY (SELECT * REPLACE ({forms[0][0]} AS form) FROM read_parquet('{file}'))"  # noqa: S608
        f" TO '{other}' (FORMAT parquet)"
    )
    other.replace(file)
    os.utime(file, (1, 1))

    with pytest.raises(GateRefused) as refusal:
        actions.forget_archived()

    assert (refusal.value.code, removals()) == ("archive_differs", ())


def test_the_daily_look_takes_tables_and_archive(owner: psycopg.Connection) -> None:
    person = a_person()
    write_lines([NewLine("bericht.bezorgen", person)])
    _archived(owner)
    write_lines([NewLine("bericht.bezorgen", person)])
    signed_now()
    set_business_date(wall_now().date() + timedelta(days=370))

    actions.forget_lines()

    assert [one.lines for one in removals() if one.activity == "bericht.bezorgen"] == [2]
    assert log_state().is_whole
    assert all(one.activity != "bericht.bezorgen" for one in take_lines(a_ticket_of(person)))


def a_ticket_of(person: UUID) -> Any:
    """The right that a resident has in the demonstration."""
    asked = Request("inzage.gebruik", frozenset({"logboek.regel"}), (person,), Actor("resident", str(person)),
                    date(2025, 4, 28))  # fmt: skip
    return ask(asked)
