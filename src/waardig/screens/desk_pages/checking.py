"""The check at the counter: the employee goes through the same pages together with the resident, identified or not."""

from __future__ import annotations

from django.http import HttpRequest

from waardig.screens.checking.place import Place, binding_of
from waardig.screens.desk_pages.counter import ACTIVITY, NobodyHere, counter_frame, visit_of
from waardig.screens.frames import address, portal_frame

NAMES = {"home": "find"}


def desk_place(request: HttpRequest) -> Place:
    """The counter: of whoever was identified there, else of nobody. What is filled in is read as looking along."""
    try:
        subject = visit_of(request).subject
    except NobodyHere:
        subject = None
    person = subject.person if subject else None
    return Place(
        face="desk",
        frame=portal_frame(request, counter=True),
        session=f"{binding_of(request)}:{person or '-'}",
        href=lambda name, *arguments: address(f"desk:{NAMES.get(name, name)}", *arguments),
        activity=lambda _check: ACTIVITY,
        desk=counter_frame(request),
        person=person,
        actor=subject.actor if subject else None,
        about=subject.name if subject else None,
    )
