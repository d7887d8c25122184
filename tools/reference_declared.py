"""The page that says which address, job and command uses which processing activities, from what they declare."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tools.markdown import code, codes, table
from tools.reference_code import addresses

_LEAD = (
    "What an address, job or command declares beside its code (`@uses`, `waardig.kernel.declared`) is all that it may "
    "use: the gate refuses and logs anything else (`activity_not_declared`), and nothing that a client sends can "
    "choose it. Attributes behind an activity are the only ones that are asked there; without them all of the activity "
    "may be. "
    "A role (`service.round_activity`) is what each service package names as that, listed at the end.\n\n"
)


def declared() -> str:
    """Every address, job and command with what it declares, and what the roles stand for."""
    return (
        "# Activities by address, job and command\n\n"
        + _LEAD
        + "## Addresses\n\n"
        + table(
            ("address", "name", "uses"), [(code("/" + one), code(name), _uses(view)) for one, name, view in _views()]
        )
        + "\n## Jobs\n\n"
        + table(("topic", "uses"), [(code(topic), _uses(handler)) for topic, handler in _handlers()])
        + "\n## Commands\n\nWhat is not here uses none.\n\n"
        + table(("command", "uses"), [(code(name), _uses(found)) for name, found in _commands() if _uses(found)])
        + "\n## Roles\n\nHere with the content of the library.\n\n"
        + table(("role", "activities"), [(code(str(role)), codes(sorted(_activities(role)))) for role in _roles()])
    )


def _views() -> list[tuple[str, str, Any]]:
    return sorted(addresses(), key=lambda one: one[:2])


def _handlers() -> list[tuple[str, Any]]:
    from waardig.shell.wiring import handlers

    return sorted(handlers().items())


def _commands() -> Iterator[tuple[str, Any]]:
    from waardig.shell.cli import every_command

    yield from ((leaf.name, leaf) for leaf in every_command())


def _uses(declaring: Any) -> str:
    from waardig.kernel.declared import uses_of

    found = uses_of(declaring)
    if found is None:
        raise SystemExit(f"{declaring} declares no activity; add @uses(...) of waardig.kernel.declared")
    parts = [_with_attributes(one, sorted(found.attributes.get(one, ()))) for one in sorted(found.activities)]
    return ", ".join([*parts, *(code(str(role)) for role in sorted(found.roles))])


def _with_attributes(activity: str, attributes: list[str]) -> str:
    return f"{code(activity)} ({codes(attributes)})" if attributes else code(activity)


def _roles() -> list[Any]:
    from waardig.kernel.declared import AT_SOURCE, OF_CHECKS, SERVICE_ROLES, service_role

    return [*(service_role(name) for name in SERVICE_ROLES), OF_CHECKS, AT_SOURCE]


def _activities(role: Any) -> frozenset[str]:
    from waardig.shell.declaring import activities_of

    return activities_of(role)
