"""Builders for tests of pages: a client of Django that is signed in, without playing the sign-in itself."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.test import Client

from waardig.identity.actions import _kept
from waardig.identity.adapters.session_store import SessionStore
from waardig.identity.queries import SIGNED_IN
from waardig.identity.terms import Kind, Level, Organisation, Role, Who
from waardig.kernel.clock import wall_now


def a_resident(person: UUID | None = None, level: Level = Level.SUBSTANTIAL) -> Who:
    return Who(Kind.RESIDENT, person or uuid4(), level=level, means="digid")


def an_employee(*roles: str, number: str = "f.yildiz", name: str = "Fatma Yıldız", limit: int | None = None) -> Who:
    return Who(
        Kind.EMPLOYEE,
        name=name,
        level=Level.SUBSTANTIAL,
        means="werk",
        employee_number=number,
        roles=frozenset(roles or (Role.COUNTER,)),
        mandate_limit_eurocent=limit,
    )


def an_office(kvk: str = "90000017", name: str = "Kuipers Bewind") -> Who:
    organisation = Organisation(kvk, "subject-1", name)
    return Who(Kind.ORGANISATION, name=name, level=Level.SUBSTANTIAL, means="eherkenning", organisation=organisation)


def signed_in_client(who: Who, at: datetime | None = None) -> Client:
    """A client of which the browser holds a session of `who`, signed in at `at` (now)."""
    session = SessionStore()
    session[SIGNED_IN] = _kept(who, at or wall_now())
    session.save()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key or ""
    return client
