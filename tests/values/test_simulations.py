"""A dossier that cites a simulation: the report itself or nothing, and its figures stay with the decision."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest

from tests.law.simulating import call, laws, people, table_of
from tests.values.builders import a_decision, both, written
from waardig.kernel.content_file import ContentInvalid
from waardig.screens.pages.words import Words
from waardig.screens.public_pages.simulations import simulation_tables
from waardig.values.adapters.content import read_dossier
from waardig.values.core.completeness import completeness
from waardig.values.core.reading import dossier_of
from waardig.values.terms import CitedTotal, Dossier


def a_report(folder: Path, *change: str, gaining: int = 20) -> Path:
    """The report.json of a simulation with so many newly entitled, below the folder of a dossier."""
    made = folder / "simulaties"
    made.mkdir()
    laws(folder)
    persons = table_of(folder, people((30, 50000), (gaining, 110000), (40, 130000)))
    done = call(folder, persons, *(change or ("--set", "bijdrage:GRENS=1200 euro")), "--out", made / "grens")
    assert done.exit_code == 0, done.exception
    return made / "grens/report.json"


def citing(report: Path, /, **changes: Any) -> dict[str, Any]:
    """A decision that cites the report."""
    sha256 = hashlib.sha256(report.read_bytes()).hexdigest() if report.is_file() else "0" * 64
    item = {"report": "simulaties/grens/report.json", "sha256": sha256, "shows": both("Een hogere grens.")}
    return a_decision(simulations=[{**item, **changes}])


def a_citing_dossier(folder: Path, *change: str, gaining: int = 20) -> Dossier:
    """The dossier of a decision that cites such a report."""
    return read_dossier(written(folder, citing(a_report(folder, *change, gaining=gaining))))


def test_the_figures_of_the_report_are_part_of_what_is_decided(tmp_path: Path) -> None:
    dossier = a_citing_dossier(tmp_path)
    (found,) = dossier.simulations
    people_, households = found.totals

    assert (found.law, found.output, found.rows) == ("bijdrage", "bedrag", 90)
    assert found.changes == ("bijdrage:GRENS=1200 euro",)
    assert people_ == CitedTotal("people", "", people_.rules_after, 90, 30000, 50000, 20000, 20, 0, 0, 0)
    assert (households.counted, households.difference) == ("households", 20000)
    assert len({found.rules_before, people_.rules_after}) == 2
    assert dossier_of(dossier.content) == dossier
    assert completeness(dossier) == ()


def test_every_value_of_a_sweep_is_told(tmp_path: Path) -> None:
    (found,) = a_citing_dossier(tmp_path, "--sweep", "bijdrage:GRENS=1000,1200 euro").simulations

    told = [(one.value, one.difference, one.gained) for one in found.totals if one.counted == "people"]
    assert told == [("1000 euro", 0, 0), ("1200 euro", 20000, 20)]


def test_what_the_report_does_not_tell_the_dossier_does_not_tell(tmp_path: Path) -> None:
    (found,) = a_citing_dossier(tmp_path, gaining=9).simulations

    assert [(one.difference, one.gained, one.lost) for one in found.totals] == [(None, None, 0), (None, None, 0)]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"report": "simulaties/weg.json"}, "'simulaties/weg.json' is not there; put it beside this file"),
        ({"sha256": "0" * 64}, "which is another than was cited"),
        ({"report": "../report.json"}, "simulations.0.report"),
        ({"report": "simulaties/../../report.json"}, "simulations.0.report"),
    ],
)
def test_a_report_that_is_not_there_or_is_another_is_refused_with_its_line(
    tmp_path: Path, changes: dict[str, str], why: str
) -> None:
    path = written(tmp_path, citing(a_report(tmp_path), **changes))
    line = next(n for n, text in enumerate(path.read_text().splitlines(), 1) if "report:" in text)

    with pytest.raises(ContentInvalid) as refused:
        read_dossier(path)

    (problem,) = refused.value.problems
    assert why in problem.message and problem.line in (line, line + 1)


def test_a_file_that_is_no_report_is_refused(tmp_path: Path) -> None:
    report = tmp_path / "simulaties/grens/report.json"
    report.parent.mkdir(parents=True)
    for text in ("[]", "{}", '{"report": "waardig law simulate"}', "geen json"):
        report.write_text(text)
        with pytest.raises(ContentInvalid, match=r"no report\.json of a simulation"):
            read_dossier(written(tmp_path, citing(report)))


def test_the_public_page_shows_the_figures_and_where_they_come_from(tmp_path: Path) -> None:
    (table,) = simulation_tables(a_citing_dossier(tmp_path))

    assert table.heading.nl == "Een hogere grens."
    assert [cell.value for cell in table.rows[0]] == [
        Words("Personen", "People"),
        90,
        Words("€\u00a0300", "€300"),
        Words("€\u00a0500", "€500"),
        Words("€\u00a0200", "€200"),
        20,
        0,
        0,
        0,
    ]
    assert table.note is not None and "Anders is: bijdrage:GRENS=1200 euro." in table.note.nl
