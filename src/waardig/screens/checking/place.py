"""Where a check is done: which face, for whom, under which activity; and the random text that binds a page to its
session.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

from waardig.access.terms import Actor
from waardig.catalogue.terms import Check
from waardig.identity.terms import Kind, Level
from waardig.screens.frames import portal_frame, who_of
from waardig.screens.pages.check import Face
from waardig.screens.pages.frame import DeskFrame, Frame
from waardig.screens.pages.words import PersonName

BINDING = "check"
"""Key in the session of the random text that binds a page to it; never an answer."""


@dataclass(frozen=True)
class Place:
    """One place to do a check.

    Attributes:
        session: random text of this session and who it is about: the state in a page opens for nobody else.
        about: the resident at the counter, named for the employee.
        person, actor: whose facts may be filled in beforehand, and who asks; None when nobody is identified.
        activity: under which activity; a function of the check.
        href: address of a page of this face by name, with arguments.
    """

    face: Face
    frame: Frame
    session: str
    href: Callable[..., str]
    activity: Callable[[Check], str]
    desk: DeskFrame | None = None
    person: UUID | None = None
    actor: Actor | None = None
    about: PersonName | None = None


def binding_of(request: HttpRequest) -> str:
    """The random text of this session; made the first time."""
    kept = request.session.get(BINDING)
    if not isinstance(kept, str):
        kept = secrets.token_urlsafe(24)
        request.session[BINDING] = kept
    return kept


def portal_place(request: HttpRequest, href: Callable[..., str]) -> Place:
    """The portal: of nobody, or of the resident who signed in surely enough to see their own data."""
    who = who_of(request)
    is_sure = who.kind is Kind.RESIDENT and who.level is not None and who.level >= Level.SUBSTANTIAL
    person = who.person if is_sure else None
    return Place(
        face="portal",
        frame=portal_frame(request),
        session=f"{binding_of(request)}:{person or '-'}",
        href=href,
        activity=lambda check: check.activity,
        person=person,
        actor=Actor("resident", str(person)) if person else None,
    )
