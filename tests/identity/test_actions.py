"""The whole sign-in against the bundled provider, with sessions and log lines in the database."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

import psycopg
import pytest

from tests.identity.trial import BASE, DESK, GERRIT, PORTAL, Trial, complete, sign_in_lines
from waardig.identity.actions import Destination, begin_sign_in, complete_sign_in, sign_out
from waardig.identity.adapters.session_store import SessionStore
from waardig.identity.adapters.test_provider import Fault
from waardig.identity.queries import actor_of, who_of
from waardig.identity.terms import (
    ANONYMOUS,
    Kind,
    Level,
    LevelTooLow,
    MeansUnknown,
    Organisation,
    PersonUnknown,
    RoleMissing,
    SignInCancelled,
    SignInExpired,
    SignInRefused,
    TooManyFailures,
)
from waardig.kernel.clock import wall_now


def test_a_resident_signs_in_as_a_person_id_and_returns_to_the_asked_page(trial: Trial, session: SessionStore) -> None:
    done = complete(session, trial.answer(session, "gerrit", page="/berichten/?nieuw=1"))

    who = who_of(session, wall_now())
    assert done.next_page == "/berichten/?nieuw=1"
    assert (who.kind, who.person, who.loa, who.means, who.name) == (
        Kind.RESIDENT,
        GERRIT,
        "substantial",
        "digid",
        "",
    )
    assert (actor_of(who).kind, actor_of(who).id) == ("resident", str(GERRIT))
    assert trial.provider.userinfo_asked == 0


def test_an_organisation_signs_in_as_legal_and_acting_subject(trial: Trial, session: SessionStore) -> None:
    who = complete(session, trial.answer(session, "danny")).who

    assert who.kind is Kind.ORGANISATION and who.person is None
    assert isinstance(who.organisation, Organisation)
    assert (who.organisation.kvk, who.organisation.name, who.id) == ("90000017", "Kuipers", "90000017")
    assert len(who.organisation.acting_subject) == 32
    assert who_of(session, wall_now()) == who


def test_an_employee_signs_in_with_roles_and_mandate_limit(trial: Trial, session: SessionStore) -> None:
    who = complete(session, trial.answer(session, "fatma"), DESK).who

    assert (who.employee_number, who.name, who.mandate_limit_eurocent) == ("f.yildiz", "Fatma Yıldız", 100_000)
    assert who.roles == {"loket", "inkomensconsulent"}
    assert who_of(session, wall_now()) == who


@pytest.mark.parametrize(
    ("fault", "persona", "reason"),
    [
        (Fault.WRONG_ISSUER, "gerrit", "wrong_issuer"),
        (Fault.WRONG_AUDIENCE, "gerrit", "wrong_audience"),
        (Fault.WRONG_NONCE, "gerrit", "wrong_nonce"),
        (Fault.EXPIRED, "gerrit", "expired"),
        (Fault.FROM_THE_FUTURE, "gerrit", "issued_in_the_future"),
        (Fault.UNSIGNED, "gerrit", "wrong_signature"),
        (Fault.OTHER_KEY, "gerrit", "wrong_signature"),
        (Fault.HMAC_WITH_PUBLIC_KEY, "gerrit", "wrong_signature"),
        (Fault.LOWER_LEVEL, "gerrit", "level_too_low"),
        (Fault.UNKNOWN_LEVEL, "gerrit", "unknown_level"),
        (Fault.REPRESENTS_SOMEONE, "gerrit", "represents_not_taken_here"),
        (Fault.REPRESENTS_NOBODY, "danny", "represents_missing"),
        (Fault.LOWER_LEVEL, "danny", "level_too_low"),
        (Fault.WRONG_AUDIENCE, "fatma", "wrong_audience"),
        (Fault.REPRESENTS_SOMEONE, "fatma", "represents_not_taken_here"),
    ],
)
def test_a_token_that_is_not_right_signs_nobody_in_and_is_logged(
    trial: Trial, session: SessionStore, owner: psycopg.Connection, fault: Fault, persona: str, reason: str
) -> None:
    trial.provider.fault = fault
    answer = trial.answer(session, persona)
    key = session.session_key

    with pytest.raises(SignInRefused) as refused:
        complete(session, answer, DESK if persona == "fatma" else PORTAL)

    assert refused.value.reason == reason
    assert who_of(session, wall_now()) == ANONYMOUS
    assert (session.session_key, session["before"], trial.people.asked) == (key, "something", 0)
    assert sign_in_lines(owner) == [("inloggen lukte niet", "system", "refuse", [reason], False)]


def test_signing_in_and_out_are_in_the_log_under_the_person(
    trial: Trial, session: SessionStore, owner: psycopg.Connection
) -> None:
    complete(session, trial.answer(session, "gerrit"))
    sign_out(session, return_to="", now=wall_now())

    assert sign_in_lines(owner) == [
        ("logde in", "resident", "allow", [], True),
        ("logde uit", "resident", "allow", [], True),
    ]


def test_the_level_that_the_page_needs_is_checked_by_us(trial: Trial, session: SessionStore) -> None:
    for persona, needed in (("laag", Level.LOW), ("gerrit", Level.HIGH)):
        with pytest.raises(LevelTooLow):
            complete(session, trial.answer(session, persona, needed))


def test_an_answer_counts_once(trial: Trial, session: SessionStore) -> None:
    answer = trial.answer(session, "gerrit")
    complete(session, answer)

    with pytest.raises(SignInExpired):
        complete(session, answer)

    assert who_of(session, wall_now()).person == GERRIT


def test_an_answer_counts_only_in_the_browser_that_asked(trial: Trial, session: SessionStore) -> None:
    answer = trial.answer(session, "gerrit")
    other = SessionStore()

    with pytest.raises(SignInExpired):
        complete(other, answer)

    assert who_of(other, wall_now()) == ANONYMOUS


def test_an_answer_after_ten_minutes_is_too_late(trial: Trial, session: SessionStore) -> None:
    answer = trial.answer(session, "gerrit")

    with pytest.raises(SignInExpired):
        complete_sign_in(session, answer, kinds=PORTAL, source="", now=wall_now() + timedelta(minutes=10, seconds=1))


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"state": "guess"}, "not_under_way"),
        ({"iss": "https://elders.example"}, "answer_of_another_issuer"),
        ({"code": "guess"}, "code_refused"),
        ({"code": ""}, "issuer_reports_an_error"),
        ({"error": "server_error"}, "issuer_reports_an_error"),
    ],
)
def test_an_answer_that_was_tampered_with_is_refused(
    trial: Trial, session: SessionStore, changed: dict[str, str], reason: str
) -> None:
    answer = {**trial.answer(session, "gerrit"), **changed}

    with pytest.raises(SignInRefused) as refused:
        complete(session, answer)

    assert refused.value.reason == reason


def test_a_code_of_one_sign_in_does_not_fit_another(trial: Trial, session: SessionStore) -> None:
    stolen = trial.answer(SessionStore(), "gerrit")["code"]
    own = trial.answer(session, "gerrit")

    with pytest.raises(SignInRefused) as refused:
        complete(session, {**own, "code": stolen})

    assert refused.value.reason == "code_refused"


def test_employees_do_not_come_in_through_the_portal(trial: Trial, session: SessionStore) -> None:
    with pytest.raises(SignInRefused) as refused:
        complete(session, trial.answer(session, "fatma"), PORTAL)

    assert refused.value.reason == "means_of_another_face"


def test_stopping_is_no_failure(trial: Trial, session: SessionStore) -> None:
    state = trial.answer(session, "gerrit")["state"]

    with pytest.raises(SignInCancelled):
        complete(session, {"state": state, "error": "access_denied"})


def test_somebody_we_do_not_know_and_somebody_without_a_role_are_told_so(trial: Trial, session: SessionStore) -> None:
    with pytest.raises(PersonUnknown):
        complete(session, trial.answer(session, "vreemd"))
    with pytest.raises(RoleMissing):
        complete(session, trial.answer(session, "stage"), DESK)
    with pytest.raises(MeansUnknown):
        begin_sign_in(session, "nothing", Destination(BASE), now=wall_now())


def test_the_session_gets_a_new_key_and_the_old_one_opens_nothing(trial: Trial, session: SessionStore) -> None:
    planted = session.session_key

    complete(session, trial.answer(session, "gerrit"))
    session.save()

    assert session.session_key != planted and "before" not in session
    assert who_of(SessionStore(planted), wall_now()) == ANONYMOUS
    assert who_of(SessionStore(session.session_key), wall_now()).person == GERRIT


def test_twenty_failures_from_one_place_wait_and_another_place_does_not(
    trial: Trial, session: SessionStore, owner: psycopg.Connection
) -> None:
    for _ in range(20):
        with pytest.raises(SignInExpired):
            complete(session, {"state": "guess"})

    answer = trial.answer(session, "gerrit")
    with pytest.raises(TooManyFailures):
        complete(session, answer)
    assert len(sign_in_lines(owner)) == 20
    assert complete(session, answer, source="192.0.2.2").who.person == GERRIT
    assert "192.0.2" not in str(owner.execute("SELECT * FROM identity_signinfailure").fetchall())


def test_signing_out_ends_the_session_here_and_at_the_issuer(trial: Trial, session: SessionStore) -> None:
    complete(session, trial.answer(session, "gerrit"))
    session.save()
    key = session.session_key

    place = sign_out(session, return_to=f"{BASE}/uitgelogd/", now=wall_now())

    query = dict(parse_qsl(urlsplit(place).query))
    assert query == {"client_id": "waardig-digid", "post_logout_redirect_uri": f"{BASE}/uitgelogd/"}
    assert not SessionStore().exists(key or "")
    assert sign_out(session, return_to="", now=wall_now()) == ""
