"""Beside a message stands until when its case is kept, once that is known."""

from __future__ import annotations

from tests.cases.builders import by_hand, decide
from tests.desk.builders import words_of
from tests.identity.signing_in import a_resident, signed_in_client
from waardig.archive import actions
from waardig.cases.queries import case as case_of
from waardig.inbox import queries as inbox


def test_the_resident_reads_until_when_the_case_is_kept(db: None) -> None:
    refused = decide(by_hand())
    person = case_of(refused.case).applicant
    message = next(one for one in inbox.messages_for(person).messages if one.message_type == "iit.besluit")
    client = signed_in_client(a_resident(person))
    place = f"/berichten/{message.id}/"
    assert "Wij bewaren deze zaak" not in words_of(client.get(place))

    actions.appraise()

    said = words_of(client.get(place)).replace("\xa0", " ")
    assert "Wij bewaren deze zaak tot en met zondag 12 mei 2030" in said
