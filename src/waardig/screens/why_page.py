"""Waarom: the law's own steps behind a message, read and judged again for the day of the case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal, cast
from uuid import UUID

from waardig.access.actions import ask
from waardig.access.terms import Request
from waardig.cases import actions as reading
from waardig.cases import queries as cases
from waardig.cases.queries import ExplainedFact, ExplainedStep, LawLayer
from waardig.cases.terms import Case, CaseKind, CaseState, Correction
from waardig.catalogue import queries as catalogue
from waardig.kernel.bilingual import Bilingual
from waardig.kernel.days import month_text
from waardig.kernel.period import month_start, months_back
from waardig.registers import queries as registers
from waardig.registers.terms import RegisterFact
from waardig.screens.addresses import Addresses
from waardig.screens.frames import address
from waardig.screens.message_pages import day_of
from waardig.screens.pages import why as pages
from waardig.screens.pages.frame import Frame
from waardig.screens.pages.words import Amount, Shown, Words
from waardig.screens.subject import Subject
from waardig.values import queries as values

Stage = Literal["proposal", "application", "decision"]


def why_page(subject: Subject, case: Case, frame: Frame, addresses: Addresses, *, back_href: str) -> pages.WhyPage:
    """The Why page of a case. The household is read for it (one line in the log a person)."""
    on = day_of(case)
    assuming = case.kind is CaseKind.PROPOSAL
    activity = catalogue.service(case.service).application_activity
    reader = reading.Reader(activity, subject.actor, case.id)
    household = reading.read_household(case.service, case, as_of=on, reader=reader)
    explained = reading.explain_household(case.service, household, on=on, assuming=assuming)
    doubts = {one.attribute: one for one in cases.corrections_of(subject.person, only_open=True)}
    numbered = enumerate(explained.steps, start=1)
    steps = tuple(explained_step(n, one, case, household.facts, doubts, addresses) for n, one in numbered)
    amount = case.amount_eurocent or explained.judgement.amount_eurocent
    return pages.WhyPage(
        frame=frame,
        back_href=back_href,
        about=subject.about,
        amount=Amount(amount) if amount else None,
        stage=_stage(case),
        counts=_counts(steps),
        considered=considered(case.service),
        weighing_href=address("public:service", case.service),
        groups=(pages.StepGroup(None, steps),),
        otherwise=tuple(_words(line) for line in explained.otherwise),
        computed_on=on,
        print_href="",
    )


def _stage(case: Case) -> Stage:
    if case.state is CaseState.DECIDED:
        return "decision"
    return "application" if case.kind is CaseKind.APPLICATION else "proposal"


def explained_step(
    number: int,
    step: ExplainedStep,
    case: Case,
    facts: tuple[RegisterFact, ...],
    doubts: Mapping[str, Correction],
    addresses: Addresses,
) -> pages.WhyStep:
    attributes = _attributes(step, case, day_of(case))
    doubted = next((doubts[name] for name in attributes if name in doubts), None)
    own = [f for f in facts if f.person == case.applicant and f.attribute in attributes]
    return pages.WhyStep(
        number=number,
        standing="corrected" if doubted else step.standing,
        claim=_words(step.heading),
        rule=_words(step.rule) if step.standing != "not_met" else _words(step.said),
        rows=step_rows(step, _windows(case)),
        laws=tuple(law_text(one) for one in step.laws),
        correct_href=addresses.correct(own[-1].fact_id) if own and not doubted else "",
        correction=pages.OpenCorrection(doubted.case.opened_on, doubted.answer_by) if doubted else None,
        older_than_year=step.is_old,
    )


def _attributes(step: ExplainedStep, case: Case, on: date) -> frozenset[str]:
    """The register attributes behind the facts of a step."""
    binding = cases.binding_of(case.service)
    bound = frozenset(cases.bound_inputs(on, case.service))
    names = [fact.input for fact in step.facts if fact.input in bound]
    return registers.attributes_needed(binding, names) - {binding.partner} if names else frozenset()


def _windows(case: Case) -> Mapping[str, Words]:
    """The period that each input looks back over, for inputs that look back."""
    on = day_of(case)
    known = cases.parameters(on, case.service)
    found = {}
    for name, bound in cases.binding_of(case.service).inputs.items():
        if bound.take == "months" and bound.aggregate != "count":
            count = int(str(known.get(str(bound.window), bound.window)))
            first, *_, last = (*months_back(on, count), month_start(on, -1))
            nl, en = (f"{_month(first, 'nl')} tot en met {_month(last, 'nl')}",
                      f"{_month(first, 'en')} up to and including {_month(last, 'en')}")  # fmt: skip
            found[name] = Words(nl, en)
    return found


def _month(day: date, language: str) -> str:
    return month_text(day.year, day.month, language)


def step_rows(step: ExplainedStep, windows: Mapping[str, Words]) -> tuple[pages.StepRow, ...]:
    """The rows under a step; `windows` says over which time a fact was taken."""
    rows: list[pages.StepRow] = []
    for fact in step.facts:
        rows += _fact_rows(fact, windows.get(fact.input))
    if step.standing == "presumed":
        rows.append(pages.StepRow("presumed", _words(step.said)))
        if step.who_looks:
            rows.append(pages.StepRow("who", _words(step.who_looks)))
    if step.standing == "unknown" and not step.facts:
        rows.append(pages.StepRow("value", _words(step.said)))
    return tuple(rows)


def _fact_rows(fact: ExplainedFact, period: Words | None) -> list[pages.StepRow]:
    value: Shown = Amount(int(fact.value)) if fact.show == "eurocent" and fact.value is not None else _words(fact.words)
    named = Words(f"({fact.label.nl.lower()})", f"({fact.label.en.lower()})") if fact.is_named else None
    rows = [pages.StepRow("value", value, named)]
    if period is not None and fact.value is not None:
        rows.append(pages.StepRow("period", period))
    if fact.source:
        rows.append(
            pages.StepRow("source", Words(cases.source_name(fact.source, "nl"), cases.source_name(fact.source, "en")))
        )
    if fact.is_dated_by_start and fact.dated and fact.value is not None:
        rows.append(pages.StepRow("established", fact.dated))
    elif fact.as_of:
        rows.append(pages.StepRow("seen", fact.as_of))
    return rows


def law_text(layer: LawLayer) -> pages.LawText:
    """The legal layer of a step."""
    nl = f"{layer.law}, artikel {layer.article}" + (f", lid {layer.paragraph}" if layer.paragraph else "")
    en = f"{layer.law}, article {layer.article}" + (f"({layer.paragraph})" if layer.paragraph else "")
    status = cast("Literal['published', 'recomputed', 'derived', 'older_text', 'unverified']", layer.status)
    return pages.LawText(Words(nl, en), layer.text, layer.url, _version(layer.version), status)


def _version(text: str) -> date:
    parts = [int(part) for part in text[:10].split("-")]
    return date(*[*parts, 1, 1][:3])


def _counts(steps: tuple[pages.WhyStep, ...]) -> pages.StepCounts:
    found = [step.standing for step in steps]
    return pages.StepCounts(
        total=len(found),
        met=found.count("met"),
        presumed=found.count("presumed"),
        unknown=found.count("unknown"),
        not_met=found.count("not_met"),
        corrected=found.count("corrected"),
    )


def considered(service: str) -> pages.Considered:
    """The six facts, generated from service package and dossier: never typed."""
    known = catalogue.service(service)
    topics = {step.topic.nl: step.topic for step in catalogue.why_page(service).steps if step.topic}
    sample = next((one for one in values.safeguards(service) if one.kind == "W08"), None)
    percent = float(getattr(sample, "percent", 0) or 0)
    return pages.Considered(
        purpose=_words(known.summary),
        attributes=tuple(_words(topic) for topic in topics.values()),
        never=tuple(_words(group.name) for group in known.forbidden),
        sample_one_in=round(100 / percent) if percent else None,
    )


def _words(text: Bilingual) -> Words:
    return Words(text.nl, text.en)


def explained_facts(subject: Subject, case: Case) -> tuple[RegisterFact, ...]:
    """The facts behind a case that are the subject's own, for "which value is wrong?"."""
    activity = catalogue.service(case.service).application_activity
    on = day_of(case)
    ticket = ask(
        Request(activity, cases.law_attributes(case.service, on), (subject.person,), subject.actor, on, case=case.id)
    )
    return registers.take(ticket)


def fact_with(facts: tuple[RegisterFact, ...], identity: UUID) -> RegisterFact | None:
    """The fact with this id, or None."""
    return next((fact for fact in facts if fact.fact_id == identity), None)
