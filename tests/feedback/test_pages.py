"""Under every page and message one can say whether it is clear; at the desk its author reads and closes it."""

from __future__ import annotations

import html
import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from tests.desk.builders import a_caseworker, a_decider, a_sent_proposal, find, somebody_with_a_number, words_of
from tests.feedback.builders import HOME, POLICY, PROPOSAL, SAID, WHY, a_text, kept, react
from tests.identity.signing_in import a_resident, an_employee, signed_in_client
from waardig.feedback import actions, queries
from waardig.feedback.models import Count, Text
from waardig.feedback.terms import TextState

pytestmark = pytest.mark.usefixtures("doors")
FORM = f"/reactie/?over={PROPOSAL}"


def number_on(client: Client, address: str = FORM) -> str:
    """The number of the form on a page."""
    found = re.search(r'name="number" value="([^"]+)"', client.get(address).content.decode())
    assert found
    return html.unescape(found[1])


def link_on(client: Client, path: str) -> str:
    """Where the question under a page leads; "" when there is none."""
    found = re.search(r'href="(/reactie/[^"]*)"', client.get(path).content.decode())
    return html.unescape(found[1]) if found else ""


def policy() -> Client:
    return signed_in_client(an_employee("beleid", number="s.post", name="Sanne Post"))


UNDER = {
    "/uitleg/": "portal.how_it_works",
    "/privacy/": "portal.privacy",
    "/toegankelijkheid/": "portal.accessibility",
    "/inloggen/": "portal.sign_in",
    "/openingstijden/": "portal.neutral",
    "/nagaan/": "portal.check",
    "/nagaan/zorgtoeslag/": "portal.check_one",
    "/nagaan/meedoenregeling/": "portal.check_one.meedoenregeling",
    "/antwoord/": "portal.letter_code",
    "/verantwoording/": "public.services",
    "/verantwoording/open-data/": "public.open_data",
    "/verantwoording/proberen/": "public.play",
    "/verantwoording/individuele_inkomenstoeslag/vragen/": "public.questions.individuele_inkomenstoeslag",
    "/verwerkingen/": "register.processing",
}


def test_under_a_page_stands_the_question_whether_it_is_clear(decided: None) -> None:
    visitor = Client()

    assert {path: link_on(visitor, path) for path in UNDER} == {path: f"/reactie/?over={UNDER[path]}" for path in UNDER}
    for key in UNDER.values():
        page = words_of(visitor.get(f"/reactie/?over={key}"))
        assert "Is deze pagina duidelijk?" in page and queries.topic(key).name.nl in page


def test_under_a_page_of_a_resident_too(db: None) -> None:
    resident = signed_in_client(a_resident(somebody_with_a_number()))

    for path in ("/", "/berichten/", "/gegevens/", "/gebruik/", "/weergave/", "/machtigen/"):
        assert link_on(resident, path).startswith("/reactie/?over=portal."), path


def test_the_form_has_no_link_to_itself(db: None) -> None:
    assert link_on(Client(), FORM) == ""


def test_under_a_message_it_is_about_the_template_and_never_about_the_message(db: None) -> None:
    person = somebody_with_a_number()
    _, message = a_sent_proposal(person)
    resident = signed_in_client(a_resident(person))

    link = link_on(resident, f"/berichten/{message}/")
    form = resident.get(link)

    assert link == FORM
    assert "Was dit bericht duidelijk?" in words_of(resident.get(f"/berichten/{message}/"))
    assert "Was dit bericht duidelijk?" in words_of(form) and "Wij hebben een voorstel voor u" in words_of(form)
    assert str(message) not in form.content.decode() and str(person) not in form.content.decode()


def test_the_page_why_is_of_its_service(decided: None) -> None:
    person = somebody_with_a_number()
    _, message = a_sent_proposal(person)

    assert link_on(signed_in_client(a_resident(person)), f"/berichten/{message}/waarom/") == f"/reactie/?over={WHY}"


def test_at_the_counter_an_employee_who_looks_along_is_not_asked(db: None) -> None:
    person = somebody_with_a_number()
    _, message = a_sent_proposal(person)
    client = a_caseworker()
    find(client)

    assert "/reactie/" not in client.get(f"/balie/loket/berichten/{message}/").content.decode()


def test_somebody_says_no_with_a_few_words_and_is_thanked_once(db: None) -> None:
    visitor = Client()

    sent = visitor.post(FORM, {"clear": "no", "text": SAID, "website": "", "number": number_on(visitor)})
    thanked, again = words_of(visitor.get(FORM)), words_of(visitor.get(FORM))

    assert (sent.status_code, sent["Location"]) == (302, FORM)
    assert "Dank u. Uw reactie is binnen." in thanked and "Stuur mijn reactie" not in thanked
    assert "Dank u." not in again and "Stuur mijn reactie" in again
    (found,) = queries.written(PROPOSAL, TextState.OPEN)
    assert (found.text, found.clear) == (SAID, False)


def test_sending_the_same_form_twice_counts_once(db: None) -> None:
    visitor = Client()
    typed = {"clear": "yes", "text": "", "number": number_on(visitor)}

    assert [visitor.post(FORM, typed).status_code for _ in range(2)] == [302, 302]
    assert Count.objects.values_list("yes", "no").get() == (1, 0)


def test_who_reads_english_is_answered_in_english_and_the_text_says_so(db: None) -> None:
    visitor = Client(headers={"accept-language": "en"})

    page = words_of(visitor.get(FORM))
    visitor.post(FORM, {"clear": "no", "text": "Too long.", "number": number_on(visitor)})

    assert "Was this message clear?" in page and "It is about: We have a proposal for you" in page
    assert queries.written(PROPOSAL, TextState.OPEN)[0].language == "en"


WRONG: tuple[tuple[dict[str, str], str], ...] = (
    ({"text": SAID}, "Kies ja of nee."),
    ({"clear": "misschien", "text": SAID}, "Kies ja of nee."),
    ({"clear": "no", "text": "y" * 1001}, "Maak uw tekst korter. Er passen 1.000 tekens in."),
    ({"clear": "no", "text": "Ik ben 999990019."}, "een nummer dat een burgerservicenummer kan zijn."),
    ({"clear": "no", "text": "Mail a@b.example"}, "In uw tekst staat een e-mailadres."),
    ({"clear": "no", "text": "Bel 06 00 00 01 23"}, "In uw tekst staat een telefoonnummer."),
    ({"clear": "no", "text": "NL91 ABNA 0417 1643 00"}, "In uw tekst staat een rekeningnummer."),
    ({"clear": "no", "text": "Zaak RW 2025 0481"}, "In uw tekst staat een zaaknummer."),
)


def test_what_cannot_be_taken_is_shown_again_with_all_that_was_typed(db: None) -> None:
    visitor = Client()
    number = number_on(visitor)

    for typed, said in WRONG:
        answer = visitor.post(FORM, {**typed, "number": number})
        page = html.unescape(answer.content.decode())
        assert answer.status_code == 400, said
        assert said in words_of(answer) and typed["text"] in page
        assert number in page and ("checked" in page) == (typed.get("clear") == "no")
    assert kept() == (0, 0, 0)


def test_a_form_that_stood_open_too_long_is_given_a_new_number_and_loses_nothing(db: None) -> None:
    visitor = Client()
    old = visitor.post(FORM, {"clear": "no", "text": SAID, "number": "oud"})

    assert old.status_code == 400 and SAID in words_of(old) and "Verstuur het opnieuw." in words_of(old)
    found = re.search(r'name="number" value="([^"]+)"', old.content.decode())
    assert found and found[1] != "oud"
    assert visitor.post(FORM, {"clear": "no", "text": SAID, "number": html.unescape(found[1])}).status_code == 302
    assert Text.objects.get().text == SAID


def test_a_machine_that_fills_in_everything_is_let_go_and_nothing_is_kept(db: None) -> None:
    visitor = Client()

    answer = visitor.post(FORM, {"clear": "no", "text": "Koop", "website": "x", "number": number_on(visitor)})

    assert (answer.status_code, kept()) == (302, (0, 0, 0))


def test_a_form_of_another_site_is_refused(db: None) -> None:
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(FORM, {"clear": "no", "number": number_on(strict)}).status_code == 403
    assert kept() == (0, 0, 0)


def test_a_flood_is_told_to_wait_and_another_place_is_not(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "PER_SENDER_AN_HOUR", 2)

    def send(visitor: Client, text: str = "") -> Any:
        return visitor.post(FORM, {"clear": "no", "text": text, "number": number_on(visitor)})

    assert [send(Client()).status_code for _ in range(2)] == [302, 302]
    stopped, other = send(Client(), SAID), send(Client(REMOTE_ADDR="10.0.0.9"))

    assert stopped.status_code == 400 and "Er komen nu te veel reacties tegelijk." in words_of(stopped)
    assert SAID in words_of(stopped)
    assert other.status_code == 302
    assert Count.objects.values_list("yes", "no").get() == (0, 3)


def test_the_way_back_holds_no_address_of_what_was_read(db: None) -> None:
    def back(key: str) -> str:
        page = Client().get(f"/reactie/?over={key}").content.decode()
        found = re.search(r'class="utrecht-link w-back" href="([^"]+)"', page)
        assert found
        return found[1]

    assert back(PROPOSAL) == "/berichten/"
    assert back("portal.privacy") == "/privacy/"
    assert back("public.rounds.meedoenregeling") == "/verantwoording/meedoenregeling/rondes/"
    assert back(WHY) == back("portal.objection") == "/"


def test_the_team_of_the_service_reads_what_was_said_and_closes_it(db: None) -> None:
    react(clear=True)
    identity = a_text()
    desk = a_decider()

    listed = words_of(desk.get("/balie/reacties/"))
    one = desk.get(f"/balie/reacties/{PROPOSAL}/")
    form = words_of(desk.get(f"/balie/reacties/tekst/{identity}/"))
    done = desk.post(f"/balie/reacties/tekst/{identity}/", {"done": "Wij schrijven nu: wat u kunt missen."})
    open_now = words_of(desk.get(f"/balie/reacties/{PROPOSAL}/"))
    handled = words_of(desk.get(f"/balie/reacties/{PROPOSAL}/?toon=gelezen"))

    assert "1 geschreven reactie is nog niet gelezen." in listed
    assert "Wij hebben een voorstel voor u individuele_inkomenstoeslag/proposal" in listed
    assert "Schrijver: Team Inkomen Duidelijk: 1 Niet duidelijk: 1 Nog te lezen: 1" in listed
    assert SAID in words_of(one) and "Geschreven op 28 april 2025, bij: niet duidelijk." in words_of(one).replace(
        " ,", ","
    )
    assert SAID in form and "28 april 2026" in form and "Willem de Graaf, Team Inkomen" in form
    assert (done.status_code, done["Location"]) == (302, f"/balie/reacties/{PROPOSAL}/")
    assert SAID not in open_now and "Er is niets dat nog gelezen moet worden." in open_now
    assert "Wat deden wij ermee? Wij schrijven nu: wat u kunt missen." in handled
    assert "Gelezen op 28 april 2025 door Willem de Graaf, Team Inkomen." in handled


def test_closing_it_again_changes_nothing_and_leads_to_the_list(db: None) -> None:
    identity = a_text()
    actions.handle(identity, POLICY, done="Aangepast")

    again = a_decider().post(f"/balie/reacties/tekst/{identity}/", {"done": "Anders"})

    assert (again.status_code, again["Location"]) == (302, f"/balie/reacties/{PROPOSAL}/")
    assert Text.objects.values_list("done", "official").get() == ("Aangepast", "s.post")


def test_what_was_done_is_shown_again_when_it_cannot_be_kept(db: None) -> None:
    identity = a_text()
    wrong = {"x" * 501: "Maak uw tekst korter. Er passen 500 tekens in.", "Bel 06 00 00 01 23": "een telefoonnummer"}

    for typed, said in wrong.items():
        answer = a_decider().post(f"/balie/reacties/tekst/{identity}/", {"done": typed})
        assert answer.status_code == 400 and said in words_of(answer) and typed in words_of(answer)
    assert Text.objects.get().state == "open"


def test_policy_sees_every_text_and_another_team_sees_nothing(db: None) -> None:
    react(HOME)
    identity = a_text()
    paying = signed_in_client(an_employee("betalen", number="n.visser", name="Nadia Visser"))

    listed = words_of(policy().get("/balie/reacties/"))

    assert "Overzicht Schrijver: Beleid" in listed and "Schrijver: Team Inkomen" in listed
    for path in ("/balie/reacties/", f"/balie/reacties/{PROPOSAL}/", f"/balie/reacties/tekst/{identity}/"):
        assert paying.get(path).status_code == 404, path
        assert Client().get(path).status_code == 302, path
    assert paying.post(f"/balie/reacties/tekst/{identity}/", {}).status_code == 404
    assert a_decider().get(f"/balie/reacties/{HOME}/").status_code == 404
    assert policy().get("/balie/reacties/portal.bestaat_niet/").status_code == 404
    assert policy().get(f"/balie/reacties/tekst/{uuid4()}/").status_code == 404
    assert Text.objects.get().state == "open"


def test_a_resident_cannot_come_at_the_desk(db: None) -> None:
    identity = a_text()
    resident = signed_in_client(a_resident(UUID(int=4)))

    for path in ("/balie/reacties/", f"/balie/reacties/tekst/{identity}/"):
        assert resident.get(path).status_code in (302, 403, 404)


def test_the_list_is_empty_filtered_and_paged(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = policy()
    assert "Er is nog geen reactie." in words_of(desk.get("/balie/reacties/"))
    assert "Alles wat geschreven is, is gelezen." in words_of(desk.get("/balie/reacties/"))
    react(HOME)
    a_text()
    monkeypatch.setattr("waardig.screens.desk_pages.feedback_page.SIZE", 1)

    first, second = desk.get("/balie/reacties/"), desk.get("/balie/reacties/?pagina=2")
    only = words_of(desk.get("/balie/reacties/?toon=open"))

    assert "Pagina 1 van 2" in words_of(first) and "proposal" in words_of(first)
    assert "Pagina 2 van 2" in words_of(second) and "Overzicht" in words_of(second)
    assert "Overzicht" not in only and "proposal" in only and "Pagina" not in only.replace("Pagina's", "")


def test_what_was_written_is_paged_newest_first(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    for text in ("Eén", "Twee", "Drie"):
        a_text(text=text)
    Text.objects.filter(text="Eén").update(given_on="2025-04-30")
    monkeypatch.setattr("waardig.screens.desk_pages.feedback_page.SIZE", 2)

    first = words_of(a_decider().get(f"/balie/reacties/{PROPOSAL}/"))
    second = words_of(a_decider().get(f"/balie/reacties/{PROPOSAL}/?pagina=2"))

    assert "Eén" in first and "Pagina 1 van 2" in first
    assert "Eén" not in second and ("Twee" in second) != ("Drie" in second)


def test_the_bar_of_the_desk_says_how_many_wait(db: None) -> None:
    a_text()

    assert "Reacties 1" in words_of(a_decider().get("/balie/reacties/"))
    assert "Reacties" not in words_of(
        signed_in_client(an_employee("betalen", number="n.visser")).get("/balie/betalen/")
    )
