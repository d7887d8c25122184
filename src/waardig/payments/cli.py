"""`waardig payments`: make a list, let a colleague release it, export it, take in what came back, reconcile."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from waardig.kernel.clock import business_today
from waardig.kernel.declared import uses
from waardig.kernel.money import cents, euros
from waardig.payments import actions, queries
from waardig.payments.actions.listing import MOST_IN_A_LIST
from waardig.payments.core.settling import ListReport
from waardig.payments.terms import OrderState, PaymentList

BY = click.option("--by", "official", required=True, help="employee who does this, as in municipality.yaml")
JSON = click.option("--json", "as_json", is_flag=True, help="print as JSON")
WAITING = (OrderState.TO_PERSON, OrderState.READY, OrderState.LISTED, OrderState.RELEASED)


@click.group()
@uses()
def payments() -> None:
    """Paying what was granted: lists that two people check, files for the bank, what came back."""


@payments.command("list")
@click.option("--orders", is_flag=True, help="the orders that are not paid yet, instead of the lists")
@JSON
def list_(orders: bool, as_json: bool) -> None:
    """The lists, newest first; or the orders that wait."""
    if orders:
        _show_orders(as_json)
        return
    found, _ = queries.lists(size=1_000)
    if as_json:
        click.echo(json.dumps([_plain(one) for one in found], ensure_ascii=False))
        return
    if not found:
        click.echo("There is no list yet. Make one: waardig payments make --by EMPLOYEE")
    for one in found:
        by = f"released by {one.released_by}" if one.released_by else f"made by {one.made_by}"
        click.echo(f"{one.number}  {one.state:<10}{one.count:>6} orders  {euros(one.total_eurocent, 'en'):>14}  {by}")


def _show_orders(as_json: bool) -> None:
    found, total = queries.orders_in(WAITING, size=10_000)
    if as_json:
        click.echo(json.dumps([_order(one) for one in found], ensure_ascii=False))
        return
    for one in found:
        why = f"  {one.reason}" if one.reason else ""
        amount = euros(one.amount_eurocent, "en")
        click.echo(f"{one.number:<24}{one.state:<11}{amount:>12}  pay by {one.pay_by}{why}")
    click.echo(f"{total} orders are not paid yet.")


def _order(one: Any) -> dict[str, Any]:
    """An order without the person it pays."""
    return {key: value for key, value in _plain(one).items() if key not in ("beneficiary", "decision", "case", "id")}


@payments.command()
@BY
@click.option("--most", default=MOST_IN_A_LIST, show_default=True, type=click.IntRange(1, MOST_IN_A_LIST),
              help="orders in the list")  # fmt: skip
@click.option("--service", help="only orders of this service")
@JSON
@uses("betaling.uitvoeren")
def make(official: str, most: int, service: str | None, as_json: bool) -> None:
    """Put ready orders in a draft list; what a person should look at is left out and named."""
    made = actions.make_list(official, on=business_today(), most=most, service=service)
    if as_json:
        listed = _plain(made.list) if made.list else None
        click.echo(json.dumps({"list": listed, "to_person": dict(made.to_person)}, ensure_ascii=False))
        return
    if made.list is None:
        click.echo("No list: every order goes to a person first.")
    else:
        click.echo(f"{made.list.number}: {made.list.count} orders, {euros(made.list.total_eurocent, 'en')}.")
        for line in queries.totals_of(queries.lines_of(made.list.id)).services:
            click.echo(f"  {line.service}: {line.count} orders, {euros(line.eurocent, 'en')}")
        click.echo(f"A colleague releases it: waardig payments release {made.list.number} --by EMPLOYEE --total EUROS")
    for reason, count in made.to_person.items():
        click.echo(f"  to a person ({reason}): {count}")


@payments.command()
@click.argument("number")
@BY
@click.option(
    "--total", "shown", type=str, help="the control total in euros that you looked at; refused when it differs"
)
@JSON
@uses("betaling.uitvoeren")
def release(number: str, official: str, shown: str | None, as_json: bool) -> None:
    """Release list NUMBER; not by who made it, nor by who decided something in it."""
    try:
        total = cents(shown) if shown else None
    except ValueError as wrong:
        raise click.UsageError(f"--total {shown}: {wrong}") from wrong
    found = queries.list_by_number(number)
    released = actions.release(found.id, official, on=business_today(), shown_eurocent=total)
    _say(released, as_json, f"{released.number} is released and will not change any more.")


@payments.command()
@click.argument("number")
@BY
@click.option("--form", type=click.Choice(["pain", "package"]), default="pain", show_default=True,
              help="pain.001.001.09 for the bank, or CSV with manifest for the benefits package")  # fmt: skip
@click.option(
    "--to", "folder", type=click.Path(path_type=Path, file_okay=False), default=".", help="folder for the files"
)
@JSON
@uses("betaling.uitvoeren")
def export(number: str, official: str, form: str, folder: Path, as_json: bool) -> None:
    """Write the files of released list NUMBER; a second time gives the same bytes or a refusal."""
    found = queries.list_by_number(number)
    made = actions.export(found.id, "pain" if form == "pain" else "package", official)
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in made.files.items():
        part = folder / f"{name}.part"
        part.write_bytes(content)
        part.replace(folder / name)
    if as_json:
        click.echo(json.dumps({"files": sorted(made.files), "sha256": made.sha256, "list": number}))
        return
    for name in made.files:
        click.echo(f"{folder / name}")


@payments.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@JSON
@uses("betaling.uitvoeren")
def status(file: Path, as_json: bool) -> None:
    """Take in FILE: a pain.002 of the bank, or the package's CSV. The same file again changes nothing."""
    done = actions.take_in(file.read_bytes(), on=business_today(), actor="bank")
    if as_json:
        click.echo(json.dumps({"lines": done.lines, "new": done.new, "verdicts": dict(done.verdicts)}))
        return
    click.echo(f"{done.lines} lines, {done.new} of them new.")
    for verdict, count in done.verdicts.items():
        click.echo(f"  {verdict}: {count}")


@payments.command()
@JSON
def reconcile(as_json: bool) -> None:
    """Of every released list: ordered = paid + rejected + waiting; and every line that did not fit."""
    reports, wrong = queries.reconciliation(), queries.problems()
    if as_json:
        rows = [_report(one) for one in reports]
        bad = [{**asdict(one), "verdict": one.verdict.value} for one in wrong]
        click.echo(json.dumps({"lists": rows, "problems": bad}, ensure_ascii=False))
        return
    table = Table(title=f"Reconciliation on {business_today()}")
    for name in ("list", "ordered", "paid", "rejected", "waiting", "agrees"):
        table.add_column(name, justify="left" if name == "list" else "right")
    for one in reports:
        parts = (one.ordered, one.paid, one.rejected, one.waiting)
        sums = [f"{part.count}: {euros(part.eurocent, 'en')}" for part in parts]
        table.add_row(one.list.number, *sums, "yes" if one.agrees else "NO")
    Console().print(table)
    for problem in wrong:
        click.echo(f"{problem.verdict}: line {problem.number} of file {problem.file}, reference {problem.reference}")
    for one in reports:
        for number, reason in one.rejections:
            click.echo(f"rejected: {number} in {one.list.number}, {reason or 'no reason'}")


def _report(one: ListReport) -> dict[str, Any]:
    parts = {"ordered": one.ordered, "paid": one.paid, "rejected": one.rejected, "waiting": one.waiting}
    sums = {name: {"count": part.count, "eurocent": part.eurocent} for name, part in parts.items()}
    return {"list": one.list.number, **sums, "agrees": one.agrees, "rejections": [list(r) for r in one.rejections]}


def _say(one: PaymentList, as_json: bool, text: str) -> None:
    click.echo(json.dumps(_plain(one), ensure_ascii=False) if as_json else text)


def _plain(one: Any) -> dict[str, Any]:
    return {
        key: value if isinstance(value, int | bool) or value is None else str(value)
        for key, value in asdict(one).items()
    }
