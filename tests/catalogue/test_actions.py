"""Publishing: immutable versions, the same content is no new version, wrong content changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import ProgrammingError, connection

from tests.catalogue.builders import ACTIVITIES, GENERAL, ROOTS, TOWN, Folder
from waardig.catalogue import actions, queries
from waardig.catalogue.actions import publish
from waardig.catalogue.terms import NotPublished, OwnerNeeded, UnknownActivity, UnknownService
from waardig.kernel.content_file import ContentInvalid

DAY = date(2025, 4, 28)
ROUND = "iit.ronde"


@pytest.fixture
def policy(db: None, owner: psycopg.Connection, monkeypatch: pytest.MonkeyPatch) -> Iterator[psycopg.Connection]:
    """Policy tables in which nothing is published."""
    monkeypatch.setenv("WAARDIG_CONTENT", str(TOWN))
    owner.execute("TRUNCATE pol.activity")
    yield owner


def rows(owner: psycopg.Connection, activity: str = ROUND) -> list[tuple[Any, ...]]:
    """Version, status and validity of an activity."""
    return owner.execute(
        "SELECT version, status, valid_from, valid_to FROM pol.activity WHERE id = %s ORDER BY version", [activity]
    ).fetchall()


def say(text: str, valid_from: str = "2025-01-01") -> Any:
    """A change of the purpose of the round."""

    def change(content: dict[str, Any]) -> None:
        content["activities"][0]["purpose"]["nl"] = text
        content["activities"][0]["valid_from"] = valid_from

    return change


def test_the_same_content_is_no_new_version(policy: psycopg.Connection) -> None:
    first = publish(ROOTS, on=DAY)
    second = publish(ROOTS, on=DAY)

    declared = len(queries.activities())
    assert (len(first.new), first.unchanged, first.ended) == (declared, (), ())
    assert (second.new, len(second.unchanged), second.ended) == ((), declared, ())
    assert rows(policy) == [(1, "active", date(2025, 1, 1), None)]


def test_changed_content_is_a_new_version_with_its_own_address(policy: psycopg.Connection, tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    publish(ROOTS, on=DAY)
    before = queries.published(ROUND)
    folder.change(ACTIVITIES, say("Geld aanbieden.", "2025-05-01"))

    done = publish(folder.roots, on=DAY)

    after = queries.published(ROUND)
    assert done.new == (ROUND,)
    assert rows(policy) == [(1, "ended", date(2025, 1, 1), date(2025, 4, 30)), (2, "active", date(2025, 5, 1), None)]
    assert (after.version, after.uri != before.uri, after.activity.purpose.nl) == (2, True, "Geld aanbieden.")


def test_content_that_was_published_before_gets_its_old_address_back(
    policy: psycopg.Connection, tmp_path: Path
) -> None:
    folder = Folder(tmp_path)
    folder.change(ACTIVITIES, say("Geld aanbieden."))
    publish(ROOTS, on=DAY)
    address = queries.published(ROUND).uri
    publish(folder.roots, on=DAY)

    publish(ROOTS, on=DAY)

    assert queries.published(ROUND).uri == address
    assert [row[:2] for row in rows(policy)] == [(1, "active"), (2, "ended")]


def test_an_activity_that_content_no_longer_declares_is_ended(policy: psycopg.Connection, tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    publish(ROOTS, on=DAY)
    gone: list[str] = []
    folder.change(GENERAL, lambda content: gone.append(content["activities"].pop()["id"]))

    done = publish(folder.roots, on=DAY)

    assert done.ended == tuple(gone)
    with pytest.raises(NotPublished):
        queries.published(gone[0])


def test_wrong_content_publishes_nothing_at_all(policy: psycopg.Connection, tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    publish(ROOTS, on=DAY)

    def spoil(content: dict[str, Any]) -> None:
        content["activities"][0]["purpose"]["nl"] = "Iets anders."
        content["activities"][1]["kind"] = "plicht"
        del content["activities"][2]["ground"]

    folder.change(ACTIVITIES, spoil)

    with pytest.raises(ContentInvalid) as refused:
        publish(folder.roots, on=DAY)

    assert len(refused.value.problems) == 2
    assert rows(policy) == [(1, "active", date(2025, 1, 1), None)]


def test_the_window_follows_the_regulation_of_the_municipality(policy: psycopg.Connection, tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    [regulation] = folder.root.glob("laws/nl/gemeentelijke_verordening/individuele_*/2025-01-01.yaml")
    text = regulation.read_text(encoding="utf-8")
    assert text.count("value: 36\n") == 1
    regulation.write_text(text.replace("value: 36\n", "value: 60\n"), encoding="utf-8")

    publish(ROOTS, on=DAY)
    done = publish(folder.roots, on=DAY)

    assert done.new == ("iit.aanvraag", "iit.beslissen", "iit.bezwaar", "iit.nagaan", "iit.nakijken", ROUND)
    assert queries.published(ROUND).windows["uitkeringen.norm"] == 60


def test_a_published_row_says_what_the_gate_must_know(policy: psycopg.Connection) -> None:
    publish(ROOTS, on=DAY)

    row = policy.execute(
        "SELECT service, kind, bulk, max_persons, may_correct, automated, controller, organisation, retention,"
        " cardinality(attributes), windows, legal_basis -> 1 ->> 'article', necessity ->> 'brp.curatele'"
        " FROM pol.activity WHERE id = 'iit.ronde'"
    ).fetchone()

    assert row == (
        "individuele_inkomenstoeslag", "service", True, 500, False, False, "00000001999999990000",
        "Gemeente Rietwaarden", "P1Y", 15,
        {"uitkeringen.status": 36, "uitkeringen.norm": 36, "uitkeringen.inkomen": 36}, "36",
        "Iemand onder curatele krijgt post via de curator.",
    )  # fmt: skip
    correcting = policy.execute("SELECT id FROM pol.activity WHERE may_correct ORDER BY id").fetchall()
    assert correcting == [("correctie",), ("loket.melding",)]


def test_what_is_published_reads_back_as_it_was_declared(policy: psycopg.Connection) -> None:
    publish(ROOTS, on=DAY)

    assert queries.published(ROUND).activity == queries.activity(ROUND)


def test_the_application_role_cannot_publish(policy: psycopg.Connection) -> None:
    publish(ROOTS, on=DAY)

    for change in ("DELETE FROM pol.activity", "UPDATE pol.activity SET attributes = '{}'"):
        with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
            cursor.execute(change)
        connection.close()
    assert rows(policy) == [(1, "active", date(2025, 1, 1), None)]


def test_without_the_address_of_the_owner_nothing_is_published(
    policy: psycopg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "connections", {})

    with pytest.raises(OwnerNeeded):
        publish(ROOTS, on=DAY)

    assert rows(policy) == []


def test_unknown_names_say_which_are_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAARDIG_CONTENT", str(TOWN))

    with pytest.raises(UnknownService, match="Known: individuele_inkomenstoeslag"):
        queries.service("kwijtschelding")
    with pytest.raises(UnknownActivity, match=r"iit\.ronde"):
        queries.activity("iit.rondje")


def test_without_a_municipality_the_content_says_what_to_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WAARDIG_CONTENT", "")

    with pytest.raises(ContentInvalid, match="name its folder in WAARDIG_CONTENT"):
        queries.municipality()
