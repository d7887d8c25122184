"""`waardig queue`: what waits, what was given up, and giving it a new life."""

from __future__ import annotations

import json
from typing import Any

import pytest
from click.testing import CliRunner
from django.db import transaction

from waardig.outbox.actions import enqueue
from waardig.outbox.cli import queue
from waardig.outbox.models import Job
from waardig.outbox.queries import operations
from waardig.outbox.terms import NewJob

pytestmark = pytest.mark.usefixtures("db")


@pytest.fixture
def dead() -> list[int]:
    """Two given up jobs of one topic and one of another; the error of the last holds a name."""
    with transaction.atomic():
        enqueue([NewJob("test.note", "a"), NewJob("test.note", "b"), NewJob("test.other", "c")])
    Job.objects.update(state="dead", attempts=8, last_error="ValueError: Gerrit Vos has no address")
    return list(Job.objects.order_by("id").values_list("id", flat=True))


def _queue(*arguments: str) -> Any:
    return CliRunner().invoke(queue, list(arguments))


def test_an_empty_queue_is_well() -> None:
    done = _queue("show", "--json")

    assert done.exit_code == 0
    assert json.loads(done.output) == {"topics": [], "given_up": [], "workers": [], "operations": []}
    assert _queue("show").output.splitlines()[0] == "topics: none"


def test_given_up_jobs_are_counted_by_class_of_error_without_its_text(dead: list[int]) -> None:
    done = _queue("show", "--json")

    assert done.exit_code == 1
    assert [(one["topic"], one["error"], one["count"]) for one in json.loads(done.output)["given_up"]] == [
        ("test.note", "ValueError", 2),
        ("test.other", "ValueError", 1),
    ]
    assert "Vos" not in done.output + _queue("show").output


def test_a_topic_is_replayed_after_a_question_and_recorded(dead: list[int]) -> None:
    assert (
        CliRunner().invoke(queue, ["replay", "--topic", "test.note", "--by", "b.hoekstra"], input="n\n").exit_code == 1
    )
    assert Job.objects.filter(state="dead").count() == 3

    done = _queue("replay", "--topic", "test.note", "--by", "b.hoekstra", "--yes", "--json")

    assert json.loads(done.output) == {"replayed": 2}
    assert [(one.by, one.topic, one.jobs) for one in operations()] == [("b.hoekstra", "test.note", tuple(dead[:2]))]
    assert json.loads(_queue("replay", "--job", str(dead[0]), "--by", "x", "--yes", "--json").output) == {"replayed": 0}
    assert _queue("replay", "--job", "999999", "--by", "x", "--yes").output.startswith(
        "No job is tried again: job 999999 is not"
    )
    assert (
        "of topic test.none none is given up" in _queue("replay", "--topic", "test.none", "--by", "x", "--yes").output
    )
    assert len(operations()) == 1


@pytest.mark.parametrize("arguments", [[], ["--topic", "a", "--job", "1"]])
def test_it_must_be_said_which(arguments: list[str]) -> None:
    assert _queue("replay", *arguments, "--by", "x", "--yes").exit_code == 2
