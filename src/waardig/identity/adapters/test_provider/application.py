"""The WSGI application: discovery, keys, authorise (choose a persona), token, end of session."""

from __future__ import annotations

import base64
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from hmac import compare_digest
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, parse_qsl, unquote_plus, urlencode, urlsplit, urlunsplit

from joserfc.jwk import ECKey

from waardig.identity.adapters.test_provider.page import chooser, refusal
from waardig.identity.adapters.test_provider.tokens import (
    Client,
    Fault,
    Grant,
    challenge_of,
    claims_of,
    signed,
)
from waardig.identity.core.levels import EIDAS
from waardig.identity.terms import Persona, TrialForbidden

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CODE_SECONDS = 60
ALLOWED_IN = frozenset({"demo", "test"})
Answer = tuple[str, list[tuple[str, str]], bytes]


class TestProvider:
    """An OpenID Connect issuer for personas.

    Args:
        issuer: its address, without a slash at the end; the path part is where it is mounted.
        personas, clients: who can be chosen, and by whom it may be asked.
        installation: "demo" or "test"; anything else is refused.
        place: the name of the fictional municipality, for the page.

    Raises:
        TrialForbidden: this is not a demo or test.
    """

    __test__ = False  # not a pytest class

    def __init__(
        self,
        issuer: str,
        *,
        personas: Sequence[Persona],
        clients: Sequence[Client],
        installation: str,
        place: str = "",
        clock: Callable[[], float] = time.time,
    ) -> None:
        if installation not in ALLOWED_IN:
            raise TrialForbidden(installation)
        self.issuer = issuer.rstrip("/")
        self.place = place
        self.fault = Fault.NONE
        self.userinfo_asked = 0
        self._personas = {persona.id: persona for persona in personas}
        self._clients = {client.id: client for client in clients}
        self._clock = clock
        self._key = ECKey.generate_key("P-256", parameters={"use": "sig", "alg": "ES256"}, auto_kid=True)
        self._salt = secrets.token_bytes(32)
        self._grants: dict[str, Grant] = {}
        self._lock = threading.Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request; the path is taken after the issuer's own path, mounted or not."""
        own = urlsplit(self.issuer).path
        path = str(environ.get("SCRIPT_NAME", "")) + str(environ.get("PATH_INFO", ""))
        handler = {
            ("GET", "/.well-known/openid-configuration"): self._discovery,
            ("GET", "/jwks"): self._jwks,
            ("GET", "/authorize"): self._authorize,
            ("POST", "/authorize"): self._chosen,
            ("POST", "/token"): self._token,
            ("GET", "/end_session"): self._end_session,
            ("GET", "/userinfo"): self._userinfo,
        }.get((str(environ["REQUEST_METHOD"]), path.removeprefix(own)))
        status, headers, body = handler(environ) if handler else _text("404 Not Found", "not found")
        start_response(status, [*headers, ("Cache-Control", "no-store"), ("Content-Length", str(len(body)))])
        return [body]

    def _discovery(self, environ: WSGIEnvironment) -> Answer:
        del environ
        at = self.issuer
        return _json(
            {
                "issuer": at,
                "authorization_endpoint": f"{at}/authorize",
                "token_endpoint": f"{at}/token",
                "jwks_uri": f"{at}/jwks",
                "userinfo_endpoint": f"{at}/userinfo",
                "end_session_endpoint": f"{at}/end_session",
                "response_types_supported": ["code"],
                "grant_types_supported": ["authorization_code"],
                "subject_types_supported": ["pairwise"],
                "id_token_signing_alg_values_supported": ["ES256"],
                "code_challenge_methods_supported": ["S256"],
                "token_endpoint_auth_methods_supported": ["client_secret_basic"],
                "acr_values_supported": list(EIDAS.values()),
                "authorization_response_iss_parameter_supported": True,
                "claims_supported": ["sub", "sub_id_type", "alt_sub", "acr", "represents", "employee_number", "roles"],
            }
        )

    def _jwks(self, environ: WSGIEnvironment) -> Answer:
        del environ
        return _json({"keys": [self._key.as_dict(private=False)]})

    def _authorize(self, environ: WSGIEnvironment) -> Answer:
        query = dict(parse_qsl(str(environ.get("QUERY_STRING", "")), keep_blank_values=True))
        client = self._asking_client(query)
        if isinstance(client, str):
            return _page("400 Bad Request", refusal(client, self.place))
        hinted = self._personas.get(query.get("login_hint", ""))
        if hinted and hinted.kind in client.kinds:
            return self._redirect_with_code(client, hinted, query, self.fault)
        return _page("200 OK", chooser(self._offered(client), query, self.issuer, self.place))

    def _chosen(self, environ: WSGIEnvironment) -> Answer:
        form = _form(environ)
        client = self._asking_client(form)
        if isinstance(client, str):
            return _page("400 Bad Request", refusal(client, self.place))
        if form.get("stop"):
            return _redirect(form["redirect_uri"], {"error": "access_denied", "state": form.get("state", "")})
        persona = self._personas.get(form.get("persona", ""))
        if persona is None or persona.kind not in client.kinds:
            return _page("400 Bad Request", refusal("Deze persoon bestaat hier niet.", self.place))
        fault = form.get("fault", "")
        chosen = Fault(fault) if fault in set(Fault) and fault else self.fault
        return self._redirect_with_code(client, persona, form, chosen)

    def _offered(self, client: Client) -> tuple[Persona, ...]:
        return tuple(persona for persona in self._personas.values() if persona.kind in client.kinds)

    def _asking_client(self, query: Mapping[str, str]) -> Client | str:
        """The client of a sound request, or a sentence that says what is wrong; then nobody is sent anywhere."""
        client = self._clients.get(query.get("client_id", ""))
        if client is None:
            return "Deze aanvrager is niet bekend."
        if query.get("redirect_uri") not in client.redirect_uris:
            return "Het adres om naar terug te gaan is niet afgesproken."
        if query.get("response_type") != "code" or "openid" not in query.get("scope", "").split():
            return "Alleen inloggen met een code (response_type=code, scope=openid) kan."
        if query.get("code_challenge_method") != "S256" or not query.get("code_challenge"):
            return "De aanvraag heeft geen PKCE (S256)."
        return client

    def _redirect_with_code(self, client: Client, persona: Persona, query: Mapping[str, str], fault: Fault) -> Answer:
        code = secrets.token_urlsafe(32)
        grant = Grant(
            client,
            persona,
            query["redirect_uri"],
            query.get("nonce", ""),
            query["code_challenge"],
            fault,
            self._clock() + CODE_SECONDS,
        )
        with self._lock:
            self._grants = {kept: one for kept, one in self._grants.items() if one.expires_at > self._clock()}
            self._grants[code] = grant
        answer = {"code": code, "state": query.get("state", ""), "iss": self.issuer}
        return _redirect(query["redirect_uri"], answer)

    def _token(self, environ: WSGIEnvironment) -> Answer:
        form = _form(environ)
        client = self._authenticated(environ)
        if client is None:
            return _json({"error": "invalid_client"}, "401 Unauthorized")
        with self._lock:
            grant = self._grants.pop(form.get("code", ""), None)
        if grant is None or not self._is_exchangeable(grant, client, form):
            return _json({"error": "invalid_grant"}, "400 Bad Request")
        claims = claims_of(grant, self.issuer, self._salt, int(self._clock()))
        return _json(
            {
                "access_token": secrets.token_urlsafe(24),
                "token_type": "Bearer",
                "expires_in": CODE_SECONDS,
                "id_token": signed(claims, self._key, grant.fault),
            }
        )

    def _is_exchangeable(self, grant: Grant, client: Client, form: Mapping[str, str]) -> bool:
        return (
            form.get("grant_type") == "authorization_code"
            and grant.client == client
            and grant.expires_at > self._clock()
            and grant.redirect_uri == form.get("redirect_uri")
            and compare_digest(grant.challenge, challenge_of(form.get("code_verifier", "")))
        )

    def _authenticated(self, environ: WSGIEnvironment) -> Client | None:
        scheme, _, encoded = str(environ.get("HTTP_AUTHORIZATION", "")).partition(" ")
        if scheme.lower() != "basic":
            return None
        try:
            name, _, secret = base64.b64decode(encoded, validate=True).decode().partition(":")
        except ValueError:
            return None
        client = self._clients.get(unquote_plus(name))
        return client if client and compare_digest(client.secret, unquote_plus(secret)) else None

    def _userinfo(self, environ: WSGIEnvironment) -> Answer:
        """Counted and empty of use: a client that asks who somebody is here, asks an unsigned answer."""
        del environ
        self.userinfo_asked += 1
        return _json({"error": "insufficient_scope"}, "403 Forbidden")

    def _end_session(self, environ: WSGIEnvironment) -> Answer:
        query = dict(parse_qsl(str(environ.get("QUERY_STRING", ""))))
        client = self._clients.get(query.get("client_id", ""))
        place = query.get("post_logout_redirect_uri", "")
        if client and place in client.after_sign_out:
            return _redirect(place, {"state": query["state"]} if "state" in query else {})
        return _page("200 OK", refusal("U bent uitgelogd.", self.place))


def mounted(application: WSGIApplication, provider: TestProvider) -> WSGIApplication:
    """One WSGI application that gives the provider's own path to the provider and all else to `application`."""
    path = urlsplit(provider.issuer).path

    def both(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        asked = str(environ.get("PATH_INFO", ""))
        chosen = provider if path and (asked == path or asked.startswith(f"{path}/")) else application
        return chosen(environ, start_response)

    return both


def _form(environ: WSGIEnvironment) -> dict[str, str]:
    length = min(int(environ.get("CONTENT_LENGTH") or 0), 100_000)
    body = environ["wsgi.input"].read(length).decode("utf-8", "replace")
    return {name: values[-1] for name, values in parse_qs(body, keep_blank_values=True).items()}


def _redirect(place: str, extra: Mapping[str, str]) -> Answer:
    parts = urlsplit(place)
    query = urlencode([*parse_qsl(parts.query), *((name, value) for name, value in extra.items() if value)])
    return "303 See Other", [("Location", urlunsplit(parts._replace(query=query)))], b""


def _json(content: Mapping[str, Any], status: str = "200 OK") -> Answer:
    return status, [("Content-Type", "application/json")], json.dumps(content).encode()


def _text(status: str, text: str) -> Answer:
    return status, [("Content-Type", "text/plain; charset=utf-8")], text.encode()


def _page(status: str, html: str) -> Answer:
    return status, [("Content-Type", "text/html; charset=utf-8")], html.encode()
