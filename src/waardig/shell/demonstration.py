"""`waardig demo`: the fictional municipality, set up and played by the same doors as a real one; then served."""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from waardig.access.actions import ask
from waardig.access.terms import Actor, Request
from waardig.cases import queries as cases
from waardig.cases.actions import apply, decline
from waardig.cases.queries import service_of
from waardig.cases.terms import Case, CaseKind, CaseState, Declaration
from waardig.catalogue.queries import municipality
from waardig.catalogue.terms import AskedWhenUnknown
from waardig.demo.numbers import fictional_iban
from waardig.demo.personas import DEMO_DATE, sign_in_personas
from waardig.kernel.declared import declaring, service_role, uses
from waardig.kernel.money import euros
from waardig.outbox.jobs import run_worker
from waardig.proposals.actions import run_round
from waardig.proposals.cli import rows_of
from waardig.proposals.terms import RunSummary
from waardig.registers.queries import take
from waardig.shell import announcing, system, wiring
from waardig.shell.installation.choosing import go_on
from waardig.shell.operating.watch import keep_watch
from waardig.shell.operating.witness import make_trial_key
from waardig.shell.paying import play_payments
from waardig.shell.town import SERVICE, Say, Town, publish_and_decide, set_up, use_content

PLAYING = declaring(
    *("aanmelden", "afmelden", "bericht.bezorgen", "betaling.uitvoeren", "machtiging.beheren", "registers.bijhouden"),
    *(service_role(f"{name}_activity") for name in ("application", "decision", "round", "unasked")),
)
"""What the demonstration plays itself: importing, the round, answers, decisions, payments; the worker has its own."""


@click.command()
@click.option("--no-serve", is_flag=True, help="set up and run, then stop")
@click.option("--residents", default=5000, show_default=True, type=click.IntRange(min=20), help="people in the town")
@click.option(
    "--brp", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="official BRP test set (JSON)"
)
@click.option("--content", type=click.Path(exists=True, file_okay=False, path_type=Path), help="another municipality")
@click.option("--advance", default=0, type=click.IntRange(min=0), help="days after 28 April 2025 on the business clock")
@click.option("--json", "as_json", is_flag=True, help="print the counts as JSON")
@click.option("--port", default=8000, show_default=True, help="where to serve")
@uses(PLAYING)
def demo(
    no_serve: bool, residents: int, brp: Path | None, content: Path | None, advance: int, as_json: bool, port: int
) -> None:
    """Set up the fictional municipality, run its round, let people answer, and serve portal and desk."""
    on = DEMO_DATE + timedelta(days=advance)
    use_content(content)
    with _bar(quiet=as_json) as say:
        say("Tables", 0, 1)
        system.migrate()
        publish_and_decide(on)
        with tempfile.TemporaryDirectory(prefix="waardig-demo-") as folder:
            town = set_up(residents, brp, Path(folder), say)
        announced = _announce(on) if announcing.is_offered() else None
        summary = run_round(SERVICE, progress=lambda done, total: say("Round", done, total))
        answers = _let_people_answer(summary, on, say)
        run_worker(wiring.handlers(), Event(), until_empty=True)
        if summary.proposals:
            play_payments(on)
        make_trial_key()
        keep_watch()
        run_worker(wiring.handlers(), Event(), until_empty=True)  # its witnesses cosign
    _print(town, summary, answers, announced, as_json=as_json)
    if not no_serve:
        _serve(port)


@contextmanager
def _bar(*, quiet: bool) -> Iterator[Say]:
    console = Console(stderr=True, quiet=quiet or not sys.stderr.isatty())
    with Progress(console=console, transient=True) as bar:
        tasks: dict[str, Any] = {}

        def say(step: str, done: int, total: int) -> None:
            if step not in tasks:
                tasks[step] = bar.add_task(step, total=total)
            bar.update(tasks[step], completed=done, total=total)

        yield say


def _announce(on: date) -> announcing.Announced:
    """Grants without an application: some were granted already, the rest waits on a list."""
    return announcing.announce_and_grant(
        on, _played(), lambda: run_worker(wiring.handlers(), Event(), until_empty=True)
    )


def _let_people_answer(summary: RunSummary, on: date, say: Say) -> dict[str, int]:
    """Some people answer their proposal, the same ones each time: six in ten yes, one in ten no; the rest waits."""
    counted = {"yes": 0, "no": 0}
    if not summary.proposals:
        return counted
    played = _played()
    waiting, total = cases.waiting([CaseState.PROPOSED], size=100_000)
    for place, case in enumerate(waiting):
        if case.run != summary.run or case.kind is not CaseKind.PROPOSAL or case.reader != "self":
            continue
        rng = random.Random(f"answer {case.number}")
        draw = rng.random()
        if case.applicant in played:
            continue
        actor = Actor("resident", str(case.applicant))
        if draw < 0.6:
            apply(case.id, _declaration(rng, case, _known_account(case, actor, on)), actor=actor, on=on)
            counted["yes"] += 1
        elif draw < 0.7:
            decline(case.id, actor=actor, on=on, never_again=False)
            counted["no"] += 1
        say("Answers", place + 1, total)
    return counted


def _played() -> frozenset[Any]:
    from waardig.registers.actions import persons_for_bsns

    return frozenset(persons_for_bsns([one.bsn for one in sign_in_personas() if one.bsn]).values())


def _known_account(case: Case, actor: Actor, on: date) -> str:
    """The account that the resident sees beside the question, as on the page; "" when none is known."""
    activity = service_of(case.service).application_activity
    asked = frozenset({"uitkeringen.iban"})
    facts = take(ask(Request(activity, asked, (case.applicant,), actor, on, case=case.id)))
    return next((str(fact.value) for fact in facts if fact.value), "")


def _declaration(rng: random.Random, case: Case, known: str) -> Declaration:
    """Nine in ten keep the account that is known; the others name another one, which an official looks at.

    Of a short form what it asks: an amount around what assistance gives, or "I do not know".
    """
    wealth = rng.choice((12_000, 84_000, 150_000, 310_000, 900_000, None))
    changed = rng.random() < 0.06
    return Declaration(
        household_unchanged=not changed,
        household_note="Mijn zus woont sinds maart bij mij." if changed else "",
        wealth_eurocent=wealth,
        iban=known if known and rng.random() < 0.9 else fictional_iban(rng),
        something_wrong="Mijn inkomen van vorig jaar klopt niet." if rng.random() < 0.05 else "",
        told={
            asked.id: _told(rng, asked) for asked in service_of(case.service).ask_when_unknown if asked.id in case.asked
        },
        wealth_asked=not case.asked or "vermogen" in case.asked,
    )


def _told(rng: random.Random, asked: AskedWhenUnknown) -> int | None:
    return rng.choice((95_000, 118_000, 127_800, 210_000, None)) if asked.kind == "eurocent" else None


def _print(
    town: Town,
    summary: RunSummary,
    answers: dict[str, int],
    announced: announcing.Announced | None,
    *,
    as_json: bool,
) -> None:
    imported = town.imported.as_json()
    if as_json:
        figures = {**_plain(asdict(summary)), "residents": town.residents, "answers": answers}
        figures["import"] = {key: imported[key] for key in ("refused", "accepted", "facts_stored", "errors", "gaps")}
        figures["officials"] = dict(town.officials)
        figures["announced"] = announced.as_json() if announced else None
        if town.brp is not None:
            figures["brp"] = {"persons": town.brp.persons, "errors": town.brp.as_json()["errors"]}
        click.echo(json.dumps(figures, ensure_ascii=False))
        return
    table = Table(title=f"{municipality().name} on {summary.as_of}: the first round")
    table.add_column("what")
    table.add_column("count", justify="right")
    table.add_row("residents", str(town.residents))
    table.add_row("clients accepted from the benefits file", str(imported["accepted"]))
    for name, value in rows_of(summary):
        table.add_row(name, value)
    for name, value in announced_rows(announced):
        table.add_row(name, value)
    table.add_row("said yes / no so far", f"{answers['yes']} / {answers['no']}")
    for why, count in town.officials.items():
        table.add_row(f"official persons: {why}", str(count))
    Console().print(table)


def announced_rows(announced: announcing.Announced | None) -> list[tuple[str, str]]:
    """The grants without an application as lines for people."""
    if announced is None:
        return []
    waiting = announced.waiting
    return [
        (f"{announcing.SERVICE}: households announced", str(announced.round.lanes.get("without_application", 0))),
        ("  said no", str(announced.said_no)),
        ("  granted from the first list", f"{announced.granted} ({euros(announced.granted_eurocent, 'en')})"),
        ("  waiting on the list", f"{waiting.ready + waiting.sampled} ({euros(waiting.amount_eurocent, 'en')})"),
        ("  left to a person", str(waiting.to_person)),
    ]


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value if isinstance(value, int | float | bool | dict) else str(value) for key, value in values.items()}


def _serve(port: int) -> None:
    """Go on as `waardig serve`: a fresh process without the owner's address."""
    go_on("serve", "--port", str(port))
