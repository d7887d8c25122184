"""The entry of a service in the algorithm register, written from what is enforced. Pure.

Nothing here is typed by hand for one service: the weighing gives why and under which conditions, the published
activities the data and the law, the rule set how it is computed, the measurements how it goes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from waardig.accountability.terms import AlgorithmEntry, Category, RegisterContent, Status, TitledLink
from waardig.catalogue.terms import ActivityVersion, Municipality, Service, WhyPage
from waardig.kernel.bilingual import Bilingual
from waardig.kernel.days import date_text
from waardig.law.terms import RuleSet
from waardig.values.terms import Direction, Dossier, Measurement, Standing, State, Verdict

STANDS_STILL = timedelta(days=30)
"""After this the register calls a suspended algorithm out of use; it has no word for suspended."""
VERDICTS = {
    Verdict.PASSES: "voldoet",
    Verdict.WARNS: "voldoet, met een waarschuwing",
    Verdict.FAILS: "voldoet niet",
    Verdict.TOO_LITTLE_DATA: "te weinig gegevens om het te weten",
}
OVERSEEN_BY = ("W04", "W05", "W08")


@dataclass(frozen=True)
class Sources:
    """Everything an entry is made from.

    Attributes:
        labels: attribute id to its name and the name of its register.
        site: where the public pages stand, without a slash at the end.
    """

    content: RegisterContent
    service: Service
    town: Municipality
    why: WhyPage
    dossier: Dossier
    standing: Standing
    weighed: tuple[ActivityVersion, ...]
    all_versions: tuple[ActivityVersion, ...]
    rules: RuleSet
    labels: Mapping[str, tuple[Bilingual, Bilingual]]
    latest: Mapping[str, Measurement]
    site: str
    today: date


def entry_of(of: Sources) -> AlgorithmEntry:
    """The entry; its texts are cut at whole sentences where a form has no room for more."""
    status, started, ended = lifetime(of.dossier, of.standing, of.today)
    page = f"{of.site}/verantwoording/{of.service.id}/"
    first = of.weighed[0] if of.weighed else None
    return AlgorithmEntry(
        service=of.service.id,
        name=of.content.name,
        summary=fit([of.dossier.question.nl, _decided_by(of.dossier)], 399),
        organisation=f"{of.town.kind.nl} {of.town.name}",
        themes=of.content.themes,
        status=status,
        started=started,
        ended=ended,
        contact=of.content.contact or of.town.email,
        page=page,
        category=of.content.category,
        source=f"{of.site}/verantwoording/algoritmes/{of.service.id}/publicatiestandaard.json",
        goal=fit([of.dossier.occasion.nl, *(one.activity.purpose.nl for one in of.weighed), of.content.impact], 2499),
        considerations=fit(_considerations(of.dossier), 2499, page),
        human=fit(_human(of), 2499, page),
        risks=fit(_risks(of), 2499, page),
        legal_text=fit(_legal_sentences(of.all_versions), 2499, page),
        legal=_legal_links(of),
        processing=first.uri if first else "",
        assessments=_assessments(of.dossier, page),
        assessments_explained=of.content.assessments_explained,
        data=fit(_data(of), 2499, page),
        data_sources=_data_sources(of),
        operation=fit(_operation(of), 4999, page),
        supplier=of.content.supplier,
        source_code=of.content.source_code,
        search_terms=of.content.search_terms,
        source_id=f"{of.service.id}-{of.dossier.version}",
    )


def lifetime(dossier: Dossier, standing: Standing, today: date) -> tuple[Status, str | None, str | None]:
    """Status, first month and last month as the register has words for them."""
    told, decision = dossier.announcement, dossier.decision
    started = told.first_run_not_before if told else None
    month = _month(started) if started else None
    if standing.state is State.WITHDRAWN and dossier.withdrawn_on:
        return Status.ENDED, month, _month(dossier.withdrawn_on)
    if standing.state is State.EXPIRED and decision:
        return Status.ENDED, month, _month(decision.valid_until)
    stopped = standing.suspension
    if stopped and today - stopped.suspended_on > STANDS_STILL:
        return Status.ENDED, month, _month(stopped.suspended_on)
    if standing.state in (State.DECIDED, State.SUSPENDED) and started and started <= today:
        return Status.USED, month, None
    return Status.DEVELOPED, month, None


def _month(day: date) -> str:
    return f"{day.year:04d}-{day.month:02d}"


def fit(sentences: Iterable[str], longest: int, more: str = "") -> str:
    """As many whole sentences as fit; where some do not, the last says where to read on.

    Example:
        >>> fit(["Een.", "Twee.", "Drie."], 16, "https://x.nl")
        'Een.'
    """
    told = [one.strip() for one in sentences if one.strip()]
    whole = " ".join(told)
    if len(whole) <= longest:
        return whole
    end = f" Lees alles op {more}" if more else ""
    while told and len(" ".join(told) + end) > longest:
        told.pop()
    if told:
        return " ".join(told) + end
    return whole[: longest - 1].rsplit(" ", 1)[0] + "…"


def _decided_by(dossier: Dossier) -> str:
    who = dossier.decision.body if dossier.decision else ""
    return f"Een medewerker beslist; {who} besloot dat dit zo mag." if who else ""


def _considerations(dossier: Dossier) -> list[str]:
    choice = dossier.choice
    said = [choice.reasons.nl] if choice else []
    if choice and choice.deviation:
        said.append(choice.deviation.nl)
    said.append("De keuzes waren: " + "; ".join(option.name.nl.lower() for option in dossier.options) + ".")
    for direction, start in ((Direction.SERVED, "Wat erbij wint"), (Direction.HARMED, "Wat eronder lijdt")):
        bars = [one for one in dossier.values if one.direction is direction]
        said += [f"{start}: {one.label.nl.lower()} ({one.weight} van 5)." for one in bars]
    said += [f"{one.therefore.nl}" for one in dossier.values if one.therefore]
    said += [f"{one.party.nl[:1].upper()}{one.party.nl[1:]}: {one.text.nl}" for one in dossier.positions if one.public]
    return said


def _human(of: Sources) -> list[str]:
    guards = [one for one in of.dossier.safeguards if one.kind in OVERSEEN_BY]
    said = [one.sentence.nl for one in guards]
    if not any(one.activity.automated for one in of.all_versions):
        said.append("Geen enkel besluit wordt door de computer genomen.")
    decree = of.town.mandate_decree
    said.append(f"Wie mag beslissen, staat in het {decree.name.nl}.")
    return [*said, *_stands_still(of.standing)]


def _stands_still(standing: Standing) -> list[str]:
    if standing.suspension is None:
        return []
    day = date_text(standing.suspension.suspended_on, "nl")
    return [f"De dienst staat stil sinds {day}. {standing.suspension.reason}"]


def _risks(of: Sources) -> list[str]:
    said = _stands_still(of.standing)
    for guard in of.dossier.safeguards:
        said.append(f"{guard.sentence.nl} {_measured(of.latest.get(guard.id))}")
    said.append("Voldoet een voorwaarde niet, dan stopt de dienst vanzelf. Aanvragen, bezwaar en inzage gaan door.")
    return [*said, *(f"Wat overblijft: {risk.text.nl}" for risk in of.dossier.residual_risks)]


def _measured(last: Measurement | None) -> str:
    if last is None:
        return "Dit is nog niet gemeten."
    return f"Gemeten op {date_text(last.measured_on, 'nl')}: {VERDICTS[last.finding.verdict]}."


def _legal_sentences(versions: Sequence[ActivityVersion]) -> list[str]:
    found = [(one.sentence.nl, one.law, one.article) for version in versions for one in version.activity.legal_basis]
    return [f"{sentence} ({law}, artikel {article})" for sentence, law, article in dict.fromkeys(found)]


def _legal_links(of: Sources) -> tuple[TitledLink, ...]:
    own = [one for version in of.all_versions for one in version.activity.legal_basis]
    links = [TitledLink(f"{one.law}, artikel {one.article}"[:99], secure(one.url)) for one in own]
    links += [TitledLink(ref.name[:99], secure(ref.url)) for ref in of.rules.laws if ref.url and ref.name]
    by_address = {one.href: one for one in reversed(links)}
    return tuple(one for one in dict.fromkeys(links) if by_address[one.href] == one)


def secure(address: str) -> str:
    """The same address over https; European law is cited with http in its own identifiers."""
    return address.replace("http://", "https://", 1) if address.startswith("http://") else address


def _assessments(dossier: Dossier, page: str) -> tuple[TitledLink, ...]:
    found = [TitledLink("Data Protection Impact Assessment (DPIA)")] if dossier.dpia else []
    return (*found, TitledLink("Weging van publieke waarden", page))


def _data(of: Sources) -> list[str]:
    said = []
    for attribute, necessity in _necessities(of.weighed).items():
        name, register = of.labels.get(attribute, (Bilingual(attribute, attribute), Bilingual("", "")))
        source = f" ({register.nl})" if register.nl else ""
        said.append(f"{name.nl}{source}: {necessity}")
    never = ", ".join(group.name.nl for group in of.service.forbidden)
    return [*said, f"Nooit gebruikt: {never}."] if never else said


def _necessities(versions: Sequence[ActivityVersion]) -> dict[str, str]:
    return {one.id: one.necessity.nl for version in versions for one in version.activity.attributes}


def _data_sources(of: Sources) -> tuple[TitledLink, ...]:
    names = [of.labels[one][1].nl for one in _necessities(of.weighed) if one in of.labels]
    return tuple(TitledLink(name) for name in dict.fromkeys(names))


def _operation(of: Sources) -> list[str]:
    steps = [step.heading.nl.rstrip(".") for step in of.why.steps]
    laws = [f"{ref.name or ref.id} ({ref.valid_from})" for ref in of.rules.laws]
    category = "" if of.content.category is Category.A else of.content.category_reason
    return [
        "De regels van de wet staan in een programma dat iedereen kan lezen.",
        "De computer past ze stap voor stap toe, bij iedereen gelijk.",
        "Er is geen zelflerend model en geen risicoscore.",
        f"Invoer: {len(_necessities(of.weighed))} gegevens.",
        "Stappen: " + "; ".join(steps) + "." if steps else "",
        "Uitkomst: waarschijnlijk recht en een bedrag, of een mens kijkt.",
        "Weet de computer iets niet, dan zegt hij dat. Hij zegt nooit ongevraagd nee.",
        f"Regels: {', '.join(laws)}.",
        f"Vingerafdruk van de regels (sha-256): {of.rules.hash}.",
        category,
    ]
