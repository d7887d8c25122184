"""The bundled provider and our client of any issuer, over real HTTP messages in process, without a database."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from waardig.identity.adapters import oidc
from waardig.identity.adapters.test_provider import Client, Fault, TestProvider, mounted
from waardig.identity.adapters.trial import open_trial
from waardig.identity.core.subjects import BSN, KVK
from waardig.identity.terms import (
    Kind,
    Level,
    Means,
    Persona,
    ProviderUnreachable,
    Role,
    SignInSetup,
    TokenRefused,
    TrialForbidden,
)

BASE = "http://127.0.0.1:8000"
BACK = f"{BASE}/inloggen/terug/"
PERSONAS = (
    Persona("gerrit", "Gerrit Vos", "Heeft bijstand.", Kind.RESIDENT, 58, bsn="999990019"),
    Persona("danny", "Danny Kuipers", "Bewindvoerder.", Kind.ORGANISATION, 46, kvk="90000017", organisation="Kuipers"),
    Persona(
        "fatma",
        "Fatma Yıldız",
        "Werkt aan het loket.",
        Kind.EMPLOYEE,
        29,
        employee_number="1042",
        roles=(Role.COUNTER,),
    ),
)


@pytest.fixture
def trial() -> Iterator[tuple[SignInSetup, TestProvider]]:
    setup, provider = open_trial(BASE, PERSONAS, installation="test", place="Rietwaarden")
    yield setup, provider
    oidc.use_transport(provider.issuer, None)


def a_request(**changed: Any) -> oidc.SignInRequest:
    sound = oidc.SignInRequest("state-1", "nonce-1", "v" * 64, BACK, Level.SUBSTANTIAL)
    return replace(sound, **changed)


def browser(provider: TestProvider) -> httpx.Client:
    return httpx.Client(transport=httpx.WSGITransport(app=provider))


def code_for(setup: SignInSetup, provider: TestProvider, persona: str = "gerrit", **changed: Any) -> str:
    means = setup.means_by_id({"gerrit": "digid", "danny": "eherkenning"}.get(persona, "werk"))
    address = oidc.authorization_url(means, a_request(login_hint=persona, **changed))
    with browser(provider) as client:
        answer = client.get(address)
    query = parse_qs(urlsplit(answer.headers["Location"]).query)
    assert (answer.status_code, query["state"], query["iss"]) == (303, ["state-1"], [provider.issuer])
    return query["code"][0]


def digid(setup: SignInSetup) -> Means:
    return setup.means_by_id("digid")


def test_a_code_gives_the_claims_of_the_chosen_persona(trial: tuple[SignInSetup, TestProvider]) -> None:
    setup, provider = trial

    claims = oidc.claims_for_code(digid(setup), a_request(), code_for(setup, provider))

    assert claims["iss"] == provider.issuer
    assert claims["nonce"] == "nonce-1"
    assert claims["alt_sub"] == [{"aud": "waardig-digid", "sub": "999990019", "sub_id_type": BSN}]
    assert claims["sub"] != "999990019" and len(claims["sub"]) == 32
    assert provider.userinfo_asked == 0


def test_an_organisation_is_represented_by_a_pseudonym(trial: tuple[SignInSetup, TestProvider]) -> None:
    setup, provider = trial

    code = code_for(setup, provider, "danny")
    claims = oidc.claims_for_code(setup.means_by_id("eherkenning"), a_request(), code)

    assert claims["represents"] == {
        "iss": provider.issuer,
        "sub": "90000017",
        "sub_id_type": KVK,
        "name": "Kuipers",
    }


def test_a_code_is_good_for_one_exchange(trial: tuple[SignInSetup, TestProvider]) -> None:
    setup, provider = trial
    code = code_for(setup, provider)
    oidc.claims_for_code(digid(setup), a_request(), code)

    with pytest.raises(TokenRefused) as refused:
        oidc.claims_for_code(digid(setup), a_request(), code)

    assert refused.value.reason == "code_refused"


@pytest.mark.parametrize(
    "changed", [{"verifier": "w" * 64}, {"redirect_uri": "http://localhost:8000/inloggen/terug/"}], ids=str
)
def test_a_code_needs_its_own_verifier_and_address(
    trial: tuple[SignInSetup, TestProvider], changed: dict[str, str]
) -> None:
    setup, provider = trial
    code = code_for(setup, provider)

    with pytest.raises(TokenRefused) as refused:
        oidc.claims_for_code(digid(setup), a_request(**changed), code)

    assert refused.value.reason == "code_refused"


def test_a_code_of_another_client_or_with_a_wrong_secret_is_refused(trial: tuple[SignInSetup, TestProvider]) -> None:
    setup, provider = trial
    others = setup.means_by_id("werk")
    forged = replace(digid(setup), client_secret="guess")

    for means in (others, forged):
        with pytest.raises(TokenRefused) as refused:
            oidc.claims_for_code(means, a_request(), code_for(setup, provider))
        assert refused.value.reason == "code_refused"


def test_a_code_that_waited_longer_than_a_minute_is_refused() -> None:
    now = [1_000_000.0]
    client = Client("c", "s", frozenset({BACK}), frozenset({Kind.RESIDENT}))
    provider = TestProvider(f"{BASE}/x", personas=PERSONAS, clients=[client], installation="test", clock=lambda: now[0])
    oidc.use_transport(provider.issuer, httpx.WSGITransport(app=provider))
    setup = SignInSetup((Means("digid", Kind.RESIDENT, "DigiD", provider.issuer, "c", "s"),), is_trial=True)
    code = code_for(setup, provider)
    now[0] += 60

    with pytest.raises(TokenRefused):
        oidc.claims_for_code(digid(setup), a_request(), code)


@pytest.mark.parametrize("fault", [Fault.UNSIGNED, Fault.OTHER_KEY, Fault.HMAC_WITH_PUBLIC_KEY])
def test_a_token_that_the_issuer_did_not_sign_is_refused(trial: tuple[SignInSetup, TestProvider], fault: Fault) -> None:
    setup, provider = trial
    provider.fault = fault

    with pytest.raises(TokenRefused) as refused:
        oidc.claims_for_code(digid(setup), a_request(), code_for(setup, provider))

    assert refused.value.reason == "wrong_signature"


def test_a_new_key_of_the_issuer_is_fetched_when_it_is_needed(trial: tuple[SignInSetup, TestProvider]) -> None:
    setup, provider = trial
    oidc.claims_for_code(digid(setup), a_request(), code_for(setup, provider))
    provider._key = TestProvider("http://x/y", personas=[], clients=[], installation="test")._key

    claims = oidc.claims_for_code(digid(setup), a_request(), code_for(setup, provider))

    assert claims["nonce"] == "nonce-1"


def test_an_issuer_that_names_another_or_does_not_answer_is_no_issuer(
    trial: tuple[SignInSetup, TestProvider],
) -> None:
    setup, provider = trial
    alias = replace(digid(setup), issuer="http://alias.example/proef-inloggen")
    gone = replace(digid(setup), issuer="http://gone.example/proef-inloggen")
    oidc.use_transport(alias.issuer, httpx.WSGITransport(app=provider))
    oidc.use_transport(gone.issuer, httpx.MockTransport(lambda request: httpx.Response(500)))

    for means, reason in ((alias, "discovery_of_another_issuer"), (gone, "issuer_does_not_answer")):
        with pytest.raises(ProviderUnreachable) as refused:
            oidc.authorization_url(means, a_request())
        assert refused.value.reason == reason


def test_the_request_carries_pkce_nonce_and_the_level(trial: tuple[SignInSetup, TestProvider]) -> None:
    setup, _ = trial

    query = parse_qs(urlsplit(oidc.authorization_url(digid(setup), a_request(level=Level.HIGH))).query)

    assert query["code_challenge_method"] == ["S256"]
    assert query["nonce"] == ["nonce-1"] and query["state"] == ["state-1"]
    assert query["acr_values"] == ["http://eidas.europa.eu/LoA/high"]
    assert "v" * 64 not in str(query)


def form_of(html: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', html))


def test_without_a_hint_the_page_offers_the_personas_of_this_client_only(
    trial: tuple[SignInSetup, TestProvider],
) -> None:
    setup, provider = trial
    address = oidc.authorization_url(digid(setup), a_request(state='"><script>'))

    with browser(provider) as client:
        page = client.get(address).text

    assert "Dit is een proef" in page and "Log in als Gerrit" in page
    assert "Danny" not in page and "Fatma" not in page
    assert "<script>" not in page and "999990019" not in page
    assert '<html lang="nl">' in page and page.count("<h1>") == 1


def test_choosing_or_stopping_on_the_page_leads_back(trial: tuple[SignInSetup, TestProvider]) -> None:
    setup, provider = trial
    with browser(provider) as client:
        form = form_of(client.get(oidc.authorization_url(digid(setup), a_request())).text)
        chosen = client.post(f"{provider.issuer}/authorize", data={**form, "persona": "gerrit", "fault": ""})
        stopped = client.post(f"{provider.issuer}/authorize", data={**form, "stop": "1"})
        stranger = client.post(f"{provider.issuer}/authorize", data={**form, "persona": "fatma"})

    code = parse_qs(urlsplit(chosen.headers["Location"]).query)["code"][0]
    assert oidc.claims_for_code(digid(setup), a_request(), code)["nonce"] == "nonce-1"
    assert stopped.headers["Location"] == f"{BACK}?error=access_denied&state=state-1"
    assert stranger.status_code == 400


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("client_id", "somebody"),
        ("redirect_uri", "http://elders.example/"),
        ("response_type", "token"),
        ("scope", "email"),
        ("code_challenge_method", "plain"),
        ("code_challenge", ""),
    ],
)
def test_an_unsound_request_sends_nobody_anywhere(
    trial: tuple[SignInSetup, TestProvider], name: str, value: str
) -> None:
    setup, provider = trial
    parts = urlsplit(oidc.authorization_url(digid(setup), a_request(login_hint="gerrit")))
    query = {key: values[0] for key, values in parse_qs(parts.query).items()} | {name: value}

    with browser(provider) as client:
        answer = client.get(f"{provider.issuer}/authorize", params=query)

    assert (answer.status_code, "Location" in answer.headers) == (400, False)


def test_signing_out_returns_to_agreed_addresses_only(trial: tuple[SignInSetup, TestProvider]) -> None:
    setup, provider = trial

    with browser(provider) as client:
        back = client.get(oidc.end_session_url(digid(setup), f"{BASE}/uitgelogd/"))
        elsewhere = client.get(oidc.end_session_url(digid(setup), "http://elders.example/"))

    assert (back.status_code, back.headers["Location"]) == (303, f"{BASE}/uitgelogd/")
    assert (elsewhere.status_code, "Location" in elsewhere.headers) == (200, False)


@pytest.mark.parametrize("installation", ["production", "", "Demo", "acceptance"])
def test_it_refuses_to_start_outside_a_demo_or_test(installation: str) -> None:
    with pytest.raises(TrialForbidden):
        open_trial(BASE, PERSONAS, installation=installation)


def test_mounted_it_takes_its_own_path_and_leaves_the_rest(trial: tuple[SignInSetup, TestProvider]) -> None:
    _, provider = trial

    def site(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"site"]

    with httpx.Client(transport=httpx.WSGITransport(app=mounted(site, provider)), base_url=BASE) as client:
        keys = json.loads(client.get("/proef-inloggen/jwks").text)["keys"]
        assert client.get("/proef-inloggen-anders").text == "site"
        assert client.get("/").text == "site"
        assert client.get("/proef-inloggen/nothing").status_code == 404

    assert [(key["kty"], key["alg"], "d" in key) for key in keys] == [("EC", "ES256", False)]
