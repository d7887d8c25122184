"""What the test provider says of a persona: the claims of an identity token, and how to make it wrong on purpose."""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import sha256
from hmac import new as keyed
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey

from waardig.identity.core.levels import EIDAS
from waardig.identity.core.subjects import BSN, KVK, PSEUDONYM
from waardig.identity.terms import Kind, Level, Persona

LIFETIME_SECONDS = 300


class Fault(StrEnum):
    """One thing to get wrong in the next token, to see that the client notices."""

    NONE = ""
    LOWER_LEVEL = "lower_level"
    UNKNOWN_LEVEL = "unknown_level"
    WRONG_AUDIENCE = "wrong_audience"
    WRONG_ISSUER = "wrong_issuer"
    WRONG_NONCE = "wrong_nonce"
    EXPIRED = "expired"
    FROM_THE_FUTURE = "from_the_future"
    UNSIGNED = "unsigned"
    OTHER_KEY = "other_key"
    HMAC_WITH_PUBLIC_KEY = "hmac_with_public_key"
    REPRESENTS_SOMEONE = "represents_someone"
    REPRESENTS_NOBODY = "represents_nobody"


@dataclass(frozen=True)
class Client:
    """A registered client. `kinds` says which personas may sign in for it."""

    id: str
    secret: str = field(repr=False)
    redirect_uris: frozenset[str]
    kinds: frozenset[Kind]
    after_sign_out: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Grant:
    """What a code stands for, until it is exchanged once."""

    client: Client
    persona: Persona
    redirect_uri: str
    nonce: str
    challenge: str
    fault: Fault
    expires_at: float


def claims_of(grant: Grant, issuer: str, salt: bytes, now: int) -> dict[str, Any]:
    """The claims of OIDC NL GOV: a pairwise subject, the legal number as `alt_sub` or in `represents`, `acr`."""
    persona, fault = grant.persona, grant.fault
    level = Level.LOW if fault is Fault.LOWER_LEVEL else persona.level
    claims: dict[str, Any] = {
        "iss": issuer + "/elders" if fault is Fault.WRONG_ISSUER else issuer,
        "aud": "another-client" if fault is Fault.WRONG_AUDIENCE else [grant.client.id],
        "sub": keyed(salt, f"{grant.client.id}:{persona.id}".encode(), "sha256").hexdigest()[:32],
        "sub_id_type": PSEUDONYM,
        "nonce": secrets.token_urlsafe(16) if fault is Fault.WRONG_NONCE else grant.nonce,
        "acr": "zeker genoeg" if fault is Fault.UNKNOWN_LEVEL else EIDAS[level],
        "jti": secrets.token_urlsafe(24),
        **_times(fault, now),
        **_about(persona, grant.client.id, issuer, fault),
    }
    return claims


def _times(fault: Fault, now: int) -> dict[str, int]:
    issued = {Fault.EXPIRED: now - 2 * LIFETIME_SECONDS, Fault.FROM_THE_FUTURE: now + 3600}.get(fault, now)
    return {"iat": issued, "nbf": issued, "exp": issued + LIFETIME_SECONDS}


def _about(persona: Persona, client_id: str, issuer: str, fault: Fault) -> dict[str, Any]:
    if persona.kind is Kind.EMPLOYEE:
        about: dict[str, Any] = {
            "employee_number": persona.employee_number,
            "name": persona.name,
            "roles": list(persona.roles),
        }
        if persona.mandate_limit_eurocent is not None:
            about["mandate_limit_eurocent"] = persona.mandate_limit_eurocent
    elif persona.kind is Kind.ORGANISATION:
        about = {} if fault is Fault.REPRESENTS_NOBODY else {"represents": _chain(persona, issuer)}
    else:
        about = {"alt_sub": [{"aud": client_id, "sub": persona.bsn, "sub_id_type": BSN}]}
    if fault is Fault.REPRESENTS_SOMEONE:
        about["represents"] = {"iss": issuer, "sub": secrets.token_hex(8), "sub_id_type": PSEUDONYM}
    return about


def _chain(persona: Persona, issuer: str) -> dict[str, Any]:
    consumer = {"iss": issuer, "sub": persona.kvk, "sub_id_type": KVK, "name": persona.organisation}
    if not persona.intermediary_kvk:
        return consumer
    return {"iss": issuer, "sub": persona.intermediary_kvk, "sub_id_type": KVK, "represents": consumer}


def signed(claims: Mapping[str, Any], key: ECKey, fault: Fault) -> str:
    """The identity token; under a fault unsigned, signed by another key, or with the public key as shared secret."""
    if fault is Fault.UNSIGNED:
        return f"{_part({'alg': 'none', 'typ': 'JWT'})}.{_part(claims)}."
    if fault is Fault.HMAC_WITH_PUBLIC_KEY:
        body = f"{_part({'alg': 'HS256', 'typ': 'JWT', 'kid': key.kid})}.{_part(claims)}"
        public = json.dumps(key.as_dict(private=False), sort_keys=True).encode()
        return f"{body}.{_base64(keyed(public, body.encode(), sha256).digest())}"
    if fault is Fault.OTHER_KEY:
        forged = ECKey.generate_key("P-256")
        return jwt.encode({"alg": "ES256", "kid": key.kid}, dict(claims), forged)
    return jwt.encode({"alg": "ES256", "kid": key.kid}, dict(claims), key)


def challenge_of(verifier: str) -> str:
    """The S256 challenge of a PKCE verifier (RFC 7636)."""
    return _base64(sha256(verifier.encode()).digest())


def _part(content: Mapping[str, Any]) -> str:
    return _base64(json.dumps(content).encode())


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
