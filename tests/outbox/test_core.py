"""Retries, and the command `waardig worker`."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from waardig.outbox.actions import each, enqueue
from waardig.outbox.cli import worker_command
from waardig.outbox.core import MOST_ATTEMPTS, is_given_up, short_error, wait_after
from waardig.outbox.models import Job as JobRow
from waardig.outbox.terms import Handlers, Job, NewJob


@given(st.integers(1, 60))
def test_each_wait_is_at_least_the_one_before_and_at_most_an_hour(attempts: int) -> None:
    assert wait_after(attempts) <= wait_after(attempts + 1) <= timedelta(hours=1)


def test_a_job_is_given_up_at_the_eighth_attempt() -> None:
    assert [is_given_up(n) for n in range(1, MOST_ATTEMPTS + 1)] == [False] * 7 + [True]


@given(st.text(max_size=1000))
def test_an_error_is_kept_as_one_short_line(text: str) -> None:
    kept = short_error(ValueError(text))

    assert len(kept) <= 300
    assert kept.startswith("ValueError")
    assert "\n" not in kept


def run(handlers: Handlers, *options: str) -> tuple[int, str]:
    result = CliRunner().invoke(worker_command(lambda: handlers), ["--until-empty", *options])
    return result.exit_code, result.output


@pytest.mark.usefixtures("db")
def test_the_worker_command_prints_what_it_did_as_json() -> None:
    seen: list[str] = []
    with transaction.atomic():
        enqueue([NewJob("test.note", key) for key in ("a", "b", "c")])

    code, output = run({"test.note": each(lambda job: seen.append(job.key))}, "--json")

    assert (code, json.loads(output)) == (0, {"done": 3, "failed": 0, "dead": 0, "waiting": 0, "given_up": 0})
    assert seen == ["a", "b", "c"]


@pytest.mark.usefixtures("db")
def test_the_worker_command_fails_and_says_so_when_jobs_were_given_up() -> None:
    def fail(job: Job) -> None:
        raise ValueError("broken")

    with transaction.atomic():
        enqueue([NewJob("test.note", "a")])
    JobRow.objects.update(attempts=MOST_ATTEMPTS - 1)

    code, output = run({"test.note": each(fail)})

    assert code == 1
    assert "1 jobs were given up" in output
