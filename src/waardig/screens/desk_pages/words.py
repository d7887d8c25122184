"""What the pages of the desk say about cases: households, reasons, events, terms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from waardig.cases.terms import Assessment, CaseEvent, EventKind
from waardig.cases.terms.objections import Channel
from waardig.catalogue import queries as catalogue
from waardig.catalogue.terms import WhyStep
from waardig.screens.pages.words import Deadline, Words

UNKNOWN = "unknown:"
OWN_FLAGS: Mapping[str, Words] = {
    "something_wrong": Words("De inwoner zegt: er klopt iets niet.", "The resident says that something is wrong."),
    "household_changed": Words(
        "De inwoner zegt: met wie ik woon, is veranderd.", "The resident says that the household has changed."
    ),
    "short_form": Words(
        "De inwoner vertelde zelf wat wij niet wisten. Kijk dat na.",
        "The resident told what we did not know.",
    ),
    "other_amount": Words("Het bedrag is anders dan aangekondigd.", "The amount is other than announced."),
    "not_any_more": Words("Zonder aanvraag kan het nu niet meer.", "It is not possible unasked any more."),
    "no_account": Words("Wij kennen geen rekening.", "We know no account."),
    "not_readable": Words("Deze inwoner krijgt geen bijstand meer.", "This resident is not on assistance any more."),
    "partner_not_read": Words("De partner zette dit uit.", "The partner switched this off."),
    "deceased": Words("De inwoner is overleden.", "The resident has died."),
    "under_investigation": Words("Een gegeven wordt uitgezocht.", "A value is being looked into."),
    "under_guardianship": Words("De inwoner staat onder curatele.", "The resident is under guardianship."),
    "secret_address": Words("Het adres is geheim.", "The address is secret."),
    "facts_too_old": Words(
        "Wij vroegen de bron te lang geleden wat er nu geldt.", "We asked the source too long ago what holds now."
    ),
}
SAMPLE = Words("Steekproef: beslis zelf.", "Sample: decide yourself.")
NO_REASON = Words("Een mens moet beslissen.", "A person has to decide.")
REPORTED_AT_COUNTER = Words(
    "Aan het loket gemeld dat een gegeven niet klopt", "Reported at the counter that a value is wrong"
)
HOUSEHOLDS: Mapping[str, Words] = {
    "ALLEENSTAAND": Words("Alleenstaand", "Single"),
    "ALLEENSTAANDE_OUDER": Words("Alleenstaande ouder", "Single parent"),
    "PAAR": Words("Paar", "Couple"),
}
EVENTS: Mapping[EventKind, Words] = {
    EventKind.PROPOSED: Words("Voorstel gemaakt", "Proposal made"),
    EventKind.DECLINED: Words("Nee gezegd", "Said no"),
    EventKind.SAID_YES: Words("Ja gezegd", "Said yes"),
    EventKind.APPLIED: Words("Aanvraag ontvangen", "Application received"),
    EventKind.SOMETHING_WRONG: Words("Gezegd dat er iets niet klopt", "Said that something is wrong"),
    EventKind.ASSESSED: Words("Nagerekend op de dag van de aanvraag", "Computed for the day of the application"),
    EventKind.VIEWED: Words("Bekeken", "Looked at"),
    EventKind.DECIDED: Words("Besloten", "Decided"),
    EventKind.REPORTED: Words("Gemeld dat een gegeven niet klopt", "Reported that a value is wrong"),
    EventKind.FORWARDED: Words("Doorgegeven aan wie het gegeven bijhoudt", "Forwarded to the holder of the value"),
    EventKind.ANSWERED: Words("Antwoord gegeven", "Answered"),
    EventKind.NOTED: Words("Afspraak opgeschreven", "Agreement noted"),
    EventKind.LAPSED: Words("Voorstel verlopen", "Proposal lapsed"),
    EventKind.OBJECTED: Words("Bezwaar ontvangen", "Objection received"),
    EventKind.COMPLETED: Words("Bezwaar aangevuld", "Objection completed"),
    EventKind.HEARING_ANSWERED: Words("Gezegd of een gesprek gewenst is", "Said whether a talk is wanted"),
    EventKind.TAKEN: Words("Behandeling overgenomen", "Taken to handle"),
    EventKind.INVITED: Words("Uitgenodigd voor een gesprek", "Invited for a talk"),
    EventKind.HEARD: Words("Gesprek gehouden, verslag gemaakt", "Talk held, report made"),
    EventKind.POSTPONED: Words("Beslissing uitgesteld", "Decision put off"),
    EventKind.WITHDRAWN: Words("Ingetrokken", "Withdrawn"),
    EventKind.LOOK_ASKED: Words("Gevraagd om nog eens te kijken", "Asked to look again"),
    EventKind.TURNED: Words("Bezwaar geworden", "Turned into an objection"),
    EventKind.URGED: Words("Aanmaning ontvangen", "Notice of default received"),
    EventKind.SENT_ON: Words("Doorgestuurd naar een andere instantie", "Forwarded to another body"),
    EventKind.NOTHING_DUE: Words("Op tijd beslist na de aanmaning: geen dwangsom", "Decided in time: no penalty"),
    EventKind.ANNOUNCED: Words("Aangekondigd", "Announced"),
    EventKind.WAITS: Words("Wacht: wij vragen de bron opnieuw", "Waits: we ask the source again"),
    EventKind.TO_A_PERSON: Words("Er veranderde iets: een mens kijkt", "Something changed: a person looks"),
    EventKind.WAIVED: Words("Afgezien van het geld", "Gave up the money"),
}


def household_words(household_type: str) -> Words:
    """The type of household as people say it; an own type of a municipality in its own word."""
    own = household_type.replace("_", " ").capitalize()
    return HOUSEHOLDS.get(household_type, Words(own or "Nog niet bekend", own or "Not known yet"))


def service_words(service: str) -> Words:
    """The name of a service."""
    name = catalogue.service(service).name
    return Words(name.nl, name.en)


def why_here(assessment: Assessment | None, service: str) -> Words:
    """Why a case waits for a person; of a sampled case nothing that tells what was computed."""
    if assessment is None:
        return NO_REASON
    said = [OWN_FLAGS[code] for code in assessment.reasons if code in OWN_FLAGS]
    if assessment.sampled:
        said.insert(0, SAMPLE)
    else:
        topics = _topics(service)
        said += [_reason(code, topics) for code in assessment.reasons if code not in {*OWN_FLAGS, "sampled"}]
    lines = tuple(dict.fromkeys(said)) or (NO_REASON,)
    return Words(" ".join(line.nl for line in lines), " ".join(line.en for line in lines))


def reason_words(code: str, service: str) -> Words:
    """One reason code of the law in words."""
    return _reason(code, _topics(service))


def _topics(service: str) -> dict[str, Words]:
    """The everyday word behind an output or input of the law; an open norm by the heading of its step."""
    page = catalogue.why_page(service)
    found: dict[str, Words] = {}
    for step in (*page.steps, *page.also_checked):
        words = _topic(step)
        found.setdefault(step.output, words)
        for fact in step.facts:
            found.setdefault(fact.input, words)
    return found


def _topic(step: WhyStep) -> Words:
    if step.kind == "open_norm":
        return Words("uitzicht op meer inkomen", "prospect of more income")
    return (
        Words(step.topic.nl, step.topic.en) if step.topic else Words(step.heading.nl.lower(), step.heading.en.lower())
    )


def _reason(code: str, topics: Mapping[str, Words]) -> Words:
    name = code.removeprefix(UNKNOWN)
    topic = topics.get(name, Words(name.replace("_", " "), name.replace("_", " ")))
    start = Words(topic.nl[:1].upper() + topic.nl[1:], topic.en[:1].upper() + topic.en[1:])
    if code.startswith(UNKNOWN):
        return Words(f"{start.nl}: te weinig gegevens.", f"{start.en}: too little is known.")
    return Words(f"{start.nl}: voldoet niet volgens de gegevens.", f"{start.en}: not met according to the data.")


def event_words(event: CaseEvent) -> Words:
    """One line of the timeline."""
    if event.kind is EventKind.REPORTED and event.code == Channel.COUNTER.value:
        return REPORTED_AT_COUNTER
    return EVENTS.get(event.kind, Words(event.kind.value))


def event_by(event: CaseEvent) -> str:
    """Who did it, as the resident sees it too: an official by name, everybody else by what they are."""
    officials = catalogue.municipality().officials
    if event.actor_kind == "employee":
        known = officials.get(event.actor)
        return known.name if known else event.actor
    return {"resident": "de inwoner", "organisation": "de bewindvoerder"}.get(event.actor_kind, "de computer")


def days_late(due: date | None, today: date) -> int:
    """How many days a last day is past; 0 when it is not."""
    return max(0, (today - due).days) if due else 0


def deadline_of(due: date | None, today: date) -> Deadline:
    """Our last day with the days that are left, brick when it is past."""
    on = due or today
    late = days_late(due, today)
    if late:
        return Deadline("late", on, late)
    left = (on - today).days
    return Deadline("ours", on, left, consequence=Words(f"Nog {left} dagen.", f"{left} days left."))


def official_name(official: str) -> str:
    """How an official is called in the municipality's own list; the number of who is not in it any more."""
    known = catalogue.municipality().officials.get(official)
    return known.name if known else official
