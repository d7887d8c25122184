"""Wetten: every law of the library and of the municipality, with its versions and how its scenarios go."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import urlencode

from waardig.cases import queries as cases
from waardig.kernel.clock import business_today
from waardig.kernel.content import content_roots
from waardig.kernel.legal_source import Status
from waardig.law import queries as law
from waardig.law.queries import ScenarioResult, VersionInBook
from waardig.screens.desk_pages import law_words
from waardig.screens.frames import address
from waardig.screens.pages import laws as pages
from waardig.screens.pages.forms import Option
from waardig.screens.pages.frame import DeskFrame
from waardig.screens.pages.words import Paging, Words

SIZE = 20
MOST_SEARCH = 80
NATIONAL = "landelijk"
STATUSES = {
    Status.PUBLISHED: Words("gepubliceerd", "published"),
    Status.RECOMPUTED: Words("zelf nagerekend", "recomputed"),
    Status.DERIVED: Words("afgeleid uit een ander bedrag", "derived from another amount"),
    Status.OLDER_TEXT: Words("oudere tekst", "older text"),
    Status.UNVERIFIED: Words("nog niet gecontroleerd", "not verified yet"),
}


@dataclass(frozen=True)
class Law:
    """A law with all of its versions; shown is the one that holds today, else the newest."""

    versions: tuple[VersionInBook, ...]
    shown: VersionInBook


@dataclass(frozen=True)
class Filter:
    """What was asked of the list; "" is everything."""

    search: str = ""
    layer: str = ""
    place: str = ""
    status: str = ""

    def fits(self, one: Law) -> bool:
        """Whether a law is what was asked."""
        shown = one.shown
        words = f"{shown.name} {shown.id.replace('_', ' ')} {shown.id}".lower()
        return (
            all(part in words for part in self.search.lower().split())
            and self.layer in ("", shown.layer)
            and self.place in ("", shown.scope or NATIONAL)
            and self.status in ("", shown.status.value)
        )

    @property
    def query(self) -> str:
        """The filter as it stands in an address."""
        asked = {"zoek": self.search, "laag": self.layer, "gebied": self.place, "status": self.status}
        return urlencode({name: value for name, value in asked.items() if value})


def filter_of(asked: Mapping[str, str]) -> Filter:
    """What an address asks."""
    return Filter(
        asked.get("zoek", "").strip()[:MOST_SEARCH],
        asked.get("laag", "")[:40],
        asked.get("gebied", "")[:40],
        asked.get("status", "")[:40],
    )


def laws(today: date) -> tuple[Law, ...]:
    """Every law by name."""
    found = []
    for _, group in groupby(law.versions_in(cases.book()), key=lambda one: one.id):
        versions = tuple(group)
        shown = next((one for one in reversed(versions) if one.holds_on(today)), versions[-1])
        found.append(Law(versions, shown))
    return tuple(found)


def list_page(frame: DeskFrame, asked: Filter, *, page: int = 1) -> pages.LawListPage:
    """The laws that fit, a page at a time; only the scenarios of the laws on this page are run."""
    today = business_today()
    known = laws(today)
    fitting = [one for one in known if asked.fits(one)]
    return pages.LawListPage(
        desk=frame,
        action=address("desk:laws"),
        try_href=address("desk:law_try"),
        search=asked.search,
        layers=_options((one.shown.layer for one in known), asked.layer, law_words.layer_words),
        places=_options((one.shown.scope or NATIONAL for one in known), asked.place, _place),
        statuses=_options((one.shown.status.value for one in known), asked.status, lambda one: STATUSES[Status(one)]),
        total=len(fitting),
        lines=tuple(_line(one, today) for one in fitting[(page - 1) * SIZE : page * SIZE]),
        clear_href=address("desk:laws") if asked.query else "",
        paging=_paging(page, len(fitting), asked.query),
    )


def _place(code: str) -> Words:
    return law_words.place_words("" if code == NATIONAL else code)


def _options(values: Iterable[str], chosen: str, words: Callable[[str], Words]) -> tuple[Option, ...]:
    found = sorted(((words(value), value) for value in set(values)), key=lambda pair: pair[0].nl)
    everything = Option("", Words("alles", "everything"), chosen=not chosen)
    return (everything, *(Option(value, said, chosen=value == chosen) for said, value in found))


def _line(one: Law, today: date) -> pages.LawLine:
    shown = one.shown
    return pages.LawLine(
        name=shown.name,
        href=address("desk:law_version", shown.id, shown.key),
        kind=law_words.kind_words(shown.layer, shown.scope),
        versions=len(one.versions),
        period=law_words.period_words(shown, today),
        status=shown.status.value,
        scenarios=counted(scenarios_of(shown.id)),
        scenarios_href=address("desk:law_scenarios", shown.id),
    )


def scenarios_of(law_id: str) -> tuple[ScenarioResult, ...]:
    """Every scenario of a law, run."""
    return law.scenarios_of(cases.book(), content_roots(), law_id)


def counted(results: Iterable[ScenarioResult]) -> pages.Counted:
    """How many are green, red and skipped."""
    states = [one.status for one in results]
    return pages.Counted(states.count("passed"), states.count("failed"), states.count("skipped"))


def _paging(page: int, total: int, query: str) -> Paging:
    last = max(1, -(-total // SIZE))
    base = f"{address('desk:laws')}?{query}&" if query else f"{address('desk:laws')}?"
    return Paging(
        number=page,
        total=last,
        previous_href=f"{base}pagina={page - 1}" if page > 1 else "",
        next_href=f"{base}pagina={page + 1}" if page < last else "",
    )
