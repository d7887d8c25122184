"""The page of who runs the system: what waits, what was given up, trying again; nothing about a resident."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import transaction
from django.test import Client

from tests.desk.builders import a_decider, at_the_counter, words_of
from tests.identity.signing_in import an_employee, signed_in_client
from waardig.kernel.clock import wall_now
from waardig.outbox.actions import beat, enqueue, record
from waardig.outbox.models import Job
from waardig.outbox.queries import operations
from waardig.outbox.terms import NewJob, OperationKind, WorkerSeen

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def bram() -> Client:
    """Bram Hoekstra, who runs the system."""
    return signed_in_client(an_employee("beheer", number="b.hoekstra", name="Bram Hoekstra"))


def _jobs(*keys: str, topic: str = "inbox.letter", dead: str = "") -> list[int]:
    with transaction.atomic():
        enqueue([NewJob(topic, key, {"message": str(uuid4())}) for key in keys])
    rows = Job.objects.filter(topic=topic, key__in=keys)
    if dead:
        rows.update(state="dead", attempts=8, last_error=dead)
    return list(rows.order_by("id").values_list("id", flat=True))


def test_an_empty_system_says_so(bram: Client) -> None:
    words = words_of(bram.get("/balie/systeem/"))

    assert "Er is niets opgegeven." in words
    assert "Er wacht niets. Alles is gedaan." in words
    assert "Er werkt nu niemand." in words
    assert "Reservekopie gemaakt nog nooit. Dat is te lang geleden." in words
    assert "Wat beheerders deden Nog niets." in words


def test_who_runs_the_system_starts_here(bram: Client) -> None:
    assert bram.get("/balie/").headers["Location"] == "/balie/systeem/"


@pytest.mark.parametrize("client", [a_decider, at_the_counter])
@pytest.mark.parametrize("page", ["/balie/systeem/", "/balie/systeem/opnieuw/?soort=inbox.letter"])
def test_the_page_is_for_administrators_only(client: Any, page: str) -> None:
    assert client().get(page).status_code == 403


@pytest.mark.parametrize("page", ["/balie/werk/", "/balie/loket/", "/balie/bevestigen/", "/balie/post/"])
def test_an_administrator_sees_nothing_about_residents(bram: Client, page: str) -> None:
    assert bram.get(page).status_code == 403


def test_what_waits_and_what_was_given_up_is_counted_by_topic(bram: Client) -> None:
    _jobs("a", "b")
    _jobs("c", topic="cases.assess", dead="LookupError: nobody")

    words = words_of(bram.get("/balie/systeem/"))

    assert "1 opdracht is opgegeven." in words
    assert "Een brief maken inbox.letter Wacht: 2" in words
    assert "Een aanvraag narekenen cases.assess Wacht: 0 Oudste sinds: geen Opgegeven: 1" in words


def test_only_the_class_of_an_error_is_shown_never_its_text_key_or_payload(bram: Client) -> None:
    (number,) = _jobs("letter-of-vos", dead="ValueError: Gerrit Vos, 999990019, heeft geen adres")
    _jobs("other", dead="999990019 failed")
    payload = Job.objects.get(id=number).payload["message"]

    pages = [bram.get(path).content.decode() for path in
             ("/balie/systeem/", f"/balie/systeem/opnieuw/?opdracht={number}",
              "/balie/systeem/opnieuw/?soort=inbox.letter")]  # fmt: skip

    for page in pages:
        assert "ValueError" in page
        for secret in ("Vos", "999990019", "adres)", "letter-of-vos", payload):
            assert secret not in page


def test_one_job_is_tried_again_after_a_question_and_that_is_recorded(bram: Client) -> None:
    first, second = _jobs("a", "b", dead="ValueError: x")
    asked = bram.get(f"/balie/systeem/opnieuw/?opdracht={first}")
    assert "Opnieuw proberen?" in words_of(asked)
    assert Job.objects.filter(state="dead").count() == 2, "asking changes nothing"

    answer = bram.post(f"/balie/systeem/opnieuw/?opdracht={first}")

    assert answer.headers["Location"] == "/balie/systeem/"
    assert "1 opdracht wordt opnieuw geprobeerd." in words_of(bram.get("/balie/systeem/"))
    assert "wordt opnieuw geprobeerd" not in words_of(bram.get("/balie/systeem/"))
    job = Job.objects.get(id=first)
    assert (job.state, job.attempts, job.last_error) == ("waiting", 0, "")
    assert Job.objects.get(id=second).state == "dead"
    assert [(one.kind, one.by, one.topic, one.jobs) for one in operations()] == [
        (OperationKind.REPLAY, "b.hoekstra", "inbox.letter", (first,))
    ]


def test_all_of_a_topic_are_tried_again_once(bram: Client) -> None:
    ids = _jobs("a", "b", "c", dead="ValueError: x")
    (other,) = _jobs("d", topic="cases.assess", dead="ValueError: x")

    bram.post("/balie/systeem/opnieuw/?soort=inbox.letter")
    bram.post("/balie/systeem/opnieuw/?soort=inbox.letter")

    assert set(Job.objects.filter(state="waiting").values_list("id", flat=True)) == set(ids)
    assert Job.objects.get(id=other).state == "dead"
    assert [one.jobs for one in operations()] == [tuple(ids)]
    assert "Opnieuw geprobeerd (3), b.hoekstra" in words_of(bram.get("/balie/systeem/"))


@pytest.mark.parametrize("query", ["", "?opdracht=x", "?opdracht=999999999999", "?soort=", "?soort=nothing"])
def test_a_question_about_nothing_leads_back(bram: Client, query: str) -> None:
    _jobs("a", dead="ValueError: x")

    assert bram.get(f"/balie/systeem/opnieuw/{query}").headers["Location"] == "/balie/systeem/"
    bram.post(f"/balie/systeem/opnieuw/{query}")

    assert Job.objects.get(key="a").state == "dead" and operations() == ()


def test_workers_are_there_stopped_or_silent(bram: Client, owner: psycopg.Connection) -> None:
    now = wall_now()
    for name, ended in (("one:1", False), ("two:2", True), ("three:3", False)):
        beat(WorkerSeen(uuid4(), name, now, now, None, 7, 0), ended=ended)
    owner.execute("UPDATE outbox_worker SET seen_at = %s WHERE name = 'three:3'", (now - timedelta(minutes=6),))

    words = words_of(bram.get("/balie/systeem/"))

    assert "one:1 Status: werkt" in words
    assert "two:2 Status: gestopt" in words
    assert "three:3 Status: laat niets horen" in words


def test_a_backup_of_today_is_no_worry(bram: Client) -> None:
    record(OperationKind.BACKUP, by="root")
    record(OperationKind.BACKUP_CHECK, by="root", succeeded=False)

    words = words_of(bram.get("/balie/systeem/"))

    assert "Reservekopie gecontroleerd nog nooit. Dat is te lang geleden." in words
    assert words.count("Dat is te lang geleden.") == 2, "the log was never signed, a backup never checked"


def test_what_administrators_did_cannot_be_changed(owner: psycopg.Connection) -> None:
    record(OperationKind.BACKUP, by="root")

    for statement in ("DELETE FROM outbox_operation", "UPDATE outbox_operation SET by = 'somebody'"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="only grows"):
            owner.execute(statement)


def test_the_page_reads_in_english(bram: Client) -> None:
    _jobs("a", dead="ValueError: x")
    bram.post("/taal/", {"language": "en", "next": "/balie/systeem/"})

    words = words_of(bram.get("/balie/systeem/"))

    assert "1 job was given up." in words and "opgegeven" not in words
