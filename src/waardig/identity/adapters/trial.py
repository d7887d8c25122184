"""A demo or test signs in with the bundled provider: its means, its clients and its personas in one go."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from urllib.parse import urlsplit

import httpx

from waardig.identity.adapters import oidc
from waardig.identity.adapters.test_provider import Client, TestProvider
from waardig.identity.terms import Kind, Level, Means, Persona, SignInSetup

PATH = "/proef-inloggen"
_CALLBACKS = {
    Kind.RESIDENT: "/inloggen/terug/",
    Kind.ORGANISATION: "/inloggen/terug/",
    Kind.EMPLOYEE: "/balie/inloggen/terug/",
}
_SIGNED_OUT = {Kind.RESIDENT: "/uitgelogd/", Kind.ORGANISATION: "/uitgelogd/", Kind.EMPLOYEE: "/balie/uitgelogd/"}
_NAMES = {
    Kind.RESIDENT: ("digid", "DigiD"),
    Kind.ORGANISATION: ("eherkenning", "eHerkenning"),
    Kind.EMPLOYEE: ("werk", "Werkaccount"),
}


def open_trial(
    base_url: str, personas: Sequence[Persona], *, installation: str, place: str = ""
) -> tuple[SignInSetup, TestProvider]:
    """Make the provider and the means that go with it, reached in process and not over the network.

    Args:
        base_url: where the browser finds this installation, for example "http://127.0.0.1:8000".
        installation: "demo" or "test".

    Raises:
        TrialForbidden: the installation is something else.
    """
    issuer = base_url.rstrip("/") + PATH
    secret = secrets.token_urlsafe(32)
    origins = _origins(base_url)
    clients = [
        Client(
            id=f"waardig-{name}",
            secret=secret,
            redirect_uris=frozenset(origin + _CALLBACKS[kind] for origin in origins),
            kinds=frozenset({kind}),
            after_sign_out=frozenset(origin + _SIGNED_OUT[kind] for origin in origins),
        )
        for kind, (name, _) in _NAMES.items()
    ]
    provider = TestProvider(issuer, personas=personas, clients=clients, installation=installation, place=place)
    oidc.use_transport(issuer, httpx.WSGITransport(app=provider))
    means = tuple(
        Means(name, kind, label, issuer, f"waardig-{name}", secret, level=Level.SUBSTANTIAL)
        for kind, (name, label) in _NAMES.items()
    )
    return SignInSetup(means, tuple(personas), is_trial=True), provider


def _origins(base_url: str) -> tuple[str, ...]:
    """The same machine under its two usual names; a browser keeps their cookies apart, so both must work whole."""
    parts = urlsplit(base_url)
    port = f":{parts.port}" if parts.port else ""
    names = {
        parts.hostname or "",
        *({"localhost", "127.0.0.1"} if parts.hostname in ("localhost", "127.0.0.1") else ()),
    }
    return tuple(f"{parts.scheme}://{name}{port}" for name in sorted(names))
