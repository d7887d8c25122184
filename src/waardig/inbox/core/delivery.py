"""The life of a delivery as a pure function: no state without an event.

Invariant: the state of a delivery equals `state_after` of its events; what went out cannot go out again.
Source: Awb 2:10 (proof of sending and of failing), inbox-dossier rule 'try again, then another way'.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from waardig.inbox.terms import Channel, DeliveryState, EventKind, StepNotAllowed

_S, _E = DeliveryState, EventKind
_STEPS: dict[tuple[DeliveryState, EventKind], DeliveryState] = {
    (_S.PENDING, _E.PUBLISHED): _S.PUBLISHED,
    (_S.PENDING, _E.HANDED_TO_PRINT): _S.HANDED_TO_PRINT,
    (_S.PENDING, _E.HELD): _S.HELD,
    (_S.PENDING, _E.CANCELLED): _S.CANCELLED,
    (_S.HELD, _E.RELEASED): _S.PENDING,
    (_S.HELD, _E.CANCELLED): _S.CANCELLED,
    (_S.HANDED_TO_PRINT, _E.HANDED_TO_POST): _S.HANDED_TO_POST,
    (_S.HANDED_TO_PRINT, _E.RETURNED): _S.RETURNED,
    (_S.HANDED_TO_POST, _E.RETURNED): _S.RETURNED,
}
MESSAGE_EVENTS = frozenset({_E.ACCEPTED, _E.OPENED, _E.OPENED_BY_REPRESENTATIVE})


def step(state: DeliveryState, event: EventKind) -> DeliveryState:
    """The state after an event.

    Raises:
        StepNotAllowed: the event cannot follow this state.

    Example:
        >>> step(DeliveryState.PENDING, EventKind.PUBLISHED)
        <DeliveryState.PUBLISHED: 'published'>
    """
    try:
        return _STEPS[state, event]
    except KeyError:
        raise StepNotAllowed(state, event) from None


def state_after(events: Iterable[EventKind]) -> DeliveryState:
    """The state of a delivery from all its events, oldest first; events of the message itself change nothing."""
    state = DeliveryState.PENDING
    for event in events:
        if event not in MESSAGE_EVENTS:
            state = step(state, event)
    return state


def channel_for(chosen: Channel | None, *, for_administrator: bool) -> Channel:
    """Paper until the person chose digital for this type of message (Awb 2:8); an administrator gets paper."""
    return Channel.PAPER if chosen is None or for_administrator else chosen


def address_lines(name: object, address: object, language: str) -> tuple[str, ...] | None:
    """The lines in the window of the envelope, or None when something is missing.

    Args:
        name: `brp.naam` (voorletters, voorvoegsel, geslachtsnaam, geslacht).
        address: `brp.adres` (straat, huisnummer, postcode, woonplaats; or regel1 to regel3 and land).
    """
    if not isinstance(name, dict) or not isinstance(address, dict):
        return None
    place = _place_lines(address)
    return (addressee(name, language), *place) if name.get("geslachtsnaam") and place else None


def administrator_lines(administrator: object) -> tuple[str, ...] | None:
    """The lines for an administrator: name, street, town; None when something is missing.

    Args:
        administrator: `uitkeringen.bewindvoerder` (naam, adres); the address as a record or as lines of text.
    """
    if not isinstance(administrator, dict) or not administrator.get("naam"):
        return None
    address = administrator.get("adres")
    if isinstance(address, str) and address.strip():
        return (str(administrator["naam"]), *(part.strip() for part in address.split(",") if part.strip()))
    place = _place_lines(address) if isinstance(address, dict) else None
    return (str(administrator["naam"]), *place) if place else None


def addressee(name: dict[str, object], language: str) -> str:
    """'De heer G. Vos': salutation when the register knows it, initials, prefix, surname."""
    salutations = {
        "nl": {"M": "De heer", "V": "Mevrouw"},
        "en": {"M": "Mr", "V": "Ms"},
    }[language]
    salutation = salutations.get(str(name.get("geslacht") or "")[:1].upper(), "")
    parts = (salutation, name.get("voorletters"), name.get("voorvoegsel"), name.get("geslachtsnaam"))
    return " ".join(str(part) for part in parts if part)


def _place_lines(address: dict[str, object]) -> tuple[str, ...] | None:
    """Street and town, or the lines of an address abroad (regel1 to regel3, land); None when something is missing."""
    abroad = [str(address[part]) for part in ("regel1", "regel2", "regel3", "land") if address.get(part)]
    if address.get("regel1"):
        return tuple(abroad)
    if all(address.get(part) for part in ("straat", "huisnummer", "woonplaats")):
        return street_lines(address)
    return None


def street_lines(address: dict[str, object]) -> tuple[str, str]:
    """'Molenkade 12 a' and '1234 AB Rietwaarden'."""
    number = f"{address['huisnummer']}{address.get('huisletter') or ''}"
    extra = address.get("huisnummertoevoeging") or address.get("toevoeging")
    street = " ".join(str(part) for part in (address["straat"], number, extra) if part)
    postcode = str(address.get("postcode") or "").replace(" ", "").upper()
    spaced = f"{postcode[:4]} {postcode[4:]}".strip()
    return street, f"{spaced} {address['woonplaats']}".strip()


def is_deceased(value: object, on: date) -> bool:
    """Whether a date of death is known that lies on or before `on`; an incomplete date counts as passed."""
    if not value:
        return False
    text = str(value)
    return text[:10] <= on.isoformat() if len(text) == 10 else True
