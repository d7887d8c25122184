"""A published activity version as an entry of the processing register (AVG art. 30(1)). Pure.

Everything comes from what the gate enforces; a sentence that nothing enforced supports is not written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from waardig.accountability.terms import ProcessedData, ProcessingEntry
from waardig.catalogue.terms import ActivityVersion, Municipality, RegisteredVersion, Retention, Service
from waardig.kernel.bilingual import Bilingual

ACTORS = {
    "resident": Bilingual("de inwoner zelf", "the resident"),
    "organisation": Bilingual("een organisatie die voor de inwoner handelt", "an organisation acting for the resident"),
    "employee": Bilingual("een medewerker van de gemeente", "an official of the municipality"),
    "system": Bilingual("de computer", "the computer"),
}
PEOPLE = {
    "self": Bilingual("wie zelf is ingelogd", "who signed in themselves"),
    "represented": Bilingual("wie een bewindvoerder heeft", "who has an administrator"),
    "mandated": Bilingual("wie zelf een helper koos", "who chose a helper"),
    "left": Bilingual("bij wie een ronde niet mocht oordelen", "about whom a round could not judge"),
    "mandate_party": Bilingual("wie een helper koos, en die helper", "who chose a helper, and that helper"),
    "custody": Bilingual("een kind, voor de ouder met gezag", "a child, for the parent with custody"),
    "own_company": Bilingual("het bedrijf waarvoor iemand inlogt", "the company that somebody signs in for"),
    "contact": Bilingual("wie ons iets vroeg", "who asked us something"),
    "paid": Bilingual("wie geld van ons krijgt", "who is paid by us"),
    "case": Bilingual("wie een zaak heeft", "who has a case"),
    "client": Bilingual("wie een uitkering heeft of had", "who has or had a benefit"),
    "anyone": Bilingual("iedereen die bij de gemeente bekend is", "everybody known to the municipality"),
}
RELATED = Bilingual("hun partner", "their partner")
NO_TRANSFER = Bilingual(
    "Niets gaat de gemeente uit, dus ook niet naar een land buiten de EU.",
    "Nothing leaves the municipality, so nothing goes to a country outside the EU.",
)
ONLY_RECIPIENTS = Bilingual(
    "Alleen de ontvangers hierboven krijgen iets.", "Only the recipients above receive anything."
)
PERIODS = {
    "Y": (Bilingual("jaar", "year"), Bilingual("jaar", "years")),
    "M": (Bilingual("maand", "month"), Bilingual("maanden", "months")),
    "W": (Bilingual("week", "week"), Bilingual("weken", "weeks")),
    "D": (Bilingual("dag", "day"), Bilingual("dagen", "days")),
}
Label = Callable[[str], tuple[Bilingual, Bilingual, str]]
"""The name, the register and the sensitivity of an attribute."""


def entry_of(found: RegisteredVersion, town: Municipality, service: Service | None, label: Label) -> ProcessingEntry:
    """The entry of one version."""
    version, activity = found.version, found.version.activity
    return ProcessingEntry(
        activity=activity.id,
        service=activity.service,
        service_name=service.name if service else None,
        uri=version.uri,
        version=version.version,
        active=found.status == "active",
        valid_from=found.valid_from,
        valid_to=found.valid_to,
        published_at=found.published_at,
        sha256=version.sha256,
        name=activity.name,
        purpose=activity.purpose,
        controller=version.organisation,
        controller_oin=version.controller,
        contact=f"{town.email}, {town.phone}",
        officer=town.data_protection_officer,
        ground=activity.ground,
        basis=tuple((one.law, one.article, one.url, one.sentence) for one in activity.legal_basis),
        people=_people(activity.population),
        actors=_joined([_actor(one.kind, one.role) for one in activity.actors]),
        data=tuple(_data(version, label)),
        recipients=tuple(one.name for one in activity.recipients),
        transfers=ONLY_RECIPIENTS if activity.recipients else NO_TRANSFER,
        kept=_kept(activity.retention),
        kept_list=_listed(activity.retention),
        kept_by=activity.retention.executed_by,
        security=_security(version),
        automated=activity.automated,
        algorithm=activity.algorithm or "",
        stops=activity.needs_weighing,
    )


def _actor(kind: str, role: str | None) -> Bilingual:
    who = ACTORS.get(kind, Bilingual(kind, kind))
    return Bilingual(f"{who.nl} ({role})", f"{who.en} ({role})") if role else who


def _joined(parts: list[Bilingual]) -> Bilingual:
    unique = list(dict.fromkeys(parts))
    return Bilingual("; ".join(one.nl for one in unique), "; ".join(one.en for one in unique))


def _people(population: Mapping[str, Any]) -> Bilingual:
    """The predicate of the gate in words: whom the activity may be about."""
    return _joined(_persons(population))


def _persons(population: Mapping[str, Any]) -> list[Bilingual]:
    kind = str(population["kind"])
    if kind == "any":
        return [one for part in population["of"] for one in _persons(part)]
    if kind == "related":
        return [RELATED]
    return [PEOPLE.get(kind, Bilingual(kind.replace("_", " "), kind.replace("_", " ")))]


def _data(version: ActivityVersion, label: Label) -> list[ProcessedData]:
    found = []
    for one in version.activity.attributes:
        name, register, sensitivity = label(one.id)
        law = f"{one.collected_under.law}, artikel {one.collected_under.article}"
        months = version.windows.get(one.id)
        found.append(
            ProcessedData(one.id, name, register, sensitivity, one.necessity, law, one.collected_under.url, months)
        )
    return found


def _kept(retention: Retention) -> Bilingual:
    length = period_words(retention.period)
    return Bilingual(f"{length.nl} na {retention.since.nl}", f"{length.en} after {retention.since.en}")


def period_words(period: str) -> Bilingual:
    """An ISO 8601 period of one unit in words.

    Example:
        >>> period_words("P5Y").nl, period_words("P1M").en
        ('5 jaar', '1 month')
    """
    number, unit = int(period[1:-1]), period[-1]
    words = PERIODS[unit][number != 1]
    return Bilingual(f"{number} {words.nl}", f"{number} {words.en}")


def _listed(retention: Retention) -> str:
    return f"{retention.selection_list}, {retention.process}: {retention.result} {retention.result_name}"


def _ceiling(most: int, *, looks_up: bool) -> Bilingual:
    """The ceiling of the gate: for each who asks, over different people, or how often somebody is looked up."""
    nl, en = f"{most:,}".replace(",", "."), f"{most:,}"
    if looks_up:
        return Bilingual(
            f"Wie zoekt, mag dat ten hoogste {nl} keer per dag.",
            f"Who looks somebody up may do so at most {en} times a day.",
        )
    return Bilingual(
        f"Wie vraagt, mag dat voor ten hoogste {nl} personen per dag.",
        f"Who asks may do so for at most {en} people a day.",
    )


def _security(version: ActivityVersion) -> tuple[Bilingual, ...]:
    """What the gate does for this activity."""
    activity, most = version.activity, version.activity.delivery.persons_per_ask
    people = Bilingual("1 persoon" if most == 1 else f"{most} personen", "1 person" if most == 1 else f"{most} people")
    found = [
        Bilingual(
            "Gegevens komen alleen vrij na een toets in de database, en alleen de gegevens hierboven.",
            "Data is only given after a check in the database, and only the data above.",
        ),
        Bilingual(f"Ten hoogste {people.nl} per vraag.", f"At most {people.en} per request."),
    ]
    if activity.delivery.daily_ceiling:
        found.append(_ceiling(activity.delivery.daily_ceiling, looks_up=activity.kind == "identification"))
    if activity.logging.depth == "person":
        found.append(
            Bilingual(
                "Elk gebruik staat per persoon in een logboek dat niemand kan veranderen.",
                "Each use is logged per person in a log that nobody can change.",
            )
        )
        length = period_words(activity.retention.period)
        found.append(
            Bilingual(
                f"De computer verwijdert de regel {length.nl} na de dag van de regel. "
                "Een regel bij een zaak blijft zo lang als de zaak.",
                f"The computer removes the line {length.en} after the day of the line. "
                "A line of a case stays as long as the case.",
            )
        )
    return tuple(found)
