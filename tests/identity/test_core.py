"""What a token must say, who it is about, how long a session lives, who may see a page."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardig.identity.core import subjects
from waardig.identity.core.claims import Expected, checked_level
from waardig.identity.core.failures import is_too_many
from waardig.identity.core.levels import EIDAS, acr_values, level_of
from waardig.identity.core.pages import safe_next
from waardig.identity.core.session_rules import LIMITS, is_over, term
from waardig.identity.terms import (
    Kind,
    Level,
    LevelTooLow,
    Means,
    Organisation,
    RepresentationRefused,
    Role,
    RoleMissing,
    SignInRefused,
    TokenRefused,
)

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
ISSUER, CLIENT_ID = "https://inloggen.example", "waardig"
BSN = "999990019"


def a_means(**changed: Any) -> Means:
    return Means(
        **{
            "id": "digid",
            "kind": Kind.RESIDENT,
            "name": "DigiD",
            "issuer": ISSUER,
            "client_id": CLIENT_ID,
            "client_secret": "s",
            **changed,
        }
    )


def claims(**changed: Any) -> dict[str, Any]:
    sound = {
        "iss": ISSUER,
        "aud": CLIENT_ID,
        "sub": "pairwise",
        "nonce": "n-1",
        "acr": EIDAS[Level.SUBSTANTIAL],
        "iat": NOW.timestamp(),
        "exp": NOW.timestamp() + 300,
    }
    return {name: value for name, value in {**sound, **changed}.items() if value is not ...}


def expected(level: Level = Level.SUBSTANTIAL) -> Expected:
    return Expected(ISSUER, CLIENT_ID, "n-1", level, NOW)


def test_a_sound_token_gives_its_level() -> None:
    assert checked_level(claims(), expected()) is Level.SUBSTANTIAL
    assert checked_level(claims(acr=EIDAS[Level.HIGH], aud=[CLIENT_ID]), expected()) is Level.HIGH
    assert checked_level(claims(aud=[CLIENT_ID, "other"], azp=CLIENT_ID), expected()) is Level.SUBSTANTIAL


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"iss": ISSUER + "/"}, "wrong_issuer"),
        ({"iss": ...}, "wrong_issuer"),
        ({"aud": "other"}, "wrong_audience"),
        ({"aud": []}, "wrong_audience"),
        ({"aud": ...}, "wrong_audience"),
        ({"aud": "waardig-too"}, "wrong_audience"),
        ({"aud": [CLIENT_ID, "other"]}, "no_authorised_party"),
        ({"azp": "other"}, "wrong_authorised_party"),
        ({"nonce": "n-2"}, "wrong_nonce"),
        ({"nonce": ...}, "wrong_nonce"),
        ({"nonce": 1}, "wrong_nonce"),
        ({"sub": ""}, "no_subject"),
        ({"sub": ...}, "no_subject"),
        ({"exp": ...}, "no_exp"),
        ({"exp": "later"}, "no_exp"),
        ({"exp": True}, "no_exp"),
        ({"iat": ...}, "no_iat"),
        ({"acr": ...}, "unknown_level"),
        ({"acr": "hoog"}, "unknown_level"),
        ({"acr": [EIDAS[Level.HIGH]]}, "unknown_level"),
    ],
)
def test_a_token_that_is_not_ours_is_refused_by_name(changed: dict[str, Any], reason: str) -> None:
    with pytest.raises(TokenRefused) as refused:
        checked_level(claims(**changed), expected())

    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("shift", "name", "reason"),
    [
        (-30, "exp", "expired"),
        (-29, "exp", ""),
        (31, "iat", "issued_in_the_future"),
        (30, "iat", ""),
        (-631, "iat", "issued_too_long_ago"),
        (-630, "iat", ""),
        (31, "nbf", "not_valid_yet"),
        (30, "nbf", ""),
    ],
)
def test_times_are_judged_with_thirty_seconds_of_leeway(shift: int, name: str, reason: str) -> None:
    token = claims(**{name: NOW.timestamp() + shift})

    if not reason:
        assert checked_level(token, expected()) is Level.SUBSTANTIAL
        return
    with pytest.raises(TokenRefused) as refused:
        checked_level(token, expected())
    assert refused.value.reason == reason


@given(st.sampled_from(list(Level)), st.sampled_from(list(Level)))
def test_a_level_suffices_exactly_when_it_is_not_lower(needed: Level, given_level: Level) -> None:
    token = claims(acr=EIDAS[given_level])

    if given_level >= needed:
        assert checked_level(token, expected(needed)) is given_level
    else:
        with pytest.raises(LevelTooLow):
            checked_level(token, expected(needed))


@pytest.mark.parametrize(
    ("acr", "level"),
    [
        ("urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport", Level.LOW),
        ("urn:oasis:names:tc:SAML:2.0:ac:classes:MobileTwoFactorContract", Level.LOW),
        ("urn:oasis:names:tc:SAML:2.0:ac:classes:Smartcard", Level.SUBSTANTIAL),
        ("urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI", Level.HIGH),
        ("urn:etoegang:core:assurance-class:loa2plus", Level.LOW),
        ("urn:etoegang:core:assurance-class:loa3", Level.SUBSTANTIAL),
        ("urn:etoegang:core:assurance-class:loa4", Level.HIGH),
        ("urn:etoegang:core:assurance-class:loa1", None),
    ],
)
def test_the_names_of_digid_and_eherkenning_have_their_level(acr: str, level: Level | None) -> None:
    assert level_of(acr) is level


def test_the_needed_level_is_asked_first_and_higher_ones_too() -> None:
    assert acr_values(Level.SUBSTANTIAL).split() == [EIDAS[Level.SUBSTANTIAL], EIDAS[Level.HIGH]]


def test_the_number_of_a_resident_is_found_by_its_type() -> None:
    by_sub = claims(sub=BSN, sub_id_type=subjects.BSN)
    by_alternative = claims(alt_sub=[{"aud": CLIENT_ID, "sub": BSN, "sub_id_type": subjects.BSN}])
    by_own_claim = claims(bsn=BSN)

    assert subjects.resident_bsn(by_sub, a_means()) == BSN
    assert subjects.resident_bsn(by_alternative, a_means()) == BSN
    assert subjects.resident_bsn(by_own_claim, a_means(bsn_claim="bsn")) == BSN


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({}, "no_bsn"),
        ({"bsn": BSN}, "no_bsn"),
        ({"sub": BSN}, "no_bsn"),
        ({"sub": BSN, "sub_id_type": subjects.PSEUDONYM}, "no_bsn"),
        ({"sub": "999990018", "sub_id_type": subjects.BSN}, "no_bsn"),
        ({"alt_sub": {"aud": "other", "sub": BSN, "sub_id_type": subjects.BSN}}, "no_bsn"),
        ({"alt_sub": ["text"]}, "malformed_alt_sub"),
        (
            {"sub": BSN, "sub_id_type": subjects.BSN, "alt_sub": {"sub": "999990020", "sub_id_type": subjects.BSN}},
            "two_identifiers_of_one_type",
        ),
    ],
)
def test_what_is_not_clearly_the_number_of_this_resident_is_refused(changed: dict[str, Any], reason: str) -> None:
    with pytest.raises(TokenRefused) as refused:
        subjects.resident_bsn(claims(**changed), a_means())

    assert refused.value.reason == reason
    assert BSN not in str(refused.value)


def test_a_resident_who_acts_for_another_is_never_taken_for_themself() -> None:
    link = {"iss": ISSUER, "sub": "999990020", "sub_id_type": subjects.BSN}

    with pytest.raises(RepresentationRefused) as refused:
        subjects.resident_bsn(claims(sub=BSN, sub_id_type=subjects.BSN, represents=link), a_means())

    assert refused.value.reason == "represents_not_taken_here"


def a_link(kvk: str, further: dict[str, Any] | None = None, **changed: Any) -> dict[str, Any]:
    link = {"iss": ISSUER, "sub": kvk, "sub_id_type": subjects.KVK, **changed}
    return {**link, "represents": further} if further else link


def test_the_deepest_link_is_the_organisation_and_links_between_are_kept() -> None:
    direct = subjects.organisation(claims(represents=a_link("90000017", name="Kuipers")), a_means())
    through = subjects.organisation(claims(represents=a_link("90000025", a_link("90000017"))), a_means())

    assert direct == Organisation("90000017", "pairwise", "Kuipers")
    assert through == Organisation("90000017", "pairwise", "", ("90000025",))
    assert direct.key != through.key


@pytest.mark.parametrize(
    ("represents", "reason"),
    [
        (..., "represents_missing"),
        ("90000017", "represents_malformed"),
        ([a_link("90000017")], "represents_malformed"),
        ({"sub": "90000017"}, "represents_without_sub_or_iss"),
        ({"iss": ISSUER}, "represents_without_sub_or_iss"),
        (a_link("900"), "represents_without_kvk"),
        (a_link("90000017", sub_id_type=subjects.RSIN), "represents_without_kvk"),
        (a_link("90000017", a_link("90000017")), "represents_in_a_circle"),
        (a_link("pairwise"), "represents_in_a_circle"),
        (a_link("90000001", a_link("90000002", a_link("90000003", a_link("90000004")))), "represents_chain_too_long"),
    ],
)
def test_a_chain_that_is_not_sound_is_refused(represents: Any, reason: str) -> None:
    with pytest.raises(RepresentationRefused) as refused:
        subjects.organisation(claims(represents=represents), a_means())

    assert refused.value.reason == reason


def test_an_employee_has_a_number_and_roles() -> None:
    found = subjects.employee(
        claims(employee_number="1042", name="F. Yıldız", roles=["loket", "tovenaar", 7, ""], mandate_limit_eurocent=1)
    )

    assert found == subjects.EmployeeClaims("1042", "F. Yıldız", frozenset({Role.COUNTER, "tovenaar"}), 1)


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"roles": ["loket"]}, "no_employee_number"),
        ({"employee_number": "1", "roles": []}, "role_missing"),
        ({"employee_number": "1", "roles": "loket"}, "role_missing"),
        ({"employee_number": "1", "roles": ["loket"], "mandate_limit_eurocent": "100"}, "mandate_limit_malformed"),
        ({"employee_number": "1", "roles": ["loket"], "mandate_limit_eurocent": True}, "mandate_limit_malformed"),
        ({"employee_number": "1", "roles": ["loket"], "represents": a_link("90000017")}, "represents_not_taken_here"),
    ],
)
def test_an_employee_that_is_not_clear_is_refused(changed: dict[str, Any], reason: str) -> None:
    with pytest.raises(SignInRefused) as refused:
        subjects.employee(claims(**changed))

    assert refused.value.reason == reason
    assert isinstance(refused.value, RoleMissing) == (reason == "role_missing")


@pytest.mark.parametrize(
    "elsewhere",
    [
        "",
        "berichten",
        "//elders.example",
        "///elders.example",
        "https://elders.example",
        "/\\elders.example",
        "\\/elders",
        "javascript:alert(1)",
        "/a\nb",
        "/a\tb",
        "/" + "a" * 2000,
    ],
)
def test_nobody_is_led_to_another_site(elsewhere: str) -> None:
    assert safe_next(elsewhere, "/thuis/") == "/thuis/"


@given(st.text(max_size=40))
def test_the_next_page_is_always_a_path_of_this_site(asked: str) -> None:
    page = safe_next(asked, "/")

    assert page.startswith("/") and not page.startswith(("//", "/\\"))


def test_a_session_ends_after_fifteen_minutes_of_rest_and_after_two_hours_in_all() -> None:
    limits = LIMITS[Kind.RESIDENT]
    minute = timedelta(minutes=1)

    assert not is_over(NOW, NOW, limits, NOW + 15 * minute - timedelta(seconds=1))
    assert is_over(NOW, NOW, limits, NOW + 15 * minute)
    assert is_over(NOW, NOW + 119 * minute, limits, NOW + 120 * minute)
    assert not is_over(NOW, NOW + 119 * minute, limits, NOW + 120 * minute - timedelta(seconds=1))


def test_the_notice_comes_two_minutes_before_the_end_and_says_whether_more_time_can_be_had() -> None:
    limits = LIMITS[Kind.RESIDENT]
    late = NOW + timedelta(minutes=110)

    fresh, last = term(NOW, NOW, limits, NOW), term(NOW, late, limits, late)

    assert (fresh.warn_after_seconds, fresh.can_extend) == (13 * 60, True)
    assert (last.warn_after_seconds, last.can_extend) == (8 * 60, False)
    assert last.ends_at == NOW + timedelta(hours=2)
    assert term(NOW, NOW, limits, NOW + timedelta(minutes=14)).warn_after_seconds == 0


def test_twenty_failures_in_a_quarter_are_too_many() -> None:
    failed = [NOW - timedelta(seconds=number) for number in range(20)]

    assert is_too_many(failed, NOW)
    assert not is_too_many(failed[1:], NOW)
    assert not is_too_many(failed, NOW + timedelta(minutes=15))
