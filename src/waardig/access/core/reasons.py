"""The words of a refusal: every reason code of the gate (access/sql) in Dutch and English, without personal data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from waardig.access.terms import Reason

_UNKNOWN = ("Deze toegang is geweigerd.", "Access is refused ({code}).")

# Reasons that only the decision for others knows (core/deciding.py); the database gives the rest.
FOR_CALLERS: Mapping[str, tuple[str, str]] = {
    "activity_missing": (
        "Er is niet gezegd voor welke verwerking dit is: action.properties.processing_activity_id ontbreekt.",
        "The processing activity was not named: action.properties.processing_activity_id is missing.",
    ),
    "activity_not_yours": (
        "Voor de verwerking {activity} mag deze aanroeper niets vragen.",
        "This caller may not ask about the processing activity {activity}.",
    ),
    "not_permitted": (
        "{activity} staat dit niet toe: {action} bij {resource}.",
        "{activity} does not permit this: {action} on {resource}.",
    ),
    "time_invalid": (
        "context.time is geen tijdstip volgens RFC 3339.",
        "context.time is no moment as RFC 3339 writes it.",
    ),
    "decision_failed": (
        "Wij kunnen dit nu niet beoordelen. Daarom is het antwoord nee.",
        "This cannot be judged now, so the answer is no.",
    ),
}

TEXTS: Mapping[str, tuple[str, str]] = {
    "activity_unknown": (
        "De verwerking {activity} staat niet in het verwerkingsregister.",
        "The processing activity {activity} is not in the register.",
    ),
    "activity_not_declared": (
        "Deze pagina of taak heeft niet gezegd dat zij gegevens gebruikt voor {activity}. Daarom krijgt zij ze niet.",
        "{running} did not declare the activity {activity}, or not for what it asked.",
    ),
    "activity_not_active": (
        "De verwerking {activity} is niet actief ({status}).",
        "The processing activity {activity} is not active ({status}).",
    ),
    "activity_not_yet": (
        "De verwerking {activity} begint op {from}.",
        "The processing activity {activity} starts on {from}.",
    ),
    "activity_over": (
        "De verwerking {activity} is gestopt na {until}.",
        "The processing activity {activity} ended after {until}.",
    ),
    "actor_not_allowed": (
        "Deze rol mag {activity} niet doen: {kind} {role}.",
        "This actor may not do {activity}: {kind} {role}.",
    ),
    "attributes_surplus": (
        "Er is meer gevraagd dan {activity} nodig heeft: {attributes}.",
        "More was asked than {activity} holds: {attributes}.",
    ),
    "attributes_never_in_bulk": (
        "Deze gegevens mag geen enkele dienst uit zichzelf opvragen: {attributes}.",
        "No service may read these attributes of its own accord: {attributes}.",
    ),
    "attributes_missing": ("Er is geen gegeven gevraagd.", "No attribute was asked."),
    "persons_missing": ("Er is geen persoon genoemd.", "No person was named."),
    "persons_too_many": (
        "Er zijn {count} personen gevraagd; {most} is het hoogste aantal per keer.",
        "{count} persons were asked; {most} is the most at a time.",
    ),
    "ceiling_reached": (
        "U vroeg vandaag al gegevens van {most} personen. Meer mag niet op 1 dag. Morgen kan het weer. "
        "Kan het niet wachten? Vraag een collega.",
        "This actor asked about {most} persons under {activity} today; more is not allowed in a day. "
        "It works again tomorrow, or for a colleague.",
    ),
    "as_of_in_future": (
        "De peildatum {as_of} ligt na vandaag ({today}).",
        "The as-of date {as_of} lies after today ({today}).",
    ),
    "as_of_too_early": (
        "{service} mag alleen kijken naar een dag vanaf {from}.",
        "{service} may only look at a day from {from}, as known in the last 31 days.",
    ),
    "population_outside": (
        "{count} van de gevraagde personen vallen buiten de groep van deze verwerking.",
        "{count} of the persons asked are outside the population of this activity.",
    ),
    "population_unavailable": (
        "Wij kunnen nu niet nagaan om wie het mag gaan ({kind}).",
        "It cannot be established who is inside the population ({kind}).",
    ),
    "opted_out": (
        "{count} van de gevraagde personen hebben zich afgemeld.",
        "{count} of the persons asked have opted out.",
    ),
    "rule_set_missing": (
        "Er is niet gezegd welke regels de gegevens gebruiken ({service}).",
        "The rule set that uses the data was not named ({service}).",
    ),
    "weighing_missing": (
        "Voor {service} is geen weging vastgesteld.",
        "No weighing has been decided for {service}.",
    ),
    "weighing_not_yet": (
        "De weging van {service} geldt pas vanaf {from}.",
        "The weighing of {service} holds only from {from}.",
    ),
    "weighing_other_activity": (
        "De weging van {service} gaat niet over {activity}.",
        "The weighing of {service} does not cover {activity}.",
    ),
    "weighing_other_version": (
        "De verwerking {activity} is veranderd na het besluit over de weging van {service}.",
        "Activity {activity} (version {version}) changed after the weighing of {service} was decided.",
    ),
    "weighing_other_rule_set": (
        "De regels van {service} zijn veranderd na het besluit over de weging.",
        "The rules of {service} changed after the weighing was decided: {rule_set} is not covered.",
    ),
    "weighing_other_attributes": (
        "De weging van {service} gaat niet over deze gegevens: {attributes}.",
        "The weighing of {service} does not cover these attributes: {attributes}.",
    ),
    "dpia_missing": (
        "Voor {service} ontbreekt de gegevensbeschermingseffectbeoordeling (AVG artikel 35).",
        "The data protection impact assessment of {service} is missing (GDPR article 35).",
    ),
    "advice_missing": (
        "Voor {service} ontbreekt het advies van de functionaris gegevensbescherming.",
        "The advice of the data protection officer on {service} is missing.",
    ),
    "announcement_missing": (
        "{service} is nog niet aangekondigd.",
        "{service} has not been announced.",
    ),
    "announcement_running": (
        "De aankondiging van {service} loopt tot {until}.",
        "The announcement of {service} runs until {until}.",
    ),
    "weighing_expired": (
        "De weging van {service} gold tot en met {on}.",
        "The weighing of {service} expired on {on}.",
    ),
    "suspended": (
        "{service} staat stil sinds {since}.",
        "{service} has been suspended since {since}: {why}",
    ),
    "selection_not_allowed": (
        "{activity} mag geen groep personen kiezen.",
        "{activity} may not select a population.",
    ),
    "numbers_not_allowed": (
        "{activity} mag geen burgerservicenummer opzoeken.",
        "{activity} may not look up a citizen service number.",
    ),
    "address_not_allowed": (
        "{activity} mag niemand zoeken met geboortedatum en adres.",
        "{activity} may not look anybody up by birth date and address.",
    ),
    "address_incomplete": (
        "Vul geboortedatum, postcode en huisnummer alle drie in.",
        "Birth date, postcode and house number are all needed.",
    ),
    "lookups_too_many": (
        "U zocht vandaag al {most} keer. Morgen kan het weer. Vraag nu het burgerservicenummer, of een collega.",
        "This actor looked up {most} times today already; it works again tomorrow, or for a colleague.",
    ),
    "enrolment_not_allowed": (
        "{activity} mag niemand inschrijven.",
        "{activity} may not enrol persons.",
    ),
    "bsn_invalid": (
        "Een burgerservicenummer klopt niet.",
        "A citizen service number fails the eleven-test.",
    ),
}


def reason_of(code: str, facts: Mapping[str, object]) -> Reason:
    """A reason in words.

    Example:
        >>> reason_of("weighing_missing", {"service": "iit"}).text_en
        'No weighing has been decided for iit.'
    """
    dutch, english = TEXTS.get(code) or FOR_CALLERS.get(code, _UNKNOWN)
    words = {key: _words(value) for key, value in facts.items() if key != "persons"} | {"code": code}
    return Reason(code, _filled(dutch, words), _filled(english, words), facts)


def _words(value: object) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(str(item) for item in value)
    return str(value)


def _filled(template: str, words: Mapping[str, str]) -> str:
    return " ".join(template.format_map(words).replace(" .", ".").split())
