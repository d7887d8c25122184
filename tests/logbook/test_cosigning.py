"""What a witness reads, checks and signs, and policies as files: pure."""

from __future__ import annotations

import base64
import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.logbook import plain_tree
from waardig.logbook import core
from waardig.logbook.adapters.note_signing import cosigned, cosigned_at, new_key, public_of, signed_note
from waardig.logbook.terms import Submission

LEAVES = [hashlib.sha256(str(number).encode()).digest() for number in range(600)]
NAME = "library.example/witness"
AT = datetime(2026, 11, 29, 10, 0, 5, tzinfo=UTC)


def proof(old: int, size: int) -> list[bytes]:
    """The consistency proof by our spans."""
    return [plain_tree.root(LEAVES[slice(*span)]) for span in core.consistency_spans(old, size)]


def test_every_small_consistency_proof_is_the_one_of_rfc_6962_and_holds() -> None:
    for size in range(1, 34):
        for old in range(size + 1):
            made = proof(old, size)
            assert made == plain_tree.consistency(old, LEAVES[:size])
            before, after = plain_tree.root(LEAVES[:old]), plain_tree.root(LEAVES[:size])
            assert core.is_consistent(old, before, size, after, made)
            if 0 < old < size:
                other = hashlib.sha256(before).digest()
                assert not core.is_consistent(old, other, size, after, made)
                assert not core.is_consistent(old, before, size, other, made)
                assert not core.is_consistent(old, before, size, after, [])
                assert not core.is_consistent(old, before, size, after, [*made, other])
                assert not core.is_consistent(old, before, size, after, made[:-1])


@given(size=st.integers(2, 600), data=st.data())
@settings(max_examples=60)
def test_a_proof_of_another_tree_or_with_any_step_changed_does_not_hold(size: int, data: st.DataObject) -> None:
    old = data.draw(st.integers(1, size - 1))
    before, after, made = plain_tree.root(LEAVES[:old]), plain_tree.root(LEAVES[:size]), proof(old, size)
    assert core.is_consistent(old, before, size, after, made)

    step = data.draw(st.integers(0, len(made) - 1))
    changed = [*made[:step], hashlib.sha256(made[step]).digest(), *made[step + 1 :]]

    assert not core.is_consistent(old, before, size, after, changed)
    assert not core.is_consistent(size, after, old, before, made)


def test_from_nothing_a_proof_is_empty() -> None:
    assert core.is_consistent(0, b"", 3, plain_tree.root(LEAVES[:3]), [])
    assert not core.is_consistent(0, b"", 3, plain_tree.root(LEAVES[:3]), [LEAVES[0]])


def test_a_submission_is_read_as_it_was_written() -> None:
    sent = Submission(7, (LEAVES[0], LEAVES[1]), "a.example/log\n8\nx\n\n— a.example/log y\n")
    assert core.read_submission(core.submission_text(sent)) == sent
    assert core.submission_text(sent).startswith(b"old 7\n" + base64.b64encode(LEAVES[0]) + b"\n")


@pytest.mark.parametrize(
    "body",
    [
        b"", b"old 1\n", b"old 01\n\nnote", b"old -1\n\nnote", b"size 1\n\nnote", b"old 1\nAAAA\n\nnote", 
        b"old 1\n!\n\nn", b"old 1\n\xff\n\nnote", b"old 1\n" + (base64.b64encode(bytes(32)) + b"\n") * 64 + b"\nnote",
        b"old 1\n\n" + b"x" * 65_536,
    ],
)  # fmt: skip
def test_what_is_no_submission_is_refused(body: bytes) -> None:
    with pytest.raises(ValueError):
        core.read_submission(body)


def test_a_cosignature_is_the_one_of_the_standard_and_bound_to_text_time_name_and_key(tmp_path: Path) -> None:
    public = new_key(tmp_path / "key")
    key = (tmp_path / "key").read_bytes()
    note = signed_note("town.example/log", 8, LEAVES[0], b"k" * 32)

    line = cosigned(note, NAME, key, AT + timedelta(milliseconds=900))

    raw = base64.b64decode(line.split(" ")[2])
    assert raw[:4] == hashlib.sha256(NAME.encode() + b"\n\x04" + public).digest()[:4]
    assert raw[4:12] == int(AT.timestamp()).to_bytes(8, "big") and len(raw) == 4 + 8 + 64
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    text = f"cosignature/v1\ntime {int(AT.timestamp())}\n{note.partition(chr(10) * 2)[0]}\n"
    Ed25519PublicKey.from_public_bytes(public).verify(raw[12:], text.encode())
    assert cosigned_at(note, line, NAME, public) == AT
    assert cosigned_at(note.replace("\n8\n", "\n9\n"), line, NAME, public) is None
    assert cosigned_at(note, line, "other.example", public) is None
    assert cosigned_at(note, line, NAME, public_of(b"x" * 32)) is None
    later = raw[:4] + (int(AT.timestamp()) + 1).to_bytes(8, "big") + raw[12:]
    assert cosigned_at(note, f"— {NAME} {base64.b64encode(later).decode()}\n", NAME, public) is None
    for spoiled in ("", "— \n", f"— {NAME} !\n", f"— {NAME} AAAA\n"):
        assert cosigned_at(note, spoiled, NAME, public) is None


LOG = core.verifier_key("town.example/log", public_of(b"a" * 32))
ONE, TWO, THREE = (
    core.verifier_key(f"{name}.example/w", public_of(name[:1].encode() * 32), core.COSIGNATURE)
    for name in ("bieb", "stad", "gouda")
)


def test_a_policy_says_which_witnesses_are_enough() -> None:
    found = core.read_policy(
        f"# ours\nlog {LOG}\nwitness a {ONE} https://a.example/w\n\twitness b {TWO}\nwitness c {THREE}\n"
        "group ab any a b\ngroup all-of-them all ab c\nquorum all-of-them\n"
    )

    assert [(one.id, one.name, one.address) for one in found.witnesses] == [
        ("a", "bieb.example/w", "https://a.example/w"), ("b", "stad.example/w", ""), ("c", "gouda.example/w", ""),
    ]  # fmt: skip
    assert [one.name for one in found.logs] == ["town.example/log"]
    assert [found.is_met(one) for one in ({"a", "c"}, {"b", "c"}, {"a", "b"}, {"c"}, ())] == [
        True, True, False, False, False,
    ]  # fmt: skip
    assert core.read_policy(f"witness a {ONE}\nwitness b {TWO}\ngroup g 2 a b\nquorum g").is_met({"a", "b"})
    assert core.read_policy("quorum none").is_met(())


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "no line 'quorum'"),
        ("quorum a", "line 1: a is not defined above"),
        (f"witness a {ONE}\nwitness a {TWO}\nquorum a", "line 2: a is defined twice"),
        (f"witness a {ONE}\nwitness b {ONE}\nquorum a", "line 2: the key of bieb.example/w stands here twice"),
        (f"witness a {LOG}\nquorum a", "line 1: the key of town.example/log is of a log"),
        (f"log {ONE}\nquorum none", "line 1: the key of bieb.example/w is of a witness"),
        (f"witness a {ONE}\ngroup g 2 a\nquorum g", "line 2: a group of 1 cannot ask 2"),
        (f"witness a {ONE}\ngroup g any a a\nquorum g", "line 2: a is not defined above, or is in a group already"),
        (f"witness a {ONE}\ngroup g any b\nquorum g", "line 2: b is not defined above"),
        ("quorum none\nquorum none", "line 2: 'quorum' with 1 words"),
        (f"witness a {ONE[:-4]}\nquorum a", "line 1: "),
        (f"witness a {ONE.replace('bieb', 'bied')}\nquorum a", "does not belong to it"),
        ("witnes a b\nquorum none", "line 1: 'witnes' with 2 words is not known"),
    ],
)
def test_a_policy_that_cannot_be_used_says_which_line_and_why(text: str, why: str) -> None:
    with pytest.raises(ValueError, match=why.replace("(", r"\(")):
        core.read_policy(text)
