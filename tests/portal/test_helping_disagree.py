"""A helper who may answer also disagrees for the person: objects, asks to look again, urges us on; nobody else does."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from django.test import Client

from tests.cases.objecting import BECAUSE
from tests.conftest import TODAY
from tests.desk.builders import somebody_with_a_number, words_of
from tests.desk.test_objections import a_refusal
from tests.portal.test_helping import browser_of, choose, helped, ingrid
from waardig.access.actions import set_business_date
from waardig.access.terms import Actor
from waardig.cases.actions.objecting import object_to, withdraw_objection
from waardig.cases.queries import cases_of
from waardig.cases.queries import objections as reads
from waardig.cases.terms import Case, CaseKind, CaseUnknown, Decision
from waardig.cases.terms.objections import ObjectionText
from waardig.mandates.actions import end
from waardig.mandates.terms import PARENT_ROLE, Action
from waardig.registers.actions import store_facts
from waardig.registers.adapters.parents import PARENTS
from waardig.registers.terms import NewFact

pytestmark = pytest.mark.usefixtures("decided")
DISAGREEING = [CaseKind.OBJECTION, CaseKind.SECOND_LOOK, CaseKind.PENALTY]


def refused_and_helped(*themes: str, action: Action = Action.ANSWER) -> tuple[UUID, Client, Case, Decision]:
    """Vos was refused; Ingrid helps him and has chosen him."""
    vos, helper = somebody_with_a_number(), ingrid()
    about, decision = a_refusal(vos)
    helped(vos, helper, *themes, action=action)
    hers = browser_of(helper)
    choose(hers, vos)
    return vos, hers, about, decision


def test_the_helper_objects_and_the_person_reads_the_file_and_who_did_it() -> None:
    vos, hers, _, decision = refused_and_helped()

    form = words_of(hers.get(f"/besluiten/{decision.id}/bezwaar/"))
    sent = hers.post(f"/besluiten/{decision.id}/bezwaar/", {"reasons": BECAUSE, "hearing": "no"})
    file = words_of(hers.get(sent.headers["Location"]))

    assert "U regelt dit voor meneer Vos" in form
    assert BECAUSE in file and "Wij beslissen uiterlijk" in file
    (objection,) = cases_of(vos, kinds=[CaseKind.OBJECTION])
    his = browser_of(vos)
    written = words_of(his.get(f"/bezwaren/{objection.id}/"))
    assert BECAUSE in written and "Van wie de inwoner helpt" in written
    assert "I. de Wit deed dit voor u: las of bewaarde stukken van uw bezwaar" in words_of(his.get("/gebruik/"))
    hers.post(f"/bezwaren/{objection.id}/aanvullen/", {"reasons": "Ik stuur het afschrift na."})
    assert "Ik stuur het afschrift na." in words_of(his.get(f"/bezwaren/{objection.id}/"))
    hers.post(f"/bezwaren/{objection.id}/intrekken/")
    assert reads.objection(objection.id).state == "withdrawn"


def test_the_helper_asks_to_look_again_and_makes_an_objection_of_it() -> None:
    vos, hers, about, _ = refused_and_helped()

    sent = hers.post(f"/zaken/{about.id}/kijk-nog-eens/", {"remark": "Het loon klopt niet."})
    assert "Het loon klopt niet." in words_of(hers.get(sent.headers["Location"]))
    turned = hers.post(sent.headers["Location"] + "bezwaar/", {"reasons": BECAUSE, "hearing": "no"})

    assert BECAUSE in words_of(hers.get(turned.headers["Location"]))
    assert len(cases_of(vos, kinds=DISAGREEING)) == 2


def test_the_helper_urges_us_on_when_we_are_late() -> None:
    vos, hers, _, decision = refused_and_helped()
    hers.post(f"/besluiten/{decision.id}/bezwaar/", {"reasons": BECAUSE, "hearing": "no"})
    (objection,) = cases_of(vos, kinds=[CaseKind.OBJECTION])
    set_business_date(date(2025, 9, 5))

    hers.post(f"/zaken/{objection.id}/onze-termijn/", {"urge": "1"})

    his = browser_of(vos)
    assert "Aanmaning ontvangen" in words_of(his.get(f"/zaken/{objection.id}/onze-termijn/"))
    assert "I. de Wit deed dit voor u: behandelde uw aanmaning" in words_of(his.get("/gebruik/"))


@pytest.mark.parametrize(("themes", "action"), [(("gegevens",), Action.ANSWER), (("geld",), Action.VIEW)])
def test_outside_what_was_agreed_nobody_disagrees_for_another(themes: tuple[str, ...], action: Action) -> None:
    vos, hers, about, decision = refused_and_helped(*themes, action=action)

    answers = [
        hers.post(f"/besluiten/{decision.id}/bezwaar/", {"reasons": BECAUSE, "hearing": "no"}),
        hers.post(f"/zaken/{about.id}/kijk-nog-eens/", {"remark": "x"}),
        hers.post(f"/zaken/{about.id}/onze-termijn/"),
    ]

    assert {answer.status_code for answer in answers} == {404 if action is Action.ANSWER else 403}
    assert cases_of(vos, kinds=DISAGREEING) == ()


def test_a_parent_objects_for_a_child_and_a_stranger_or_a_parent_of_an_adult_does_not() -> None:
    child, mother = somebody_with_a_number(), ingrid()
    _, decision = a_refusal(child)
    born = date(2010, 3, 1)
    store_facts(
        [
            NewFact(child, "brp.geboortedatum", born.isoformat(), born),
            NewFact(child, PARENTS[0], {"person": str(mother)}, born),
        ]
    )
    text = ObjectionText(reasons=BECAUSE, wants_hearing=False)
    parent = Actor("resident", str(mother), PARENT_ROLE)

    with pytest.raises(CaseUnknown):
        object_to(decision.id, child, text, actor=Actor("resident", str(ingrid()), PARENT_ROLE), on=TODAY)
    assert cases_of(child, kinds=DISAGREEING) == ()
    made = object_to(decision.id, child, text, actor=parent, on=TODAY)

    assert [paper.by for paper in reads.papers([made.case])] == ["helper"]
    assert [one.id for one in cases_of(child, kinds=DISAGREEING)] == [made.case]
    set_business_date(date(2028, 3, 1))
    with pytest.raises(CaseUnknown):
        withdraw_objection(made.case, actor=parent, on=date(2028, 3, 1))
    assert reads.objection(made.case).state == "open"


def test_a_mandate_that_ended_opens_no_file_any_more() -> None:
    vos, helper = somebody_with_a_number(), ingrid()
    _, decision = a_refusal(vos)
    mandate = helped(vos, helper)
    hers = browser_of(helper)
    choose(hers, vos)
    end(mandate.id, actor=Actor("resident", str(vos)), by=vos, on=date(2025, 4, 28))

    answer = hers.post(f"/besluiten/{decision.id}/bezwaar/", {"reasons": BECAUSE, "hearing": "no"})

    assert answer.headers["Location"] == "/namens/"
    assert cases_of(vos, kinds=DISAGREEING) == ()
