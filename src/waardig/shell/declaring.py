"""Enters what is declared beside a view or command (kernel.declared) before it runs; the outbox does so for jobs.

What runs is found by the address or the name of the command, never by anything else that is sent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps
from typing import Any

import click
from django.http import HttpRequest, HttpResponse

from waardig.kernel.declared import Role, Uses, declare, service_role, uses_of, within

_ENTERED = "_enters_declaration"


def name_of(view: Any) -> str:
    """A view by its module and name, as a refusal and the reference call it."""
    named = getattr(view, "view_class", view)
    return f"{named.__module__}.{getattr(named, '__qualname__', type(named).__name__)}"


class DeclaredActivities:
    """From the moment that the view is known until its answer is there, its declaration counts; before that nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with nothing declared, until the view is known."""
        with within(f"{request.method} before its view", None):
            return self.get_response(request)

    def process_view(self, _request: HttpRequest, view: Callable[..., HttpResponse], _args: Any, _kwargs: Any) -> None:
        """Declare what the view declares; `__call__` ends it."""
        declare(name_of(view), uses_of(view))


@dataclass(frozen=True)
class Leaf:
    """A command with the words it is called with, and what it declares: itself, or else the group it stands in."""

    name: str
    command: click.Command
    uses: Uses | None


def leaves(command: click.Command, name: str, uses: Uses | None = None) -> Iterator[Leaf]:
    """A command, or every command of a group."""
    declared = uses_of(command.callback)
    uses = uses if declared is None else declared
    if isinstance(command, click.Group):
        for word, one in command.commands.items():
            yield from leaves(one, f"{name} {word}", uses)
    else:
        yield Leaf(name, command, uses)


def enter_declarations(command: click.Command, name: str) -> None:
    """Have every command of a group run under what it declares; again changes nothing."""
    for leaf in leaves(command, name):
        callback = leaf.command.callback
        if callback is not None and not hasattr(callback, _ENTERED):
            leaf.command.callback = _entering(callback, leaf)


def _entering(callback: Callable[..., Any], leaf: Leaf) -> Callable[..., Any]:
    @wraps(callback)
    def run(*arguments: Any, **named: Any) -> Any:
        with within(leaf.name, leaf.uses):
            return callback(*arguments, **named)

    setattr(run, _ENTERED, True)
    return run


def activities_of(role: Role) -> frozenset[str]:
    """The activities that the content of this installation, or for callers its owner, names for a role."""
    from waardig.access import queries as access
    from waardig.catalogue import queries as catalogue
    from waardig.registers.queries import declared

    if role == service_role("unasked_activity"):
        lanes = (one.without_application for one in catalogue.services())
        return frozenset(lane.activity for lane in lanes if lane is not None)
    if role.of == "service":
        return frozenset(filter(None, (getattr(one, role.name) for one in catalogue.services())))
    if role.of == "check":
        return frozenset(one.activity for one in catalogue.checks())
    if role.of == "caller":
        return access.standing_activities()
    known = declared()
    bulk = (one for one in catalogue.activities() if one.delivery.form == "bulk")
    return frozenset(one.id for one in bulk if known.at_source(one.attribute_ids))
