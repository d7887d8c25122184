"""What an installation offers for signing in, how long a session lives, and the ports of this room."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from waardig.identity.terms.refusals import MeansUnknown
from waardig.identity.terms.who import Kind, Level
from waardig.kernel.port import Port


@dataclass(frozen=True)
class Means:
    """One way to sign in (inlogmiddel): an OpenID Connect issuer and us as its client.

    Args: id stands in the URL ("digid"); kind who signs in with it; name as people know it ("DigiD"); level the lowest
    this means is asked for; bsn_claim and kvk_claim name a claim of a broker that does not follow OIDC NL GOV
    (`sub_id_type`); leeway_seconds how far clocks may differ; max_chain how many links `represents` may have.
    """

    id: str
    kind: Kind
    name: str
    issuer: str
    client_id: str
    client_secret: str = field(repr=False)
    level: Level = Level.SUBSTANTIAL
    scope: str = "openid"
    bsn_claim: str = ""
    kvk_claim: str = ""
    algorithms: tuple[str, ...] = ("ES256", "PS256", "RS256")
    leeway_seconds: int = 30
    max_chain: int = 3


@dataclass(frozen=True)
class Limits:
    """How long a session lives: without use, in all, and how long before the end the page says so."""

    idle: timedelta
    absolute: timedelta
    warning: timedelta = timedelta(minutes=2)


@dataclass(frozen=True)
class SessionTerm:
    """When this session ends if nothing is done, and whether doing something helps.

    Args: warn_after_seconds from now until the notice appears (0: at once); ends_at the end without any action;
    can_extend is False when the absolute end comes first.
    """

    warn_after_seconds: int
    ends_at: datetime
    can_extend: bool


@dataclass(frozen=True)
class Persona:
    """A fictional person of the bundled test provider. Exactly one of bsn, kvk, employee_number is filled.

    Args: id stands in the page; line one sentence on the person; level of the sign-in that they get.
    """

    id: str
    name: str
    line: str
    kind: Kind
    age: int | None = None
    level: Level = Level.SUBSTANTIAL
    bsn: str = field(default="", repr=False)
    kvk: str = ""
    organisation: str = ""
    intermediary_kvk: str = ""
    employee_number: str = ""
    roles: tuple[str, ...] = ()
    mandate_limit_eurocent: int | None = None

    @property
    def first_name(self) -> str:
        """What stands on the button."""
        return self.name.split()[0]


class PersonRegister(Protocol):
    """Port: turns a citizen service number into a person id; the only place that sees the number."""

    def person_for_bsn(self, bsn: str) -> UUID | None:
        """The person id, None when we do not know this person."""


@dataclass(frozen=True)
class SignInSetup:
    """What this installation offers: the means, and in a demo the personas (never in production).

    Args: is_trial True only in a demo or test; limits per kind.
    """

    means: tuple[Means, ...]
    personas: tuple[Persona, ...] = ()
    is_trial: bool = False
    limits: dict[Kind, Limits] = field(default_factory=dict)

    def means_by_id(self, means_id: str) -> Means:
        """One means.

        Raises:
            MeansUnknown: this installation does not offer it.
        """
        for means in self.means:
            if means.id == means_id:
                return means
        raise MeansUnknown


PERSON_REGISTER: Port[PersonRegister] = Port("identity.PersonRegister")
SETUP: Port[SignInSetup] = Port("identity.SignInSetup")
