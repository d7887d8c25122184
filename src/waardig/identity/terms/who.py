"""Who is here, how sure we are, and for whom a page is meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TypeVar
from uuid import UUID

ViewT = TypeVar("ViewT", bound=Callable[..., object])


class Level(IntEnum):
    """Level of assurance (betrouwbaarheidsniveau), Regulation (EU) 910/2014 art. 8: low < substantial < high."""

    LOW = 1
    SUBSTANTIAL = 2
    HIGH = 3

    @classmethod
    def parse(cls, text: str) -> Level:
        """The level by its English name.

        Raises:
            ValueError: not one of low, substantial, high.
        """
        try:
            return cls[text.upper()]
        except KeyError:
            raise ValueError(f"level of assurance {text!r} is not one of low, substantial, high") from None


class Kind(StrEnum):
    """What somebody is here as."""

    ANONYMOUS = "anonymous"
    RESIDENT = "resident"
    EMPLOYEE = "employee"
    ORGANISATION = "organisation"


class Role(StrEnum):
    """Roles of employees that pages ask for. The value is the word that activities and the municipality's content use;
    an employee may have other roles too, which only activities name."""

    COUNTER = "loket"
    CASEWORKER = "inkomensconsulent"
    DECIDER = "beslisser"
    TEAM_LEAD = "teamleider"
    CONTENT = "beleid"
    PAYER = "betalen"
    RECORDS = "archief"
    SYSTEM = "beheer"

    @classmethod
    def parse(cls, text: str) -> Role:
        """The role by its English name or its word.

        Raises:
            ValueError: no page asks for this role.
        """
        return cls[text.upper()] if text.upper() in cls.__members__ else cls(text)


@dataclass(frozen=True)
class Organisation:
    """A legal subject with the person who acts for it.

    The key is both together: under a chain of mandates (ketenmachtiging) eHerkenning gives the acting person the same
    pseudonym as under a direct one, so the pseudonym alone would mix two organisations.

    Args: kvk the number of the trade register, 8 digits; acting_subject a pairwise pseudonym; intermediaries the
    numbers between them, nearest to the acting person first.
    """

    kvk: str
    acting_subject: str
    name: str = ""
    intermediaries: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Legal subject, intermediaries and acting subject in one text."""
        return "|".join((self.kvk, *self.intermediaries, self.acting_subject))


@dataclass(frozen=True)
class Who:
    """Who makes this request.

    Args: person for a resident; name of an employee or organisation (a resident's name is read through the gate);
    level and means of the sign-in; employee_number, roles and mandate_limit_eurocent (None: no limit said) for
    employees; role the one in which the employee sees this page, set per request from what the page asks;
    acting_for the person somebody acts for, set for one request by whoever checked the authority, never stored.
    """

    kind: Kind
    person: UUID | None = None
    name: str = ""
    level: Level | None = None
    means: str = ""
    organisation: Organisation | None = None
    employee_number: str = ""
    roles: frozenset[str] = frozenset()
    mandate_limit_eurocent: int | None = None
    role: str = ""
    acting_for: UUID | None = None

    @property
    def is_signed_in(self) -> bool:
        """Whether somebody is signed in."""
        return self.kind is not Kind.ANONYMOUS

    @property
    def loa(self) -> str:
        """The level by its name, empty when not signed in."""
        return self.level.name.lower() if self.level else ""

    @property
    def id(self) -> str:
        """Who this is for the gate and the log: person id, employee number or trade register number."""
        if self.organisation:
            return self.organisation.kvk
        return str(self.person) if self.person else self.employee_number


ANONYMOUS = Who(kind=Kind.ANONYMOUS)


@dataclass(frozen=True)
class Audience:
    """For whom a page is. Public pages say so: no kinds, no level. With roles, an employee needs one of them."""

    kinds: frozenset[Kind] = frozenset()
    level: Level | None = None
    roles: frozenset[str] = frozenset()

    @property
    def is_public(self) -> bool:
        """Whether everybody may see the page without signing in."""
        return not self.kinds


def audience(*kinds: str, loa: str | None = None, role: str | Iterable[str] | None = None) -> Callable[[ViewT], ViewT]:
    """Declare for whom a view is; the middleware enforces it and refuses a view that declares nothing.

    Args:
        kinds: "public" alone, or any of "resident", "employee", "organisation".
        loa: the lowest level of assurance that suffices: "low", "substantial" or "high"; none for "public".
        role: for employees, one or more roles of which one is needed.

    Raises:
        ValueError: the declaration contradicts itself; it is found when the module is imported.

    Example:
        >>> @audience("resident", loa="substantial")
        ... def overview(request): ...
        >>> overview.audience.level.name
        'SUBSTANTIAL'
    """
    declared = _declared(kinds, loa, (role,) if isinstance(role, str) else tuple(role or ()))

    def declare(view: ViewT) -> ViewT:
        view.audience = declared  # type: ignore[attr-defined]
        return view

    return declare


def _declared(kinds: tuple[str, ...], loa: str | None, roles: tuple[str, ...]) -> Audience:
    if kinds == ("public",):
        if loa or roles:
            raise ValueError("a public page asks no level of assurance and no role")
        return Audience()
    if not kinds or "public" in kinds or "anonymous" in kinds:
        raise ValueError(f"an audience is public alone, or resident, employee, organisation; not {kinds!r}")
    if loa is None:
        raise ValueError("a page that is not public names its level of assurance (loa)")
    if roles and Kind.EMPLOYEE not in kinds:
        raise ValueError("only employees have a role")
    return Audience(
        frozenset(Kind(kind) for kind in kinds), Level.parse(loa), frozenset(Role.parse(role) for role in roles)
    )
