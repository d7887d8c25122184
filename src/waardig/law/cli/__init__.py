"""The commands `waardig law ...`, on a terminal.

Exit status 0: done; 1: refused or something failed; 2: called wrongly. Amounts are eurocents.
"""

from __future__ import annotations

import datetime
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from waardig.kernel.clock import wall_now
from waardig.kernel.content import content_roots
from waardig.law import queries
from waardig.law.cli.batch import batch
from waardig.law.cli.check import check
from waardig.law.cli.conformance import conformance
from waardig.law.cli.diff import diff
from waardig.law.cli.nearest import nearest
from waardig.law.cli.new import new
from waardig.law.cli.options import (
    book_of,
    facts_of,
    json_option,
    on_date,
    parameters_of,
    plain,
    question,
    show_json,
    show_table,
    tell_not_asked,
    with_facts,
    with_laws,
)
from waardig.law.cli.procedure import procedure
from waardig.law.cli.receipt import receipt, receipt_option, write_receipt
from waardig.law.cli.simulate import simulate
from waardig.law.terms import ERROR, Evaluation, InputNeed, Outcome, Step


@click.group("law", context_settings={"help_option_names": ["-h", "--help"]})
def law() -> None:
    """Write, check, compare, run, explain and test machine-readable law (regelrecht v0.5.6). Amounts are eurocents."""


law.add_command(batch)
law.add_command(check)
law.add_command(new)
law.add_command(diff)
law.add_command(conformance)
law.add_command(nearest)
law.add_command(procedure)
law.add_command(receipt)
law.add_command(simulate)


@law.command()
@question
@on_date
@click.option("--param", "params", multiple=True, metavar="NAME=VALUE", help="For example gemeente_code=GM1731.")
@with_laws
@json_option
def inputs(
    law_id: str,
    outputs: tuple[str, ...],
    on: datetime.datetime,
    params: tuple[str, ...],
    laws: tuple[Path, ...],
    as_json: bool,
) -> None:
    """List the facts that these outputs need, and which law asks each.

    Of a decision also what the stages of its procedure ask, each with its stage: the events that must have happened,
    and the facts of what other laws attach to it (`stages` in JSON). OUTPUT may name what they attach; then only what
    that needs is listed. The laws in force on --on count for every stage.
    """
    scope = {name: str(value) for name, value in parameters_of(params).items()}
    needs, refused = queries.stage_inputs_of(book_of(laws), law_id, outputs, on=on.date(), scope=scope)
    for name, why in refused.items():
        click.echo(f"What '{name}' needs at its stage is not listed: {why}", err=True)
    if as_json:
        own = [asdict(need) for need in needs if not need.stage]
        show_json({"inputs": own, "stages": _by_stage([need for need in needs if need.stage])})
        return
    head = ("name", "type", "unit", "source", "key", "asked by", "stage")
    show_table(head, [_listed(need) for need in needs])


def _by_stage(needs: Sequence[InputNeed]) -> list[dict[str, Any]]:
    """What each stage asks, in order."""
    stages = dict.fromkeys(need.stage for need in needs)
    return [{"stage": one, "inputs": [asdict(need) for need in needs if need.stage == one]} for one in stages]


def _listed(need: InputNeed) -> tuple[str, ...]:
    """One fact as a row."""
    source = need.source or need.kind
    source = f"{source}; in a procedure stage {need.given_by} gives it" if need.given_by else source
    asked = f"{need.law} art. {need.article}" if need.article else need.law
    return need.name, need.type, need.unit or "", source, ", ".join(need.key), asked, need.stage


def _evaluate(
    law_id: str,
    outputs: Sequence[str],
    on: datetime.datetime,
    params: Sequence[str],
    data: Path | None,
    laws: Sequence[Path],
    *,
    explain: bool,
    receipt_file: Path | None,
) -> Evaluation:
    book, parameters, facts = book_of(laws), parameters_of(params), facts_of(data)
    asked: dict[str, Any] = {"on": on.date(), "parameters": parameters, "facts": facts}
    found = queries.evaluate(book, law_id, outputs, explain=explain, **asked)
    tell_not_asked(book, law_id, outputs, **asked)
    if receipt_file:
        write_receipt(receipt_file, queries.receipt_of(book, law_id, outputs, at=wall_now(), **asked))
    return found


def _as_json(result: Evaluation) -> dict[str, Any]:
    return {
        "outputs": {name: _outcome(found) for name, found in result.outputs.items()},
        "on": result.on,
        "provenance": dict(result.provenance),
        "laws": [asdict(ref) for ref in result.laws],
        "inputs_used": {name: asdict(fact) for name, fact in result.inputs_used.items()},
    }


def _outcome(found: Outcome) -> dict[str, Any]:
    content = {"value": found.value, "reason": found.reason, "unit": found.unit}
    return {**content, "detail": found.detail} if found.detail else content


def _finish(result: Evaluation, asked: Sequence[str]) -> None:
    """Exit status 1 when a requested output could not be computed; unknown is an answer."""
    for name in asked:
        if result.outputs[name].reason == ERROR:
            click.echo(f"{name}: {result.outputs[name].detail}", err=True)
    if any(result.outputs[name].reason == ERROR for name in asked):
        raise SystemExit(1)


@law.command()
@question
@on_date
@with_facts
@with_laws
@receipt_option
@json_option
def run(
    law_id: str,
    outputs: tuple[str, ...],
    on: datetime.datetime,
    params: tuple[str, ...],
    data: Path | None,
    laws: tuple[Path, ...],
    receipt_file: Path | None,
    as_json: bool,
) -> None:
    """Compute outputs for one person."""
    result = _evaluate(law_id, outputs, on, params, data, laws, explain=False, receipt_file=receipt_file)
    if as_json:
        show_json(_as_json(result))
    else:
        rows = [(name, _shown(o), o.unit or "", result.provenance[name]) for name, o in result.outputs.items()]
        show_table(("output", "value", "unit", "provenance"), rows)
    _finish(result, outputs)


def _shown(found: Outcome) -> str:
    return json.dumps(found.value, ensure_ascii=False, default=plain) if found.reason == "ok" else found.reason


@law.command()
@question
@on_date
@with_facts
@with_laws
@receipt_option
@json_option
@click.option("--language", type=click.Choice(["nl", "en"]), default="en", show_default=True, help="Of the sentences.")
def explain(
    law_id: str,
    outputs: tuple[str, ...],
    on: datetime.datetime,
    params: tuple[str, ...],
    data: Path | None,
    laws: tuple[Path, ...],
    receipt_file: Path | None,
    as_json: bool,
    language: str,
) -> None:
    """Compute outputs and show every step: article, link, values."""
    result = _evaluate(law_id, outputs, on, params, data, laws, explain=True, receipt_file=receipt_file)
    if as_json:
        show_json({**_as_json(result), "steps": [asdict(step) for step in result.steps]})
    else:
        for step in result.steps:
            _tell(step, 0, language, "")
    _finish(result, outputs)


def _tell(step: Step, level: int, language: str, above: str) -> None:
    words = step.words_nl if language == "nl" else step.words_en
    where = f"{step.law_name} art. {step.article}"
    mark = " <- decided" if step.taken else ""
    click.echo(f"{'  ' * level}{words}{mark}" + (f"  [{where}] {step.url}" if where != above else ""))
    for child in step.children:
        _tell(child, level + 1, language, where)


@law.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@with_laws
@json_option
def test(paths: tuple[Path, ...], laws: tuple[Path, ...], as_json: bool) -> None:
    """Run Gherkin scenarios (regelrecht step language, English or Dutch); without PATH those of the content."""
    folders = paths or (*(root / "laws" for root in content_roots()), *laws)
    results = queries.scenario_results(book_of(laws), folders)
    count = Counter(result.status for result in results)
    total = {"scenarios": len(results), **{word: count[word] for word in ("passed", "failed", "skipped")}}
    if as_json:
        show_json({**total, "results": [asdict(result) for result in results]})
    else:
        for result in results:
            if result.status != "passed":
                click.echo(f"{result.file}:{result.line}: {result.status}: {result.name}: {result.message}")
        click.echo(", ".join(f"{number} {word}" for word, number in total.items()))
    if not results:
        click.echo("No scenarios found (*.feature).", err=True)
    if count["failed"] or not results:
        raise SystemExit(1)
