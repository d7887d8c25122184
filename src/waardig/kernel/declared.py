"""What the route, job or command that runs now has declared: under which processing activities it may handle data.

A declaration stands beside the code that runs (`@uses`); the shell enters it before that code and leaves it after.
Nothing that a client sends is looked at, and outside any declaration nothing is declared.

Source: AVG article 5(1)(b) (purpose limitation); Logboek dataverwerkingen 1.0: the activity comes from the application.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar

from waardig.kernel.errors import Refusal

Declaring = TypeVar("Declaring", bound=Callable[..., Any])
SERVICE_ROLES = (
    "application_activity",
    "decision_activity",
    "objection_activity",
    "look_activity",
    "round_activity",
    "unasked_activity",
)


@dataclass(frozen=True, order=True)
class Role:
    """Activities that the content names, each installation its own: what a service calls its `round_activity`, say.

    Attributes:
        of: service, check, source or caller.
    """

    of: str
    name: str

    def __str__(self) -> str:
        return f"{self.of}.{self.name}"


def service_role(name: str) -> Role:
    """What each service package names as this role: application_activity, decision_activity, round_activity, ...

    Example:
        >>> str(service_role("round_activity"))
        'service.round_activity'
    """
    if name not in SERVICE_ROLES:
        raise ValueError(f"a service has no role {name}; it has {', '.join(SERVICE_ROLES)}")
    return Role("service", name)


OF_CHECKS = Role("check", "activity")
"""What each check (zelf nagaan) reads under."""
OF_CALLERS = Role("caller", "standing")
"""The standing activity of each caller, which the owner of the database gave it."""
AT_SOURCE = Role("source", "activity")
"""Activities that approach a group and hold something of a register that is asked at its source."""


@dataclass(frozen=True)
class Uses:
    """A declaration.

    Attributes:
        attributes: by activity id what may be asked under it; an activity that is not here may ask all it holds.
    """

    activities: frozenset[str] = frozenset()
    roles: frozenset[Role] = frozenset()
    attributes: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def __or__(self, other: Uses) -> Uses:
        """Both; an activity that either declares whole is whole."""
        whole = (self.activities - set(self.attributes)) | (other.activities - set(other.attributes))
        both = {
            one: self.attributes.get(one, frozenset()) | other.attributes.get(one, frozenset())
            for one in {*self.attributes, *other.attributes}
            if one not in whole
        }
        return Uses(self.activities | other.activities, self.roles | other.roles, both)

    def __str__(self) -> str:
        """In words for a page: sorted, attributes behind the activity."""
        plain = [
            f"{one} ({', '.join(sorted(self.attributes[one]))})" if one in self.attributes else one
            for one in sorted(self.activities)
        ]
        return ", ".join([*plain, *(str(role) for role in sorted(self.roles))])


NOTHING = Uses()


@dataclass(frozen=True)
class Reads:
    """An activity of which only these attributes are asked."""

    activity: str
    attributes: frozenset[str]


def reads(activity: str, *attributes: str) -> Reads:
    """Declare an activity together with the only attributes that are asked under it."""
    if not attributes:
        raise ValueError(f"name what is read under {activity}, or declare the activity alone")
    return Reads(activity, frozenset(attributes))


def declaring(*found: str | Role | Reads | Uses) -> Uses:
    """The declaration of these activities, roles and declarations.

    Example:
        >>> str(declaring("bezwaar", service_role("look_activity"), reads("loket.zoeken", "brp.naam")))
        'bezwaar, loket.zoeken (brp.naam), service.look_activity'
    """
    made = NOTHING
    for one in found:
        if isinstance(one, Uses):
            made |= one
        elif isinstance(one, Role):
            made |= Uses(roles=frozenset({one}))
        elif isinstance(one, Reads):
            made |= Uses(frozenset({one.activity}), attributes={one.activity: one.attributes})
        else:
            made |= Uses(frozenset({one}))
    return made


def uses(*found: str | Role | Reads | Uses) -> Callable[[Declaring], Declaring]:
    """Declare under which activities a view or command handles data; `@uses()` says: under none.

    Declared twice (by the view, and by a decorator around it) both count.

    Example:
        >>> @uses("bezwaar")
        ... def objection(request): ...
        >>> str(uses_of(objection))
        'bezwaar'
    """
    declared = declaring(*found)

    def declare(function: Declaring) -> Declaring:
        function.uses = declared | (uses_of(function) or NOTHING)  # type: ignore[attr-defined]
        return function

    return declare


def uses_of(function: Any) -> Uses | None:
    """What a view, view class or command declares; None when it declares nothing, not even that it uses none."""
    found = getattr(function, "uses", None) or getattr(getattr(function, "view_class", None), "uses", None)
    return found if isinstance(found, Uses) else None


@dataclass(frozen=True)
class Running:
    """What runs now.

    Attributes:
        name: the view, topic or command, for a refusal.
        judged: what was found before, so that a round of thousands of asks looks once.
    """

    name: str
    uses: Uses
    judged: dict[tuple[str, frozenset[str]], bool] = field(default_factory=dict, compare=False)


_running: ContextVar[Running | None] = ContextVar("waardig_declared", default=None)
_roles: list[Callable[[Role], frozenset[str]]] = []


def bind_roles(source: Callable[[Role], frozenset[str]]) -> None:
    """Say which activities a role stands for in this installation; the last binding counts."""
    _roles[:] = [source]


def activities_of(role: Role) -> frozenset[str]:
    """The activities of a role; none while nothing is bound."""
    return _roles[0](role) if _roles else frozenset()


@contextmanager
def within(name: str, uses: Uses | None) -> Iterator[None]:
    """Run something under what it declared, in place of what was declared around it.

    Args:
        name: of what runs, for a refusal.
        uses: None = it declared nothing, so nothing is allowed.
    """
    token = _running.set(Running(name, uses or NOTHING))
    try:
        yield
    finally:
        _running.reset(token)


def declare(name: str, uses: Uses | None) -> None:
    """From now on what is known of what runs: until the `within` around it ends."""
    _running.set(Running(name, uses or NOTHING))


def running() -> Running | None:
    """What runs now; None outside any declaration."""
    return _running.get()


def carried() -> Callable[[], None]:
    """What a thread calls first, so that it runs under what the thread that made it declared."""
    now = _running.get()

    def take_over() -> None:
        _running.set(now)

    return take_over


def is_declared(activity: str, attributes: frozenset[str] = frozenset()) -> bool:
    """Whether what runs now declared this activity, and these attributes of it."""
    now = _running.get()
    if now is None:
        return False
    key = (activity, attributes)
    found = now.judged.get(key)
    if found is None:
        found = now.judged[key] = _judge(now.uses, activity, attributes)
    return found


def _judge(uses: Uses, activity: str, attributes: frozenset[str]) -> bool:
    if activity in uses.activities:
        return attributes <= uses.attributes.get(activity, attributes)
    return any(activity in activities_of(role) for role in uses.roles)


def require(activity: str) -> None:
    """Let an act go on only under an activity that was declared.

    Raises:
        ActivityNotDeclared: what runs now did not declare it.
    """
    if not is_declared(activity):
        raise ActivityNotDeclared(activity)


class ActivityNotDeclared(Refusal):
    """Something is done under an activity that the route, job or command did not declare; so nothing is done."""

    def __init__(self, activity: str) -> None:
        now = _running.get()
        where = now.name if now else "outside any route, job or command"
        super().__init__(
            code="activity_not_declared",
            text_nl=f"Deze pagina of taak zei niet dat zij iets doet voor {activity[:80]}. Daarom gebeurt er niets.",
            text_en=f"{where} did not declare the processing activity {activity[:80]}, so nothing was done.",
            remedy=f'Add @uses("{activity[:80]}") to it (waardig.kernel.declared), or run it in `within(...)`.',
        )
        self.activity, self.where = activity, where
