"""The municipality (gemeente): who it is, where it is, who may decide what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from waardig.kernel.bilingual import Bilingual


@dataclass(frozen=True)
class Address:
    """A postal address."""

    street: str
    postcode: str
    city: str


@dataclass(frozen=True)
class VisitAddress:
    """Where people come by; `place` says it in words."""

    address: Address
    place: Bilingual
    appointment: Bilingual


@dataclass(frozen=True)
class Team:
    """A team that signs letters and answers the phone."""

    id: str
    name: Bilingual
    phone: str


@dataclass(frozen=True)
class Official:
    """Somebody who works for the municipality, with the roles that activities ask."""

    id: str
    name: str
    team: str
    roles: tuple[str, ...]


@dataclass(frozen=True)
class HandlingMandate:
    """Power to decide in the name of the deciding body (mandaat, Awb 10:3), up to an amount per decision."""

    official: str
    services: tuple[str, ...]
    decisions: tuple[str, ...]
    up_to_eurocent: int
    since: date
    until: date | None = None

    def allows(self, service: str, decision: str, amount_eurocent: int, on: date) -> bool:
        """Whether this decision falls within the mandate on this day; the amount itself is included."""
        return (
            service in self.services
            and decision in self.decisions
            and amount_eurocent <= self.up_to_eurocent
            and self.since <= on
            and (self.until is None or on <= self.until)
        )


@dataclass(frozen=True)
class MandateDecree:
    """The decree (mandaatbesluit) on which mandates rest."""

    name: Bilingual
    date: date
    reference: str


@dataclass(frozen=True)
class Municipality:
    """The municipality that runs this installation.

    Attributes:
        kind: "Gemeente", before the name.
        answer_number: free reply address on paper; None when post needs a stamp.
        code: as in the law files (gemeente_code), for example GM9999.
        opening_hours: per place ("phone", "counter") per English weekday "HH:MM-HH:MM"; a missing day is closed.
        processing_register: address under which the versions of activities stand.
    """

    name: str
    kind: Bilingual
    code: str
    oin: str
    case_prefix: str
    website: str
    processing_register: str
    phone: str
    email: str
    visit: VisitAddress
    post: Address
    opening_hours: Mapping[str, Mapping[str, str]]
    deciding_body: Bilingual
    mandate_decree: MandateDecree
    objection_to: Bilingual
    objection_address: Address
    objection_online: str | None
    data_protection_officer: str
    teams: Mapping[str, Team]
    officials: Mapping[str, Official]
    mandates: tuple[HandlingMandate, ...]
    contact_person: str
    answer_number: str | None = None

    def mandate_for(
        self, official: str, service: str, decision: str, *, amount_eurocent: int, on: date
    ) -> HandlingMandate | None:
        """The mandate under which this official may take this decision, or None."""
        own = (mandate for mandate in self.mandates if mandate.official == official)
        return next((m for m in own if m.allows(service, decision, amount_eurocent, on)), None)

    def hours_on(self, place: str, day: date) -> tuple[str, str] | None:
        """Opening and closing time of "phone" or "counter" on a day, or None when closed."""
        weekdays = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
        hours = self.opening_hours.get(place, {}).get(weekdays[day.weekday()])
        if hours is None:
            return None
        start, end = hours.split("-")
        return start, end
