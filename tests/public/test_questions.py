"""A question without signing in reaches an official with a name, and comes back in public after a human check."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from tests.cases.builders import SERVICE, TODAY
from tests.desk.builders import a_decider, words_of
from tests.identity.signing_in import an_employee, signed_in_client
from waardig.accountability import actions
from waardig.accountability.models import Question
from waardig.accountability.queries import canonical, questions
from waardig.accountability.terms import (
    PER_SENDER_AN_HOUR,
    AnswerIncomplete,
    QuestionClosed,
    QuestionUnknown,
    TooManyQuestions,
)
from waardig.kernel.clock import wall_now

PAGE = f"/verantwoording/{SERVICE}/vragen/"
ASKED = "Waarom kreeg mijn buurvrouw Jannie wel een brief?"
CLEAN = "Waarom kreeg iemand anders wel een brief?"
ANSWER = "Wie bijstand heeft, krijgt een brief. Wie werkt, vinden wij zo niet."


def policy() -> Client:
    return signed_in_client(an_employee("beleid", number="s.post", name="Sanne Post"))


def test_a_question_is_taken_with_the_day_of_the_answer_and_is_not_public_yet(decided: None) -> None:
    visitor = Client()

    sent = visitor.post(PAGE, {"question": ASKED, "name": "Toos", "website": ""})
    page = words_of(visitor.get(PAGE))

    assert (sent.status_code, sent["Location"]) == (302, PAGE)
    assert "Uw vraag is binnen. Een medewerker antwoordt uiterlijk 13 mei 2025" in page
    assert "1 vraag wacht nog op antwoord." in page
    assert "Jannie" not in page and "Toos" not in page
    (kept,) = questions.open_questions()
    assert (kept.text, kept.name, kept.answer_by) == (ASKED, "Toos", date(2025, 5, 13))
    assert "Uw vraag is binnen." not in words_of(visitor.get(PAGE))


def test_a_text_pasted_from_another_program_is_taken_without_what_cannot_be_stored(decided: None) -> None:
    pasted = "Waarom kreeg\x00 iemand\x0b anders\r\nwel een brief?\ufffe"

    assert Client().post(f"{PAGE}?q=%00", {"question": pasted, "name": "T\x00oos"}).status_code == 302

    (kept,) = questions.open_questions()
    assert (kept.text, kept.name) == ("Waarom kreeg iemand anders\r\nwel een brief?", "Toos")


@pytest.mark.parametrize(
    ("posted", "said"),
    [
        ({"question": " "}, "Schrijf uw vraag op. Eén zin is genoeg."),
        ({"question": "x" * 2001}, "Maak uw tekst korter."),
        ({"question": ASKED, "name": "x" * 81}, "Maak uw naam korter. Er passen 80 tekens in."),
    ],
)
def test_a_wrong_question_is_shown_again_and_nothing_is_kept(decided: None, posted: dict[str, str], said: str) -> None:
    answer = Client().post(PAGE, posted)

    assert answer.status_code == 400
    assert said in words_of(answer)
    assert Question.objects.count() == 0


def test_a_machine_that_fills_in_everything_is_let_go_and_nothing_is_kept(decided: None) -> None:
    answer = Client().post(PAGE, {"question": "Koop nu", "website": "https://spam.example"})

    assert answer.status_code == 302
    assert Question.objects.count() == 0


def test_a_flood_from_one_place_is_stopped_and_another_place_is_not(decided: None) -> None:
    for _ in range(PER_SENDER_AN_HOUR):
        assert Client().post(PAGE, {"question": ASKED}).status_code == 302

    stopped = Client().post(PAGE, {"question": ASKED})
    other = Client(REMOTE_ADDR="10.0.0.9").post(PAGE, {"question": ASKED})

    assert stopped.status_code == 400
    assert "Er komen nu te veel vragen tegelijk." in words_of(stopped)
    assert other.status_code == 302
    assert Question.objects.count() == PER_SENDER_AN_HOUR + 1
    assert not Question.objects.filter(sender__contains="10.0.0.9").exists()


def test_the_mark_of_a_sender_is_forgotten_after_an_hour(decided: None) -> None:
    for _ in range(PER_SENDER_AN_HOUR):
        actions.ask(SERVICE, ASKED, sender="ergens")
    Question.objects.update(asked_at=wall_now() - timedelta(minutes=61))

    actions.ask(SERVICE, ASKED, sender="ergens")

    assert Question.objects.filter(sender="").count() == PER_SENDER_AN_HOUR


def test_a_service_with_too_many_open_questions_takes_no_more(decided: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "OPEN_A_SERVICE", 1)
    actions.ask(SERVICE, ASKED)

    with pytest.raises(TooManyQuestions):
        actions.ask(SERVICE, ASKED)
    assert Question.objects.count() == 1


def test_policy_sees_the_list_checks_the_text_and_publishes_under_its_own_name(decided: None) -> None:
    actions.ask(SERVICE, ASKED, name="Toos")
    desk = policy()

    start = desk.get("/balie/")
    listed = words_of(desk.get("/balie/openbare-vragen/"))
    (waiting,) = questions.open_questions()
    form = words_of(desk.get(f"/balie/openbare-vragen/{waiting.id}/"))
    done = desk.post(
        f"/balie/openbare-vragen/{waiting.id}/", {"outcome": "answer", "published_text": CLEAN, "answer": ANSWER}
    )
    public = words_of(Client().get(PAGE))

    assert start["Location"] == "/balie/openbare-vragen/"
    assert (
        "1 vraag wacht op antwoord." in listed and "Vragen van iedereen 1" in listed
    ) or "Vragen van iedereen" in listed
    assert ASKED in form and "Toos" in form and "Sanne Post, Team Beleid" in form
    assert done["Location"] == "/balie/openbare-vragen/"
    assert CLEAN in public and ANSWER in public and "Antwoord van Sanne Post, Team Beleid" in public
    assert "Jannie" not in public and "Toos" not in public
    kept = questions.question(waiting.id)
    assert (kept.text, kept.name, kept.official) == ("", "", "s.post")


def test_an_answer_that_says_nothing_is_refused_and_the_question_stays(decided: None) -> None:
    asked = actions.ask(SERVICE, ASKED)
    desk = policy()

    answer = desk.post(
        f"/balie/openbare-vragen/{asked.id}/", {"outcome": "answer", "published_text": CLEAN, "answer": "Ja."}
    )
    nothing = desk.post(f"/balie/openbare-vragen/{asked.id}/", {"published_text": CLEAN, "answer": ANSWER})

    assert (answer.status_code, nothing.status_code) == (400, 400)
    assert "Schrijf uw antwoord op in ten minste 20 tekens." in words_of(answer)
    assert "Kies wat u doet: beantwoorden of niet openbaar maken." in words_of(nothing)
    with pytest.raises(AnswerIncomplete):
        actions.answer(asked.id, "s.post", published_text=CLEAN, text="Ja.")
    assert questions.question(asked.id) == asked


def test_what_is_left_unpublished_is_removed_and_cannot_be_answered_after_all(decided: None) -> None:
    asked = actions.ask(SERVICE, ASKED, name="Toos")
    desk = policy()

    desk.post(f"/balie/openbare-vragen/{asked.id}/", {"outcome": "decline"})

    kept = questions.question(asked.id)
    assert (str(kept.state), kept.text, kept.name) == ("declined", "", "")
    assert desk.get(f"/balie/openbare-vragen/{asked.id}/")["Location"] == "/balie/openbare-vragen/"
    with pytest.raises(QuestionClosed):
        actions.answer(asked.id, "s.post", published_text=CLEAN, text=ANSWER)
    assert ASKED not in words_of(Client().get(PAGE))


def test_only_policy_may_see_the_questions(decided: None) -> None:
    asked = actions.ask(SERVICE, ASKED)

    for client in (Client(), a_decider()):
        for path in ("/balie/openbare-vragen/", f"/balie/openbare-vragen/{asked.id}/"):
            assert client.get(path).status_code in (302, 403, 404), path
    assert policy().get(f"/balie/openbare-vragen/{uuid4()}/").status_code == 404
    with pytest.raises(QuestionUnknown):
        actions.decline(uuid4(), "s.post")


def test_a_question_goes_a_year_after_its_answer(decided: None) -> None:
    asked = actions.ask(SERVICE, ASKED)
    actions.answer(asked.id, "s.post", published_text=CLEAN, text=ANSWER, on=TODAY)

    assert actions.forget_questions(on=TODAY + timedelta(days=364)) == 0
    assert actions.forget_questions(on=TODAY + timedelta(days=365)) == 1
    assert questions.answered(SERVICE) == ()


def test_the_canonical_export_holds_every_question_and_of_what_was_typed_a_fingerprint(decided: None) -> None:
    asked = actions.ask(SERVICE, ASKED, name="Toos", on=TODAY)

    (entry,) = [one for one in canonical() if one["kind"] == "question"]

    assert (entry["service"], entry["state"], entry["asked_on"]) == (SERVICE, "open", TODAY.isoformat())
    assert entry["answer_by"] == asked.answer_by.isoformat()
    assert "Jannie" not in str(entry) and "Toos" not in str(entry)
