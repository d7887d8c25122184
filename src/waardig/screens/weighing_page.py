"""Verantwoording: the public page about a weighed service.

Only counts come here, small ones merged or left out (kernel.small_cells); never a person.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from waardig.accountability.queries import figures, measured
from waardig.accountability.terms import NoSuchRound, PublicMeasurement
from waardig.catalogue import queries as catalogue
from waardig.catalogue.terms import UnknownService
from waardig.kernel.bilingual import Bilingual
from waardig.kernel.clock import business_today
from waardig.screens.frames import address
from waardig.screens.pages import weighing as pages
from waardig.screens.pages.frame import Frame
from waardig.screens.pages.words import Link, Words
from waardig.screens.public_pages.dossier import TOO_FEW
from waardig.screens.public_pages.figures import FIRST, NAMES
from waardig.values import queries as values
from waardig.values.terms import Bar, Condition, NoDossier, PublicView, State, Verdict

Shown = Literal["met", "failed", "too_little", "never"]
VERDICTS: dict[Verdict, Shown] = {
    Verdict.PASSES: "met",
    Verdict.WARNS: "met",
    Verdict.FAILS: "failed",
    Verdict.TOO_LITTLE_DATA: "too_little",
}
GOES_ON = Words(
    "Uw aanvraag, bezwaar en inzage gaan gewoon door. Zei u al ja? Dan krijgt u uw besluit.",
    "Your application, objection and access go on. Did you say yes? Then you get your decision.",
)


class NothingPublic(Exception):
    """No decided weighing of this service, or no such service: the same answer for both."""


def view_of(service: str) -> PublicView:
    """The public view of a service.

    Raises:
        NothingPublic: nothing was decided about it, or there is no such service.
    """
    try:
        catalogue.service(service)
        return values.public_view(service)
    except (UnknownService, NoDossier) as nothing:
        raise NothingPublic from nothing


def weighing_page(view: PublicView, frame: Frame) -> pages.WeighingPage:
    """The page of one service."""
    today = business_today()
    latest = measured.latest(view.service)
    against = [one for one in view.positions if one.stance == "against"]
    return pages.WeighingPage(
        frame=frame,
        back_href=address("public:services"),
        title=_words(view.title),
        answer=_answer(view),
        state=state_of(view, today),
        decided_on=view.decided_on,
        valid_until=view.valid_until,
        starts_on=view.first_run_not_before if view.first_run_not_before > today else None,
        suspension=_suspension(view),
        body=_body(view),
        gaining=tuple(_bar(bar) for bar in view.served),
        harmed=tuple(_bar(bar) for bar in view.harmed),
        gain_sum=view.served_weight,
        harm_sum=view.harmed_weight,
        options=tuple(pages.WeighedOption(_words(one.name), _words(one.text), one.chosen) for one in view.options),
        against=_against([one.text for one in against]),
        opinions=Link(
            Words("Lees alle meningen en het advies over privacy", "Read all opinions and the advice about privacy"),
            address("public:opinions", view.service),
        ),
        conditions=tuple(_condition(one, latest.get(one.id)) for one in view.conditions),
        round=_round(view.service),
        more=_more(view.service),
        question_href=address("public:questions", view.service),
        check_href=address("portal:check"),
    )


def _answer(view: PublicView) -> Words:
    """What the service does, and in bold what was decided about it."""
    return Words(f"{view.question.nl} **{view.answer.nl}**", f"{view.question.en} **{view.answer.en}**")


def _body(view: PublicView) -> Words:
    """The deciding body in short: "het college" of "het college van burgemeester en wethouders van X"."""
    known = {"college": Words("het college", "the college"), "raad": Words("de raad", "the council")}
    return next((words for name, words in known.items() if name in view.body.lower()), Words(view.body))


def state_of(view: PublicView, today: date) -> pages.State:
    """How a service stands, as a chip says it."""
    if view.state is State.SUSPENDED:
        return "suspended"
    if view.state in (State.EXPIRED, State.WITHDRAWN):
        return "expired"
    if view.state is not State.DECIDED:
        return "draft"
    return "announced" if view.first_run_not_before > today else "in_use"


def _suspension(view: PublicView) -> pages.Suspension | None:
    if view.suspended_since is None:
        return None
    return pages.Suspension(view.suspended_since, Words(view.suspended_because or ""), GOES_ON)


def _against(sentences: list[Bilingual]) -> Words | None:
    if not sentences:
        return None
    return Words(" ".join(text.nl for text in sentences), " ".join(text.en for text in sentences))


def _bar(bar: Bar) -> pages.WeighedValue:
    """A value; the page itself writes "Daarom:" before the safeguard."""
    therefore = bar.therefore
    safeguard = Words(_rest(therefore.nl, "Daarom:"), _rest(therefore.en, "So:")) if therefore else None
    return pages.WeighedValue(_words(bar.label), bar.weight, _words(bar.because), safeguard)


def _rest(text: str, start: str) -> str:
    return text.removeprefix(start).strip()


def _condition(one: Condition, last: PublicMeasurement | None) -> pages.Condition:
    """A condition with its last measurement; a number of few people is not named."""
    told = _words(last.words) if last and last.words else TOO_FEW
    return pages.Condition(
        words=_words(one.title),
        measured=told if last else None,
        on=last.on if last else None,
        verdict=VERDICTS[last.verdict] if last else "never",
    )


def _round(service: str) -> pages.RoundFigures | None:
    """The figures of the newest round that were published; what could give somebody away is left out."""
    try:
        found = figures.latest(service)
    except NoSuchRound:
        return None
    counts = [(NAMES[name], found.figures.figure(name)) for name in FIRST]
    granted = found.figures.amounts.get("granted_amounts")
    return pages.RoundFigures(
        on=found.round_on,
        counts=tuple(pages.RoundCount(words, count) for words, count in counts if count is not None),
        paid_eurocent=granted.eurocent if granted else None,
        as_of=found.as_of,
        download_href=address("public:figures", service),
        rounds_href=address("public:rounds", service),
        rounded=bool(granted and granted.step),
    )


MORE = (
    ("measurements", Words("Alle metingen van de voorwaarden", "All measurements of the conditions")),
    ("standstill", Words("Wanneer stond deze dienst stil?", "When did this service stand still?")),
    ("decisions", Words("Alle besluiten over deze dienst", "All decisions on this service")),
    ("algorithm", Words("In het algoritmeregister", "In the algorithm register")),
)


def _more(service: str) -> tuple[Link, ...]:
    return tuple(Link(words, address(f"public:{name}", service)) for name, words in MORE)


def _words(text: Bilingual) -> Words:
    return Words(text.nl, text.en)
