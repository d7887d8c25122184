"""Client of any OpenID Connect issuer: discovery, authorization code with PKCE, keys, sign-out.

Authlib makes the requests, joserfc verifies signatures; what a token must say is decided in core/claims.py. Userinfo is
never asked: only the signed token says who somebody is.
"""

from __future__ import annotations

import threading
import time
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import httpx
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet

from waardig.identity.core.levels import acr_values
from waardig.identity.terms import Level, Means, ProviderUnreachable, TokenRefused

with warnings.catch_warnings():  # Authlib announces httpx2; the locked httpx is what it uses until then
    warnings.simplefilter("ignore")
    from authlib.common.errors import AuthlibBaseError
    from authlib.integrations.httpx_client import OAuth2Client

_TIMEOUT_SECONDS = 5.0
_FRESH_SECONDS = 600.0
_transports: dict[str, httpx.BaseTransport] = {}
_documents: dict[str, tuple[float, dict[str, Any]]] = {}
_lock = threading.Lock()


@dataclass(frozen=True)
class SignInRequest:
    """One sign-in under way: what ties the answer of the issuer to this browser."""

    state: str
    nonce: str
    verifier: str
    redirect_uri: str
    level: Level
    login_hint: str = ""


def use_transport(issuer: str, transport: httpx.BaseTransport | None) -> None:
    """Reach this issuer in another way than over the network (the bundled provider in process); None undoes it."""
    with _lock:
        _documents.clear()
        if transport is None:
            _transports.pop(issuer, None)
        else:
            _transports[issuer] = transport


def authorization_url(means: Means, request: SignInRequest) -> str:
    """Where to send the browser.

    Raises:
        ProviderUnreachable: discovery fails.
    """
    extra = {"login_hint": request.login_hint} if request.login_hint else {}
    with _client(means, request.redirect_uri) as client:
        url, _ = client.create_authorization_url(
            _endpoint(means, "authorization_endpoint"),
            state=request.state,
            nonce=request.nonce,
            code_verifier=request.verifier,
            acr_values=acr_values(max(request.level, means.level)),
            **extra,
        )
    return str(url)


def claims_for_code(means: Means, request: SignInRequest, code: str) -> Mapping[str, Any]:
    """Exchange the code and give the claims of the identity token, its signature verified, nothing else checked.

    Raises:
        ProviderUnreachable: no answer, or not an answer of a token endpoint.
        TokenRefused: the issuer refuses the code, gives no identity token, or the signature is not its own.
    """
    try:
        with _client(means, request.redirect_uri) as client:
            answer = client.fetch_token(
                _endpoint(means, "token_endpoint"),
                grant_type="authorization_code",
                code=code,
                code_verifier=request.verifier,
            )
    except AuthlibBaseError:
        raise TokenRefused("code_refused") from None
    except (httpx.HTTPError, ValueError):
        raise ProviderUnreachable("token_endpoint_failed") from None
    token = answer.get("id_token")
    if not isinstance(token, str):
        raise TokenRefused("no_id_token")
    return _verified(means, token)


def end_session_url(means: Means, return_to: str) -> str:
    """Where to sign out at the issuer too (RP-initiated logout), "" when it has no such place.

    No `id_token_hint` is sent: it would put the token, which may hold a citizen service number, in a URL.
    """
    try:
        place = _document(means.issuer, _discovery_url(means)).get("end_session_endpoint")
    except ProviderUnreachable:
        return ""
    if not isinstance(place, str):
        return ""
    query = urlencode({"client_id": means.client_id, "post_logout_redirect_uri": return_to})
    return f"{place}{'&' if '?' in place else '?'}{query}"


def _verified(means: Means, token: str) -> Mapping[str, Any]:
    for fresh in (False, True):
        keys = KeySet.import_key_set(_keys(means, fresh=fresh))
        try:
            return jwt.decode(token, keys, algorithms=list(means.algorithms)).claims
        except (InvalidKeyIdError, JoseError, ValueError) as problem:
            if fresh or not isinstance(problem, InvalidKeyIdError):
                break
    raise TokenRefused("wrong_signature")


def _client(means: Means, redirect_uri: str) -> Any:
    return OAuth2Client(
        client_id=means.client_id,
        client_secret=means.client_secret,
        scope=means.scope,
        redirect_uri=redirect_uri,
        code_challenge_method="S256",
        transport=_transports.get(means.issuer),
        timeout=_TIMEOUT_SECONDS,
    )


def _discovery_url(means: Means) -> str:
    return f"{means.issuer.rstrip('/')}/.well-known/openid-configuration"


def _endpoint(means: Means, name: str) -> str:
    document = _document(means.issuer, _discovery_url(means))
    if document.get("issuer") != means.issuer:
        raise ProviderUnreachable("discovery_of_another_issuer")
    place = document.get(name)
    if not isinstance(place, str):
        raise ProviderUnreachable(f"discovery_without_{name}")
    return place


def _keys(means: Means, *, fresh: bool) -> Any:
    return _document(means.issuer, _endpoint(means, "jwks_uri"), fresh=fresh)


def _document(issuer: str, url: str, *, fresh: bool = False) -> dict[str, Any]:
    """A JSON document of the issuer, kept for ten minutes; `fresh` fetches it anew (a key was changed)."""
    with _lock:
        kept = _documents.get(url)
    if kept and not fresh and time.monotonic() - kept[0] < _FRESH_SECONDS:
        return kept[1]
    try:
        with httpx.Client(transport=_transports.get(issuer), timeout=_TIMEOUT_SECONDS) as client:
            document = client.get(url).raise_for_status().json()
    except (httpx.HTTPError, ValueError):
        raise ProviderUnreachable("issuer_does_not_answer") from None
    if not isinstance(document, dict):
        raise ProviderUnreachable("issuer_answers_nonsense")
    with _lock:
        _documents[url] = (time.monotonic(), document)
    return document


def origins(means: Means) -> tuple[str, ...]:
    """The origins a form of ours may lead to with this means (for the header form-action). Asks nobody anything: the
    issuer's own origin, and those of its endpoints as far as they were read before."""
    with _lock:
        known = _documents.get(_discovery_url(means), (0.0, {}))[1]
    names = ("authorization_endpoint", "end_session_endpoint")
    places = [urlsplit(means.issuer), *(urlsplit(str(known.get(name, ""))) for name in names)]
    return tuple(sorted({f"{place.scheme}://{place.netloc}" for place in places if place.netloc}))
