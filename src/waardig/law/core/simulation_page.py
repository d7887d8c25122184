"""The report of a simulation as one page that stands by itself, and as files for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from html import escape

from waardig.kernel.days import date_text
from waardig.law.core.simulation import Simulation, Used, content_of
from waardig.law.core.simulation_tables import Grid, chart_of, csv_of, grids_of, head_told, row_told, title_of
from waardig.law.core.simulation_words import WORDS, notes_told
from waardig.law.terms import RuleSet

STYLE = """body { margin: 0 auto; max-width: 75rem; padding: 1rem; background: #faf6ee; color: #1d2b33;
  font: 1.0625rem/1.5 "Source Sans 3", system-ui, sans-serif; }
h1 { font-size: 1.875rem; line-height: 1.2; } h2 { font-size: 1.4375rem; margin-top: 2.5rem; }
h3 { font-size: 1.1875rem; margin: 1.5rem 0 0.5rem; }
td { white-space: nowrap; } .words td { white-space: normal; }
th:first-child { min-width: 8rem; }
.scroll { position: relative; overflow-x: auto; background: #fff; border: 1px solid #d9d2c5; }
.scroll:focus-visible { outline: 3px solid #11181c; }
table { border-collapse: collapse; width: 100%; font-size: 0.9375rem; }
th { line-height: 1.25; hyphens: auto; }
th, td { padding: 0.4rem 0.6rem; border-bottom: 1px solid #d9d2c5; text-align: right; vertical-align: top; }
th:first-child, td:first-child, .words th, .words td { text-align: left; }
caption { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
dt { font-weight: 700; } dd { margin: 0 0 0.5rem; overflow-wrap: anywhere; }
svg { width: 100%; height: auto; margin-top: 0.5rem; background: #fff; border: 1px solid #d9d2c5; }
@media print { body { background: #fff; } }"""


def files_of(found: Simulation, language: str) -> dict[str, str]:
    """The report as files by name: report.json, report.html, tables and charts. The same simulation, the same bytes."""
    grids = grids_of(found)
    content = json.dumps(content_of(found), ensure_ascii=False, indent=2)
    files = {"report.json": f"{content}\n", "report.html": page_of(found, grids, language)}
    for grid in grids:
        if grid.rows:
            files[f"tables/{grid.name}.csv"] = csv_of(grid)
        chart = chart_of(grid, language) if grid.rows else None
        if chart:
            files[f"charts/{grid.name}.svg"] = chart
    return files


def page_of(found: Simulation, grids: Sequence[Grid], language: str) -> str:
    """The report as one HTML page without scripts or other files."""
    words = WORDS[language]
    body = [
        f"<h1>{words['title']}</h1>",
        *_facts(_question(found, language)),
        *(f"<p><strong>{escape(note)}</strong></p>" for note in notes_told(found, language)),
        f"<p>{words['meaning']}</p>",
        f"<h2>{words['sweep'] if found.sweep else words['result']}</h2>",
    ]
    for grid in grids:
        body += _section(grid, language)
    body += [f"<h2>{words['read']}</h2>", f"<p>{words['explained']}</p>", f"<p>{words['caution']}</p>"]
    body += [f"<h2>{words['amounts']}</h2>", *_amounts(found, language)]
    body += [f"<h2>{words['cite']}</h2>", *_facts(_provenance(found, language))]
    head = (
        f'<!DOCTYPE html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{words['title']} {escape(found.law)}: {escape(found.output)}</title>\n<style>\n{STYLE}\n</style>\n"
    )
    return "\n".join([f"{head}</head>\n<body>\n<main>", *body, "</main>\n</body>\n</html>\n"])


def _facts(rows: Sequence[tuple[str, str]]) -> list[str]:
    return ["<dl>", *(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in rows), "</dl>"]


def _question(found: Simulation, language: str) -> list[tuple[str, str]]:
    words = WORDS[language]
    rows = [
        (words["law"], f"{found.law}: {found.output}"),
        (words["on"], date_text(found.on, language)),
        (words["changes"], "; ".join(found.changes)),
        (words["population"], f"{found.population.file} ({found.population.rows} {words['rows']})"),
    ]
    if found.parameters:
        rows.append((words["parameters"], ", ".join(f"{name} = {value}" for name, value in found.parameters.items())))
    return rows


def _section(grid: Grid, language: str) -> Iterator[str]:
    """A table with its chart."""
    words = WORDS[language]
    yield f"<h3>{escape(title_of(grid, language))}</h3>"
    if not any(row.counts for row in grid.rows):
        yield f"<p>{words['no_table']}</p>"
        return
    label = escape(title_of(grid, language))
    yield f'<div class="scroll" tabindex="0" role="region" aria-label="{label}">'
    rows = [row_told(grid, place, language) for place in range(len(grid.rows))]
    yield from _table(label, head_told(grid, language), rows)
    yield "</div>"
    if grid.unit and not grid.numeric:
        yield f"<p>{words['no_amounts']}</p>"
    chart = chart_of(grid, language)
    if chart:
        yield chart


def _table(caption: str, head: Sequence[str], rows: Sequence[Sequence[str]], kind: str = "") -> Iterator[str]:
    yield f"<table{kind}><caption>{caption}</caption><thead><tr>"
    yield "".join(f'<th scope="col">{escape(name)}</th>' for name in head)
    yield "</tr></thead><tbody>"
    for first, *rest in rows:
        told = "".join(f"<td>{escape(value)}</td>" for value in rest)
        yield f'<tr><th scope="row">{escape(first)}</th>{told}</tr>'
    yield "</tbody></table>"


def _amounts(found: Simulation, language: str) -> Iterator[str]:
    words = WORDS[language]
    head = (words["figure"], words["was"], words["status"], words["becomes"], words["status"])
    rows = [_amount(one, language) for one in found.amounts]
    label = words["amounts"]
    yield f'<div class="scroll" tabindex="0" role="region" aria-label="{label}">'
    yield from _table(label, head, rows, ' class="words"')
    yield "</div>"


def _amount(one: Used, language: str) -> list[str]:
    words = WORDS[language]
    sides = [(one.before, one.status_before, one.source_before), (one.after, one.status_after, one.source_after)]
    told = [f"{one.law}, {words['article']} {one.article}: {one.name}"]
    for value, status, source in sides:
        shown = f"{words[str(status)]}{f' ({source})' if source else ''}" if status else ""
        told += [value if value is not None else "-", shown]
    return told


def _provenance(found: Simulation, language: str) -> list[tuple[str, str]]:
    words = WORDS[language]
    checked = (
        words["checked_all"]
        if found.fallback
        else words["checked_told"].format(sample=found.checked.sample, edges=found.checked.edges)
    )
    rows = [
        (words["command"], found.command),
        (words["version"], found.version),
        (words["file"], f"{found.population.file}, sha256 {found.population.sha256}"),
        (words["rules_before"], _rules(found.before, language)),
    ]
    rows += [(words["rules_after"], _rules(found.after, language))] if found.after else []
    rows += [(f"{words['rules_after']}: {point.value}", f"sha256 {point.rule_set}") for point in found.points]
    engine = f"{found.engine} ({found.fallback})" if found.fallback else found.engine
    return [*rows, (words["engine"], engine), (words["checked"], checked)]


def _rules(found: RuleSet, language: str) -> str:
    words = WORDS[language]
    laws = ", ".join(f"{ref.id} {ref.valid_from or ''} ({words[str(ref.status)]})" for ref in found.laws)
    return f"sha256 {found.hash}; {laws}"
