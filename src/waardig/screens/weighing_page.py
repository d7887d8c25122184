"""Verantwoording: the public page about a weighed service, its figures as a file, and the list of services.

Only counts come here, small ones merged or left out (values.core.small_figures); never a person.
"""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO
from typing import Literal

from waardig.cases.queries.desk import answers_of_run
from waardig.catalogue import queries as catalogue
from waardig.catalogue.terms import UnknownService
from waardig.kernel.bilingual import Bilingual
from waardig.kernel.clock import business_today
from waardig.proposals import queries as proposals
from waardig.proposals.terms import RoundUnknown
from waardig.screens.frames import address
from waardig.screens.pages import weighing as pages
from waardig.screens.pages.frame import Frame
from waardig.screens.pages.words import Words
from waardig.values import queries as values
from waardig.values.terms import Bar, Condition, Figures, NoDossier, PublicView, RoundNumbers, State, Verdict

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
FIGURES: tuple[tuple[str, Words], ...] = (
    ("clients", Words("Mensen met bijstand", "People on assistance")),
    ("opted_out", Words("Meldden zich af", "Opted out")),
    ("looked_at", Words("Bekeken", "Looked at")),
    ("proposals", Words("Kregen een voorstel", "Got a proposal")),
    ("answered_yes", Words("Zeiden ja", "Said yes")),
    ("answered_no", Words("Zeiden nee", "Said no")),
    ("granted", Words("Toegekend", "Granted")),
    ("refused_or_open", Words("Afgewezen of nog bezig", "Refused or still open")),
)


class NothingPublic(Exception):
    """No decided weighing of this service, or no such service: the same answer for both."""


def services_page(frame: Frame) -> pages.ServicesPage:
    """Every service that looks for people of its own accord and was weighed."""
    found = []
    for service in catalogue.services():
        try:
            view = values.public_view(service.id)
        except NoDossier:
            continue
        found.append(
            pages.ServiceLine(
                name=_words(service.name),
                summary=_words(service.summary),
                href=address("public:service", service.id),
                state=_state(view, business_today()),
            )
        )
    return pages.ServicesPage(frame, tuple(found))


def view_of(service: str) -> PublicView:
    """The public view of a service with the counts of its newest round.

    Raises:
        NothingPublic: nothing was decided about it, or there is no such service.
    """
    try:
        catalogue.service(service)
        return values.public_view(service, numbers=_numbers(service))
    except (UnknownService, NoDossier) as nothing:
        raise NothingPublic from nothing


def _numbers(service: str) -> RoundNumbers | None:
    try:
        run = proposals.latest_run(service)
    except RoundUnknown:
        return None
    opted_out, answers = proposals.opted_out_of(run.id), answers_of_run(run.id)
    return RoundNumbers(
        round_on=run.as_of,
        as_of=business_today(),
        clients=opted_out + run.items,
        opted_out=opted_out,
        looked_at=run.items,
        proposals=proposals.proposals_of(run.id),
        answered_yes=answers.yes,
        answered_no=answers.no,
        granted=answers.granted,
        refused_or_open=answers.yes - answers.granted,
        paid_eurocent=answers.granted_eurocent,
    )


def weighing_page(view: PublicView, frame: Frame) -> pages.WeighingPage:
    """The page of one service."""
    today = business_today()
    against = [one for one in view.positions if one.stance == "against"]
    return pages.WeighingPage(
        frame=frame,
        back_href=address("public:services"),
        title=_words(view.title),
        answer=_answer(view),
        state=_state(view, today),
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
        opinions=None,
        conditions=tuple(_condition(one) for one in view.conditions),
        round=_round(view.figures, view.service) if view.figures else None,
        question_href="",
        check_href=address("portal:check"),
    )


def _answer(view: PublicView) -> Words:
    """What the service does, and in bold what was decided about it."""
    return Words(f"{view.question.nl} **{view.answer.nl}**", f"{view.question.en} **{view.answer.en}**")


def _body(view: PublicView) -> Words:
    """The deciding body in short: "het college" of "het college van burgemeester en wethouders van X"."""
    known = {"college": Words("het college", "the college"), "raad": Words("de raad", "the council")}
    return next((words for name, words in known.items() if name in view.body.lower()), Words(view.body))


def _state(view: PublicView, today: date) -> pages.State:
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


def _condition(one: Condition) -> pages.Condition:
    return pages.Condition(
        words=_words(one.title),
        measured=_words(one.measured) if one.measured else None,
        on=one.measured_on,
        verdict=VERDICTS[one.verdict] if one.verdict else "never",
    )


def _round(figures: Figures, service: str) -> pages.RoundFigures:
    """The figures that may be shown; what could give somebody away is left out."""
    counts = [(words, getattr(figures, name)) for name, words in FIGURES]
    return pages.RoundFigures(
        on=figures.round_on,
        counts=tuple(pages.RoundCount(words, count) for words, count in counts if count is not None),
        paid_eurocent=figures.paid_eurocent,
        as_of=figures.as_of,
        download_href=address("public:figures", service),
    )


def figures_csv(view: PublicView) -> str | None:
    """The figures of the newest round as text with semicolons; a figure that is not shown is empty. None: no round."""
    if view.figures is None:
        return None
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(["cijfer", "figure", "aantal"])
    writer.writerow(["Ronde van", "Round of", view.figures.round_on.isoformat()])
    writer.writerow(["Stand van", "As of", view.figures.as_of.isoformat()])
    for name, words in FIGURES:
        writer.writerow([words.nl, words.en, _cell(getattr(view.figures, name))])
    writer.writerow(["Toegekend in eurocent", "Granted in eurocent", _cell(view.figures.paid_eurocent)])
    return out.getvalue()


def _cell(count: int | None) -> str:
    return "" if count is None else str(count)


def _words(text: Bilingual) -> Words:
    return Words(text.nl, text.en)
