"""What a service package has no activity for is refused, by name and without a traceback, and nothing happens."""

from __future__ import annotations

import json
from dataclasses import replace

import psycopg
import pytest

from tests.proposals.builders import LISTED, weighed
from waardig.access.actions import set_business_date
from waardig.cases import queries as cases
from waardig.catalogue.terms import UnknownService
from waardig.proposals import models
from waardig.proposals.actions import list_grants, run_round
from waardig.proposals.terms import NotInPackage
from waardig.shell.cli import main

ON_APPLICATION = "individuele_inkomenstoeslag"
OFFERED = "meedoenregeling"


@pytest.fixture(autouse=True)
def _weighed(owner: psycopg.Connection) -> None:
    weighed()


def command(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    """The exit status of the command line with these words."""
    monkeypatch.setattr("sys.argv", ["waardig", *arguments])
    with pytest.raises(SystemExit) as done:
        main()
    assert isinstance(done.value.code, int)
    return done.value.code


def test_a_service_that_needs_an_application_has_no_list_of_grants(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    status = command(monkeypatch, "round", "grants", ON_APPLICATION)

    told = capsys.readouterr()
    assert status == 1 and told.out == ""
    assert told.err.startswith(f"Refused: Service {ON_APPLICATION} has no without_application in its service.yaml")
    assert "Name a service that has one" in told.err and "Traceback" not in told.err
    assert models.GrantList.objects.count() == 0


def test_a_program_reads_the_refusal_as_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    status = command(monkeypatch, "round", "grants", ON_APPLICATION, "--json")

    told = json.loads(capsys.readouterr().out)
    assert status == 1
    assert told["refused"] == "not_in_package" and ON_APPLICATION in told["text"] and told["remedy"]


def test_a_service_that_is_never_offered_has_no_rounds(monkeypatch: pytest.MonkeyPatch) -> None:
    known = cases.service_of(OFFERED)
    monkeypatch.setattr(cases, "service_of", lambda _: replace(known, round_activity=None))

    with pytest.raises(NotInPackage, match="has no round_activity"):
        run_round(OFFERED)

    assert models.Run.objects.count() == 0


def test_a_service_that_grants_without_an_application_and_one_that_is_not_there_are_told_apart() -> None:
    set_business_date(LISTED)

    assert list_grants(OFFERED).due == 0
    with pytest.raises(UnknownService):
        list_grants("bestaat_niet")
