"""`waardig weighing`: check, show, decide, suspend and resume the weighing dossier of a service."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from waardig.kernel.clock import business_today
from waardig.kernel.content import content_roots
from waardig.kernel.declared import uses
from waardig.values.adapters.content import decided_services, dossier_file
from waardig.values.core.coverage import covers_lines
from waardig.values.terms import Dossier, Gap, Problem, PublicView, Scope

# Doors with tables are imported inside the commands: `--help` works before Django is set up.

_DAY = click.DateTime(formats=["%Y-%m-%d"])
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_ON = click.option("--on", type=_DAY, default=None, help="Business date (default: today's business date).")


@click.group()
@uses()
def weighing() -> None:
    """The weighing dossier of a service: what was weighed, decided and guarded."""


@weighing.command()
@click.argument("service_or_file", required=False)
@_ON
@_JSON
@click.pass_context
def check(context: click.Context, service_or_file: str | None, on: datetime | None, as_json: bool) -> None:
    """Say what is missing or not covered, and what to do. Exit status 1 when there is anything.

    Without an argument every decision of the content folders is checked.
    """
    from waardig.values import actions

    names = [service_or_file] if service_or_file else list(decided_services(content_roots()))
    results = [actions.check(_path(name), on=_day(on)) for name in names]
    if as_json:
        click.echo(json.dumps([_checked(dossier, found) for dossier, found in results], ensure_ascii=False))
    else:
        for dossier, found in results:
            _print_check(dossier, found)
            if any(isinstance(one, Gap) for one in found):
                _print_scope(actions.scope_now(dossier.service, on=_day(on)))
        if not results:
            click.echo("No content folder has a decision (services/*/decision.yaml).")
    context.exit(1 if any(found for _, found in results) else 0)


def _path(service_or_file: str) -> Path:
    path = Path(service_or_file)
    return path if path.suffix in (".yaml", ".yml") else dossier_file(content_roots(), service_or_file)


def _day(on: datetime | None) -> date | None:
    return on.date() if on else None


def _checked(dossier: Dossier, found: tuple[Problem | Gap, ...]) -> dict[str, Any]:
    return {
        "service": dossier.service,
        "id": dossier.id,
        "version": dossier.version,
        "sha256": dossier.sha256,
        "complete": not found,
        "problems": [
            {"code": one.code, "text": one.text_en, "text_nl": one.text_nl, "remedy": one.remedy} for one in found
        ],
    }


def _print_check(dossier: Dossier, found: tuple[Problem | Gap, ...]) -> None:
    verdict = "complete and covered" if not found else f"{len(found)} problems"
    click.echo(f"{dossier.service}: {dossier.id} version {dossier.version}: {verdict}")
    for one in found:
        click.echo(f"  {one.code}: {one.text_en}\n    -> {one.remedy}")


def _print_scope(scope: Scope) -> None:
    """What runs, in the words of decision.yaml; it counts only after the deciding body decided it."""
    click.echo("  A new decision on what runs now would cover:")
    for line in covers_lines(scope):
        click.echo(f"    {line}")


@weighing.command()
@click.argument("service")
@_ON
@_JSON
def show(service: str, on: datetime | None, as_json: bool) -> None:
    """The decided weighing of a service: values, choice, conditions with their last measurement, standing."""
    from waardig.values import queries

    day = _day(on) or business_today()
    view = queries.public_view(service, on=day)
    stands = queries.standing_of(service, day)
    if as_json:
        click.echo(json.dumps(_shown(view, [reason.text_en for reason in stands.reasons]), ensure_ascii=False))
        return
    click.echo(f"{view.title.en}\n{view.state_text.en}, decided {view.decided_on}, valid until {view.valid_until}.")
    for reason in stands.reasons:
        click.echo(f"  May not run: {reason.text_en}")
    for heading, bars in (("Served", view.served), ("Harmed", view.harmed)):
        for bar in bars:
            click.echo(f"  {heading}: {bar.label.en} {bar.weight}/5. {bar.because.en}")
    for option in view.options:
        click.echo(f"  {'*' if option.chosen else '-'} {option.name.en}: {option.text.en}")
    for condition in view.conditions:
        verdict = condition.verdict.value if condition.verdict else "not measured"
        click.echo(f"  {condition.kind} {condition.title.en}: {verdict}")


def _shown(view: PublicView, reasons: list[str]) -> dict[str, Any]:
    return {
        "service": view.service,
        "title": view.title.en,
        "state": view.state.value,
        "may_run": view.may_run,
        "reasons": reasons,
        "decided_on": view.decided_on.isoformat(),
        "valid_until": view.valid_until.isoformat(),
        "first_run_not_before": view.first_run_not_before.isoformat(),
        "served": {bar.label.en: bar.weight for bar in view.served},
        "harmed": {bar.label.en: bar.weight for bar in view.harmed},
        "chosen": next(option.name.en for option in view.options if option.chosen),
        "conditions": [
            {"id": one.id, "type": one.kind, "verdict": one.verdict.value if one.verdict else None}
            for one in view.conditions
        ],
    }


@weighing.command()
@click.argument("service_or_file")
@_JSON
def decide(service_or_file: str, as_json: bool) -> None:
    """Record a decision (decision.yaml) as the policy that the gate enforces; refused while anything is missing."""
    from waardig.values import actions

    done = actions.decide(_path(service_or_file))
    body = {"service": done.service, "id": done.id, "version": done.version, "sha256": done.sha256, "new": done.new}
    word = "recorded" if done.new else "was recorded already"
    click.echo(json.dumps(body) if as_json else f"{done.service}: {done.id} version {done.version} {word}.")


@weighing.command()
@click.argument("service")
@click.option("--reason", required=True, help="Why; everybody can read it.")
@click.option("--by", "actor", required=True, help="Id of the official who stops the service.")
@_ON
@_JSON
def suspend(service: str, reason: str, actor: str, on: datetime | None, as_json: bool) -> None:
    """Stop new effects of a service at once; residents' rights go on."""
    from waardig.values import actions

    actions.suspend(service, reason, actor, on=_day(on))
    click.echo(json.dumps({"service": service, "suspended": True}) if as_json else f"{service} is suspended.")


@weighing.command()
@click.argument("service")
@click.option("--reason", required=True, help="Why it may go on; everybody can read it.")
@click.option("--asked-by", required=True, help="Id of the official who asks.")
@click.option("--confirmed-by", required=True, help="Id of another official, who confirms.")
@_ON
@_JSON
def resume(service: str, reason: str, asked_by: str, confirmed_by: str, on: datetime | None, as_json: bool) -> None:
    """Let a suspended service go on; two different people must agree."""
    from waardig.values import actions

    actions.resume(service, reason=reason, asked_by=asked_by, confirmed_by=confirmed_by, on=_day(on))
    click.echo(json.dumps({"service": service, "suspended": False}) if as_json else f"{service} goes on.")
