"""Calling the gate with bytes beside the statement: in the caller's transaction, and refusals as words of ours."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import transaction

from tests.access.builders import a_person
from waardig.logbook.queries import call_gate, call_gate_binary
from waardig.logbook.terms import GateRefused, LogbookUnavailable

STORE = "SELECT gate.store_documents(%b::uuid[], %b::uuid[], %b::text[], %b::text[], %b::bytea[])"


def test_bytes_go_in_as_they_are(db: None) -> None:
    odd = bytes(range(256)) * 3 + b"'\\x00"

    ((found,),) = call_gate_binary("SELECT (%b::bytea[])[2]", [[b"", odd, None]])

    assert bytes(found) == odd  # type: ignore[call-overload]


def test_it_joins_the_transaction_of_the_caller(db: None) -> None:
    person, document = a_person(), uuid4()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        ((added,),) = call_gate_binary(STORE, [[document], [person], ["inbox.bericht"], ['{"a":1}'], [None]])
        assert added == 1
        raise ZeroDivisionError

    ((added,),) = call_gate_binary(STORE, [[document], [person], ["inbox.bericht"], ['{"a":1}'], [b"x"]])
    assert added == 1


def test_a_refusal_of_the_gate_is_a_refusal_and_another_error_says_its_code_only(db: None) -> None:
    person, document = a_person(), uuid4()
    call_gate_binary(STORE, [[document], [person], ["inbox.bericht"], ['{"a":1}'], [None]])

    with pytest.raises(GateRefused) as refused:
        call_gate_binary(STORE, [[document], [person], ["inbox.bericht"], ['{"a":2}'], [None]])
    assert refused.value.code == "document_changed"

    with pytest.raises(LogbookUnavailable) as broken:
        call_gate_binary("SELECT 1 / %b::integer", [0])
    assert "22012" in str(broken.value) and "division" not in str(broken.value)
    assert call_gate("SELECT 1") == [(1,)]
