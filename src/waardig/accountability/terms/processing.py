"""The processing register (AVG art. 30): what is said about one version of an activity, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from waardig.kernel.bilingual import Bilingual
from waardig.kernel.errors import Refusal


@dataclass(frozen=True)
class ProcessedData:
    """One kind of data: what it is called, where it comes from, why it is needed, under which law it was collected."""

    attribute: str
    name: Bilingual
    register: Bilingual
    sensitivity: str
    necessity: Bilingual
    law: str
    law_url: str
    months_back: int | None


@dataclass(frozen=True)
class ProcessingEntry:
    """An activity version as the register shows it; the letters are those of AVG art. 30(1).

    Attributes:
        uri: its own address, also for a version that ended.
        controller, contact, officer: (a); purpose: (b); people, data: (c); recipients: (d); transfers: (e);
            kept, kept_since, kept_by: (f); security: (g).
        stops: whether it stops with the service's weighing; rights of residents never stop.
    """

    activity: str
    service: str
    service_name: Bilingual | None
    uri: str
    version: int
    active: bool
    valid_from: date
    valid_to: date | None
    published_at: datetime
    sha256: str
    name: Bilingual
    purpose: Bilingual
    controller: str
    controller_oin: str
    contact: str
    officer: str
    ground: str
    basis: tuple[tuple[str, str, str, Bilingual], ...]
    people: Bilingual
    actors: Bilingual
    data: tuple[ProcessedData, ...]
    recipients: tuple[Bilingual, ...]
    transfers: Bilingual
    kept: Bilingual
    kept_list: str
    kept_by: Bilingual
    security: tuple[Bilingual, ...]
    automated: bool
    algorithm: str
    stops: bool


class ActivityVersionUnknown(Refusal):
    """No version of a processing activity has this address."""

    def __init__(self, what: str) -> None:
        super().__init__(
            code="activity_version_unknown",
            text_nl="Deze verwerking staat niet in het register.",
            text_en=f"No published version of a processing activity has the address {what}.",
            remedy="See `waardig register processing` for the addresses there are.",
        )
