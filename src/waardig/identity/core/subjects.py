"""Who a token is about: identifiers by their type, and the chain of representation.

Source: OIDC NL GOV, ID Tokens and Representation Relationships: the one who signed in is always `sub`; whom they act
for stands in `represents`, nested for a chain, the consumer of the service deepest. A client must process the claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from waardig.identity.terms import (
    Means,
    Organisation,
    RepresentationRefused,
    RoleMissing,
    TokenRefused,
)
from waardig.kernel.bsn import is_bsn

_TYPE = "urn:nl-eid-gdi:1.0:id:"
BSN, KVK, RSIN, PSEUDONYM = f"{_TYPE}BSN", f"{_TYPE}KvKnr", f"{_TYPE}RSIN", f"{_TYPE}pseudonym"


@dataclass(frozen=True)
class Party:
    """One identifier with its type and issuer. It may be a citizen service number, so it is never printed."""

    sub: str = field(repr=False)
    iss: str
    types: Mapping[str, str] = field(repr=False)
    name: str = ""


def identifier(claims: Mapping[str, Any], kind: str, client_id: str) -> str:
    """The identifier of one type (`sub_id_type`) from `sub` or `alt_sub`; "" when the token has none for us.

    Raises:
        TokenRefused: two different identifiers of the same type.
    """
    found = {sub for sub, sub_type in _identifiers(claims, client_id) if sub_type == kind}
    if len(found) > 1:
        raise TokenRefused("two_identifiers_of_one_type")
    return found.pop() if found else ""


def _identifiers(claims: Mapping[str, Any], client_id: str) -> Iterable[tuple[str, str]]:
    alternatives = claims.get("alt_sub") or []
    for entry in [claims, *(alternatives if isinstance(alternatives, list) else [alternatives])]:
        if not isinstance(entry, Mapping):
            raise TokenRefused("malformed_alt_sub")
        audience = entry.get("aud", client_id)
        ours = client_id in audience if isinstance(audience, list) else audience == client_id
        sub, sub_type = entry.get("sub"), entry.get("sub_id_type")
        if ours and isinstance(sub, str) and isinstance(sub_type, str):
            yield sub, sub_type


def chain(claims: Mapping[str, Any], means: Means) -> tuple[Party, ...]:
    """The parties that the signed-in one acts for, nearest first, the consumer of the service last; () for nobody.

    Raises:
        RepresentationRefused: a link without `sub` or `iss`, a chain that is too long or that returns to a party.
    """
    links: list[Party] = []
    seen = {(claims.get("iss"), claims.get("sub"))}
    current: object = claims.get("represents")
    while current is not None:
        party = _party(current, means.client_id)
        if (party.iss, party.sub) in seen:
            raise RepresentationRefused("represents_in_a_circle")
        if len(links) == means.max_chain:
            raise RepresentationRefused("represents_chain_too_long")
        seen.add((party.iss, party.sub))
        links.append(party)
        current = current.get("represents") if isinstance(current, Mapping) else None
    return tuple(links)


def _party(link: object, client_id: str) -> Party:
    if not isinstance(link, Mapping):
        raise RepresentationRefused("represents_malformed")
    sub, iss, name = link.get("sub"), link.get("iss"), link.get("name", "")
    if not isinstance(sub, str) or not sub or not isinstance(iss, str) or not iss:
        raise RepresentationRefused("represents_without_sub_or_iss")
    types = {kind: sub for sub, kind in _identifiers(link, client_id)}
    return Party(sub=sub, iss=iss, types=types, name=name if isinstance(name, str) else "")


def resident_bsn(claims: Mapping[str, Any], means: Means) -> str:
    """The citizen service number of the resident who signed in for themself.

    Returns:
        Nine digits that pass the eleven-test; hand them to the port PersonRegister at once and forget them.

    Raises:
        RepresentationRefused: the token says that the resident acts for somebody else. Taking no notice would show
            the wrong person's affairs, so it is refused.
        TokenRefused: no number, or not a number.
    """
    if chain(claims, means):
        raise RepresentationRefused("represents_not_taken_here")
    number = identifier(claims, BSN, means.client_id)
    if not number and means.bsn_claim:
        own = claims.get(means.bsn_claim)
        number = own if isinstance(own, str) else ""
    if not is_bsn(number):
        raise TokenRefused("no_bsn")
    return number


def organisation(claims: Mapping[str, Any], means: Means) -> Organisation:
    """The organisation that the acting person represents: the deepest link; links between are intermediaries.

    Raises:
        RepresentationRefused: nobody is represented, or a link has no trade register number.
    """
    links = chain(claims, means)
    own = claims.get(means.kvk_claim) if means.kvk_claim else None
    if not links and isinstance(own, str):
        return Organisation(kvk=_kvk(own), acting_subject=str(claims["sub"]))
    if not links:
        raise RepresentationRefused("represents_missing")
    numbers = [_kvk(link.types.get(KVK, "")) for link in links]
    return Organisation(numbers[-1], str(claims["sub"]), links[-1].name, tuple(numbers[:-1]))


def _kvk(text: str) -> str:
    if len(text) != 8 or not text.isascii() or not text.isdigit():
        raise RepresentationRefused("represents_without_kvk")
    return text


@dataclass(frozen=True)
class EmployeeClaims:
    """What the organisation's own directory says of an employee."""

    number: str
    name: str
    roles: frozenset[str]
    mandate_limit_eurocent: int | None


def employee(claims: Mapping[str, Any]) -> EmployeeClaims:
    """The employee by number, name, roles and mandate limit.

    Raises:
        TokenRefused: no employee number, a mandate limit that is not a whole number of cents.
        RoleMissing: no role at all.
        RepresentationRefused: an employee never signs in on behalf of another.
    """
    if "represents" in claims:
        raise RepresentationRefused("represents_not_taken_here")
    number, limit, name = claims.get("employee_number"), claims.get("mandate_limit_eurocent"), claims.get("name")
    if not isinstance(number, str) or not number:
        raise TokenRefused("no_employee_number")
    if limit is not None and (isinstance(limit, bool) or not isinstance(limit, int) or limit < 0):
        raise TokenRefused("mandate_limit_malformed")
    given = claims.get("roles")
    roles = (
        frozenset(role for role in given if isinstance(role, str) and role) if isinstance(given, list) else frozenset()
    )
    if not roles:
        raise RoleMissing
    return EmployeeClaims(number, name if isinstance(name, str) else number, roles, limit)
