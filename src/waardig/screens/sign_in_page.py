"""The content of the sign-in page: means of a real installation, personas of a demo, what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from django.http import HttpRequest
from django.urls import reverse

from waardig.identity.queries import means_for, personas_for
from waardig.identity.terms import Kind, Level, Means, Persona, SignInRefused
from waardig.screens.frames import address
from waardig.screens.pages import entrance
from waardig.screens.pages.frame import Frame
from waardig.screens.pages.words import Words

Failed = Literal["", "cancelled", "level", "expired", "unavailable"]
EVERYBODY = (Kind.RESIDENT, Kind.ORGANISATION, Kind.EMPLOYEE)
_TONES: tuple[Literal["river", "plum", "reed", "ink"], ...] = ("river", "plum", "reed", "ink")
_LEVELS = {
    Level.LOW: Words("niveau laag", "level low"),
    Level.SUBSTANTIAL: Words("niveau substantieel", "level substantial"),
    Level.HIGH: Words("niveau hoog", "level high"),
}
_ASKS = {
    Kind.RESIDENT: Words("Voor uzelf", "For yourself"),
    Kind.ORGANISATION: Words("Voor uw organisatie of uw cliënten", "For your organisation or your clients"),
    Kind.EMPLOYEE: Words("Voor medewerkers", "For employees"),
}


@dataclass(frozen=True)
class Asked:
    """What a sign-in page was asked for. Args: next_page a path of this site or ""; level "" when none is needed."""

    next_page: str = ""
    level: str = ""
    failed: Failed = ""
    refusal: SignInRefused | None = None


@dataclass(frozen=True)
class SignInFace:
    """A face that people sign in to: its addresses, who may, and the frame around its pages."""

    namespace: str
    kinds: frozenset[Kind]
    frame: Callable[[HttpRequest], Frame]


@dataclass(frozen=True)
class SignInPage(entrance.SignInPage):
    """The sign-in page with what went wrong in the words of the refusal; None when nothing did."""

    notice: Words | None = None


def sign_in_page(request: HttpRequest, face: SignInFace, asked: Asked) -> SignInPage:
    """The sign-in page of a face. The level that a page needs stands in the address that the form posts to."""
    refusal, offered = asked.refusal, offered_personas(face)
    level = f"?level={asked.level}" if asked.level else ""
    return SignInPage(
        frame=face.frame(request),
        action=reverse(f"{face.namespace}:sign_in") + level,
        next=asked.next_page,
        personas=tuple(_persona(one, number) for number, one in enumerate(offered)),
        means=() if offered else tuple(_means(one) for one in means_for(face.kinds)),
        failed=asked.failed,
        notice=Words(refusal.text_nl, refusal.text_en) if refusal else None,
        check_href=address("portal:check"),
        weighing_href=address("public:services"),
        letter_code_href=address("portal:letter_code"),
    )


def offered_personas(face: SignInFace) -> tuple[Persona, ...]:
    """The portal of a demo offers everybody on one page, the desk its employees; a real installation nobody."""
    return personas_for(EVERYBODY if Kind.RESIDENT in face.kinds else face.kinds)


def _persona(persona: Persona, number: int) -> entrance.Persona:
    words = persona.name.split()
    return entrance.Persona(
        id=persona.id,
        name=persona.name,
        first_name=persona.first_name,
        initials=words[0][:1] + words[-1][:1],
        age=persona.age or 0,
        line=Words(persona.line),
        level=_level(persona),
        tone=_TONES[number % len(_TONES)],
    )


def _level(persona: Persona) -> Words:
    if persona.kind is Kind.EMPLOYEE:
        return Words("Medewerker", "Employee")
    if persona.kind is Kind.ORGANISATION:
        return Words("Beroepsmatig vertegenwoordiger", "Professional representative")
    level = _LEVELS[persona.level]
    return Words(f"Inwoner, {level.nl}", f"Resident, {level.en}")


def _means(means: Means) -> entrance.SignInMeans:
    return entrance.SignInMeans(means.id, Words(means.name, means.name), _ASKS[means.kind])
