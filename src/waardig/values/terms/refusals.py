"""What the values room refuses."""

from __future__ import annotations

from collections.abc import Sequence

from waardig.kernel.errors import Refusal
from waardig.values.terms.standing import Gap, Problem


class DossierIncomplete(Refusal):
    """The dossier cannot be decided; `reasons` has everything that is missing or not covered, at once."""

    def __init__(self, service: str, reasons: Sequence[Problem | Gap]) -> None:
        self.service = service
        self.reasons = tuple(
            Problem(one.code, one.text_nl, f"{one.text_en} {one.remedy}", one.remedy) for one in reasons
        )
        number = len(self.reasons)
        super().__init__(
            code="dossier_incomplete",
            text_nl=f"De weging van {service} is niet af. Dit ontbreekt: {number} dingen.",
            text_en=f"The weighing of {service} cannot be decided; {number} things are missing or not covered.",
            remedy="Complete the dossier and decide again; nothing was recorded.",
        )


class NoDossier(Refusal):
    """There is no decided weighing of this service."""

    def __init__(self, service: str) -> None:
        self.service = service
        super().__init__(
            code="no_dossier",
            text_nl=f"Over de dienst {service} is niet besloten.",
            text_en=f"There is no decided weighing of service {service}.",
            remedy="Decide it: `waardig weighing decide FILE`.",
        )


class AlreadyDecided(Refusal):
    """This version of the dossier was decided with other content; a decided version never changes."""

    def __init__(self, dossier: str, version: int) -> None:
        self.dossier, self.version = dossier, version
        super().__init__(
            code="already_decided",
            text_nl=f"Versie {version} van weging {dossier} is al besloten en kan niet meer veranderen.",
            text_en=f"Version {version} of weighing {dossier} was already decided with other content.",
            remedy="Raise `version` in decision.yaml: a change is a new decision.",
        )


class NotSuspended(Refusal):
    """There is nothing to resume."""

    def __init__(self, service: str) -> None:
        self.service = service
        super().__init__(
            code="not_suspended",
            text_nl=f"De dienst {service} staat niet stil.",
            text_en=f"Service {service} is not suspended.",
            remedy="Nothing needs to be done.",
        )


class FourEyes(Refusal):
    """Two different people must do this."""

    def __init__(self, why_nl: str, why_en: str) -> None:
        super().__init__(
            code="four_eyes",
            text_nl=f"Dit moeten twee mensen doen. {why_nl}",
            text_en=f"Two different people must do this. {why_en}",
            remedy="Let somebody else confirm.",
        )


class ReasonMissing(Refusal):
    """A stop or a resumption needs a reason that people can read."""

    def __init__(self) -> None:
        super().__init__(
            code="reason_missing",
            text_nl="Schrijf op waarom. Iedereen kan dit lezen.",
            text_en="Write down why; everybody can read it.",
            remedy="Give a reason of at least 10 characters.",
        )


class OwnerNeeded(Refusal):
    """Only the owner of the policy tables may do this, and this process has no address of the owner."""

    def __init__(self) -> None:
        super().__init__(
            code="owner_needed",
            text_nl="Dit mag alleen de beheerder van de database.",
            text_en="Only the owner of the policy tables may do this; DATABASE_OWNER_URL is not set here.",
            remedy="Run the command where DATABASE_OWNER_URL is set; web and worker never have it.",
        )


class UnknownService(Refusal):
    """No published activity belongs to this service."""

    def __init__(self, service: str) -> None:
        self.service = service
        super().__init__(
            code="unknown_service",
            text_nl=f"De dienst {service} bestaat niet.",
            text_en=f"No published activity belongs to service {service}.",
            remedy="Check the name; it is the folder under services/.",
        )
