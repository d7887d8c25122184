"""`waardig export` and `waardig register`: what happened, and what is published about it."""

from __future__ import annotations

import json
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any, TextIO

import click

from waardig.accountability.queries import canonical
from waardig.accountability.terms import EntryFileUnreadable, EntryRefused, FieldProblem, Form
from waardig.kernel.declared import uses


@click.command()
@click.option("--canonical", "is_canonical", is_flag=True, help="in a stable order, one JSON object a line")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="write to a file instead of the screen")
@click.option("--json", "as_json", is_flag=True, help="print only the number of lines and their fingerprint")
@uses()
def export(is_canonical: bool, out: Path | None, as_json: bool) -> None:
    """Write what happened: rounds, outcomes, cases, messages, log counts and jobs; no names, no values of persons."""
    if not is_canonical:
        raise click.UsageError("say which export: --canonical is the only one so far")
    digest, count = sha256(), 0
    target = _opened(out) if out else sys.stdout
    for entry in canonical():
        line = json.dumps(entry, ensure_ascii=False, sort_keys=True)
        digest.update(line.encode() + b"\n")
        count += 1
        if not as_json or out:
            print(line, file=target)
    if out:
        target.close()
    if as_json:
        click.echo(json.dumps({"lines": count, "sha256": digest.hexdigest()}))


@click.group()
@uses()
def register() -> None:
    """The algorithm register and the processing register, made from what is enforced."""


_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_OUT = click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="Write to a file instead of the screen."
)


@register.command()
@click.argument("service", required=False)
@click.option("--form", type=click.Choice([str(form) for form in Form]), help="The form of the entry.")
@click.option(
    "--check", "check_file", type=click.Path(path_type=Path, dir_okay=False), help="Check this JSON file instead."
)
@_JSON
@_OUT
def algorithms(service: str | None, form: str | None, check_file: Path | None, as_json: bool, out: Path | None) -> None:
    """Show the entries of weighed services, or check a file. A wrong field is refused with its reason."""
    from waardig.accountability.queries import algorithms as found

    if check_file:
        _check(check_file, Form(form) if form else None, as_json)
        return
    chosen = Form(form) if form else Form.PUBLICATION
    names = [service] if service else list(found.registered_services())
    entries = [found.checked_entry(name, chosen) for name in names]
    if as_json or out:
        _write(json.dumps(entries, ensure_ascii=False, indent=2), out)
        return
    for one in entries:
        for name, value in one.items():
            click.echo(f"{name}: {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}")
        click.echo("")
    if not entries:
        click.echo("No service has a decided weighing and a register.yaml.")


def _check(path: Path, form: Form | None, as_json: bool) -> None:
    from waardig.accountability.queries.algorithms import form_of, problems_of

    values = _read(path)
    chosen = form or form_of(values)
    wrong = problems_of(chosen, values)
    if wrong and not as_json:
        raise EntryRefused(str(values.get("name", path)), chosen, wrong)
    if as_json:
        click.echo(json.dumps({"form": str(chosen), "problems": [_problem(one) for one in wrong]}, ensure_ascii=False))
        if wrong:
            raise click.exceptions.Exit(1)
        return
    click.echo(f"{path} fits the {chosen} form.")


def _problem(one: FieldProblem) -> dict[str, str]:
    return {"field": one.field, "reason": one.reason, "reason_nl": one.text_nl}


def _read(path: Path) -> dict[str, Any]:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise EntryFileUnreadable(path, error.strerror or "it cannot be read") from None
    except (ValueError, RecursionError):
        raise EntryFileUnreadable(path, "it is not JSON in UTF-8") from None
    if not isinstance(values, dict):
        raise EntryFileUnreadable(path, "it holds no object")
    return values


@register.command()
@click.argument("activity", required=False)
@_JSON
@_OUT
def processing(activity: str | None, as_json: bool, out: Path | None) -> None:
    """Show the processing activities that hold now (AVG art. 30), or every version of one activity."""
    from waardig.accountability.queries import processing as found

    entries = found.versions(activity) if activity else found.register()
    if as_json:
        _write(json.dumps([found.as_data(one) for one in entries], ensure_ascii=False, indent=2), out)
        return
    if out:
        _write(found.as_csv(entries), out)
        return
    for one in entries:
        until = f" until {one.valid_to}" if one.valid_to else ""
        click.echo(f"{one.uri}\n    {one.name.nl}: {one.purpose.nl} (from {one.valid_from}{until})")


def _write(text: str, out: Path | None) -> None:
    if out:
        with _opened(out) as target:
            target.write(text + ("" if text.endswith("\n") else "\n"))
    else:
        click.echo(text)


def _opened(out: Path) -> TextIO:
    try:
        return out.open("w", encoding="utf-8", newline="")
    except OSError as error:
        raise click.FileError(str(out), error.strerror) from None
