"""A refusal on the screen of the resident: with which other fact there would have been a right, and no advice."""

from __future__ import annotations

import pytest

from tests.cases import builders as cases
from tests.desk.builders import words_of
from tests.identity.signing_in import a_resident, signed_in_client
from waardig.inbox.queries import messages_of_case

pytestmark = pytest.mark.usefixtures("db")
SECTION = "Wanneer was het anders geweest?"


def test_screen_and_letter_say_the_same_other_value_and_that_it_is_no_advice() -> None:
    found = cases.an_assessed(cases.a_resident(uitkeringen__norm=140_601).person)
    cases.decide(found)
    sent = messages_of_case(found.id).messages[0]

    page = words_of(signed_in_client(a_resident(found.applicant)).get(f"/berichten/{sent.id}/"))

    after = page.partition(SECTION)[2]
    assert "Hierbij had u deze toeslag wel gekregen: Hoogste maand: hoogstens € 1.406" in after
    assert "Dit is geen advies. Het laat alleen zien waar de wet een grens trekt." in after
    assert after.index("Dit is geen advies.") < after.index("Wat kunt u nog doen?")
    letter = " ".join(cases.letters(found.id)[-1].split())
    for line in ("Hoogste maand: hoogstens € 1.406", "Dit is geen advies. Het laat alleen zien waar de wet een grens"):
        assert line in letter.replace("\xa0", " ")


def test_a_refusal_without_such_a_value_has_no_such_part() -> None:
    found = cases.by_hand()
    cases.decide(found)
    sent = messages_of_case(found.id).messages[0]

    page = words_of(signed_in_client(a_resident(found.applicant)).get(f"/berichten/{sent.id}/"))

    assert "U krijgt deze toeslag nu niet" in page
    assert SECTION not in page
