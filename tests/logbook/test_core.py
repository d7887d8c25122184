"""The canonical text, the Merkle tree and the pseudonym, pure."""

from __future__ import annotations

import hashlib
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardig.logbook import core

_LEAVES = st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=40)


def test_the_canonical_text_has_sorted_keys_and_no_spaces() -> None:
    assert core.canonical({"b": 1, "a": "é"}, {}) == '{"detail":{},"line":{"a":"é","b":1}}'


def test_a_leaf_hides_its_content_behind_the_salt() -> None:
    assert core.leaf(b"s" * 16, "x") == hashlib.sha256(b"\x00" + hashlib.sha256(b"s" * 16 + b"x").digest()).digest()
    assert core.leaf(b"s" * 16, "x") != core.leaf(b"t" * 16, "x")


def test_the_tree_of_three_is_the_one_of_rfc_6962() -> None:
    a, b, c = (bytes([n]) * 32 for n in range(3))
    pair = hashlib.sha256(b"\x01" + a + b).digest()

    assert core.root([a, b, c]) == hashlib.sha256(b"\x01" + pair + c).digest()


@given(leaves=_LEAVES, data=st.data())
def test_every_leaf_proves_itself_and_no_other(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    proof = [core.root(leaves[slice(*beside)]) for beside in core.path_spans(index, len(leaves))]
    tree = core.root(leaves)

    assert core.is_included(leaves[index], index, len(leaves), proof, tree)
    assert not core.is_included(b"\xff" * 31 + b"\x01", index, len(leaves), proof, tree)
    assert not core.is_included(leaves[index], len(leaves), len(leaves), proof, tree)


@given(leaves=_LEAVES, data=st.data())
def test_one_changed_leaf_changes_the_root(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    changed = [*leaves[:index], hashlib.sha256(leaves[index]).digest(), *leaves[index + 1 :]]

    assert core.root(changed) != core.root(leaves)


def test_there_is_no_proof_of_a_leaf_that_is_not_there() -> None:
    with pytest.raises(IndexError):
        core.path_spans(1, 1)


def test_the_pseudonym_is_hmac_over_the_sixteen_bytes_of_the_person_id() -> None:
    person = UUID("00112233-4455-6677-8899-aabbccddeeff")

    # HMAC-SHA256 written out (RFC 2104), independent of the hmac module
    inner, outer = (bytes(byte ^ pad for byte in b"key".ljust(64, b"\x00")) for pad in (0x36, 0x5C))
    expected = hashlib.sha256(outer + hashlib.sha256(inner + person.bytes).digest()).hexdigest()
    assert (
        core.pseudonym(b"key", person).hex()
        == expected
        == "117f5a059ef7e4491a07c7595b4c25d4e70e07e7b0682f244dbe203088d7a1b8"
    )
