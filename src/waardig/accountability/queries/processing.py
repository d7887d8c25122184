"""The processing register (AVG art. 30): every version of every activity, also those that ended."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from io import StringIO
from typing import Any

from waardig.accountability.core.processing import entry_of
from waardig.accountability.queries.labels import label_of
from waardig.accountability.terms import ActivityVersionUnknown, ProcessingEntry
from waardig.catalogue import queries as catalogue
from waardig.catalogue.terms import RegisteredVersion
from waardig.kernel.bilingual import Bilingual

__all__ = ["as_csv", "as_data", "register", "version", "versions"]
COLUMNS = (
    *("activiteit", "versie", "adres", "geldt", "vanaf", "tot_en_met", "naam", "doel", "verwerkingsverantwoordelijke"),
    *("oin", "contact", "functionaris_gegevensbescherming", "grondslag", "wetsartikelen", "van_wie", "door_wie"),
    *("gegevens", "ontvangers", "doorgifte", "bewaartermijn", "selectielijst", "vernietiging", "beveiliging"),
)


def register() -> tuple[ProcessingEntry, ...]:
    """The versions that hold now, by service and activity."""
    found = [one for one in catalogue.registered() if one.status == "active"]
    return _entries(sorted(found, key=lambda one: (one.version.activity.service, one.version.activity.id)))


def versions(activity: str) -> tuple[ProcessingEntry, ...]:
    """Every version of one activity, the one that holds first.

    Raises:
        ActivityVersionUnknown: there is no such activity.
    """
    found = _entries(catalogue.registered(activity))
    if not found:
        raise ActivityVersionUnknown(activity)
    return found


def version(activity: str, fingerprint: str) -> ProcessingEntry:
    """The version that has this address.

    Raises:
        ActivityVersionUnknown: no version ever had it.
    """
    for found in catalogue.registered(activity):
        if found.fingerprint == fingerprint:
            return _entries([found])[0]
    raise ActivityVersionUnknown(f"{activity}/{fingerprint}")


def _entries(found: Sequence[RegisteredVersion]) -> tuple[ProcessingEntry, ...]:
    services = {one.id: one for one in catalogue.services()}
    town = catalogue.municipality()
    return tuple(entry_of(one, town, services.get(one.version.activity.service), _label) for one in found)


def _label(attribute: str) -> tuple[Bilingual, Bilingual, str]:
    """The words of an attribute; of one that no register declares any more its id."""
    return label_of(attribute) or (Bilingual(attribute, attribute), Bilingual("", ""), "")


def as_data(entry: ProcessingEntry) -> dict[str, Any]:
    """The entry for programs: the letters of AVG art. 30(1) in the order of the law."""
    return {
        "uri": entry.uri,
        "activity": entry.activity,
        "version": entry.version,
        "active": entry.active,
        "valid_from": entry.valid_from.isoformat(),
        "valid_to": entry.valid_to.isoformat() if entry.valid_to else None,
        "sha256": entry.sha256,
        "service": entry.service if entry.service_name else None,
        "name": _both(entry.name),
        "controller": {"name": entry.controller, "oin": entry.controller_oin, "contact": entry.contact},
        "data_protection_officer": entry.officer,
        "purpose": _both(entry.purpose),
        "lawful_basis": {"ground": entry.ground, "articles": _articles(entry)},
        "data_subjects": _both(entry.people),
        "actors": _both(entry.actors),
        "data": _data(entry),
        "recipients": [_both(one) for one in entry.recipients],
        "transfers": _both(entry.transfers),
        "retention": {"period": _both(entry.kept), "list": entry.kept_list, "executed_by": _both(entry.kept_by)},
        "security": [_both(one) for one in entry.security],
        "automated_decisions": entry.automated,
        "algorithm": entry.algorithm or None,
        "stops_with_its_weighing": entry.stops,
    }


def _articles(entry: ProcessingEntry) -> list[dict[str, Any]]:
    return [
        {"law": law, "article": article, "url": url, "sentence": _both(sentence)}
        for law, article, url, sentence in entry.basis
    ]


def _data(entry: ProcessingEntry) -> list[dict[str, Any]]:
    """The attributes with why each is needed and under which law it was collected."""
    return [
        {
            "attribute": one.attribute,
            "name": _both(one.name),
            "register": _both(one.register),
            "sensitivity": one.sensitivity,
            "necessity": _both(one.necessity),
            "collected_under": {"law": one.law, "url": one.law_url},
            "months_back": one.months_back,
        }
        for one in entry.data
    ]


def _both(text: Bilingual) -> dict[str, str]:
    return {"nl": text.nl, "en": text.en}


def as_csv(entries: Sequence[ProcessingEntry]) -> str:
    """The entries as text with semicolons, in Dutch, one line a version."""
    out = StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(_cells(entry) for entry in entries)
    return out.getvalue()


def _cells(entry: ProcessingEntry) -> tuple[str | int, ...]:
    return (
        entry.activity,
        entry.version,
        entry.uri,
        "ja" if entry.active else "nee",
        entry.valid_from.isoformat(),
        entry.valid_to.isoformat() if entry.valid_to else "",
        entry.name.nl,
        entry.purpose.nl,
        entry.controller,
        entry.controller_oin,
        entry.contact,
        entry.officer,
        entry.ground,
        "; ".join(f"{law}, artikel {article}" for law, article, _url, _sentence in entry.basis),
        entry.people.nl,
        entry.actors.nl,
        "; ".join(f"{one.name.nl} ({one.register.nl})" if one.register.nl else one.name.nl for one in entry.data),
        "; ".join(one.nl for one in entry.recipients),
        entry.transfers.nl,
        entry.kept.nl,
        entry.kept_list,
        entry.kept_by.nl,
        " ".join(one.nl for one in entry.security),
    )
