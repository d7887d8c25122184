"""The scenarios of a law at the desk: each of them run, a red one with what was expected and every step."""

from __future__ import annotations

from pathlib import Path

from waardig.law.queries import Example, ScenarioResult
from waardig.screens.desk_pages import law_list_page as listed
from waardig.screens.desk_pages.law_page import newest
from waardig.screens.frames import address
from waardig.screens.pages import laws as pages
from waardig.screens.pages.frame import DeskFrame
from waardig.screens.pages.words import Link, Paging, Words
from waardig.screens.playing.pages import cases_of
from waardig.screens.playing.results import explained

SIZE = 25
PASSED: dict[str, pages.Passed] = {"passed": "green", "failed": "red", "skipped": "skipped"}


def scenarios_page(frame: DeskFrame, law_id: str, *, only_red: bool, page: int = 1) -> pages.ScenariosPage | None:
    """Every scenario of a law, the red ones first; None when there is no such law."""
    known = newest(law_id)
    if known is None:
        return None
    results = listed.scenarios_of(law_id)
    counts = listed.counted(results)
    shown = [one for one in results if one.status == "failed" or not only_red]
    shown.sort(key=lambda one: one.status != "failed")
    href = address("desk:law_scenarios", law_id)
    known_cases = {asked: _numbered(asked) for asked in {one.law for one in shown}}
    return pages.ScenariosPage(
        desk=frame,
        back_href=address("desk:law_version", known.id, known.key),
        law_name=known.name,
        scenarios=counts,
        lines=tuple(
            scenario_row(one, known_cases[one.law].get((one.file, one.at)))
            for one in shown[(page - 1) * SIZE : page * SIZE]
        ),
        other=_other(href, only_red=only_red, red=counts.red),
        paging=_paging(href, page, len(shown), only_red=only_red),
    )


def _numbered(law_id: str) -> dict[tuple[str, int], tuple[int, Example]]:
    """The cases of a law by where they stand, with their number on the page where one plays."""
    return {(case.file, case.line): (n, case) for n, case in enumerate(cases_of(law_id))}


def scenario_row(one: ScenarioResult, case: tuple[int, Example] | None) -> pages.ScenarioRow:
    """One scenario; case is its number and facts on the page where one plays with the law that it asks."""
    name, line = Path(one.file).name, one.line
    return pages.ScenarioRow(
        name=one.name,
        place=Words(f"{name}, regel {line}", f"{name}, line {line}"),
        passed=PASSED[one.status],
        message=one.message,
        output=one.output.replace("_", " "),
        expected=one.expected,
        found=one.found,
        steps=explained(case[1]) if case and one.status == "failed" else (),
        play_href=f"{address('desk:law_play', one.law)}?voorbeeld={case[0]}" if case else "",
    )


def _other(href: str, *, only_red: bool, red: int) -> Link | None:
    if only_red:
        return Link(Words("Laat alle scenario’s zien", "Show all scenarios"), href)
    return Link(Words("Laat alleen de rode zien", "Show the red ones only"), f"{href}?toon=rood") if red else None


def _paging(href: str, page: int, total: int, *, only_red: bool) -> Paging:
    last = max(1, -(-total // SIZE))
    base = f"{href}?toon=rood&" if only_red else f"{href}?"
    return Paging(
        number=page,
        total=last,
        previous_href=f"{base}pagina={page - 1}" if page > 1 else "",
        next_href=f"{base}pagina={page + 1}" if page < last else "",
    )
