"""What a witness reads, checks and signs.

Source: C2SP tlog-witness, tlog-cosignature and signed-note; RFC 6962 section 2.1.2, RFC 9162 section 2.1.4.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence

from waardig.logbook.core.notes import ED25519, key_id
from waardig.logbook.core.parts import Span, split
from waardig.logbook.core.tree import node
from waardig.logbook.terms import MOST_BYTES, Submission

COSIGNATURE = 4
"""The type of a key of a witness; that of a log is `notes.ED25519`."""
MOST_PROOF_LINES = 63
_SIZE = re.compile(r"old (0|[1-9][0-9]{0,18})")


def verifier_key(name: str, public_key: bytes, kind: int = ED25519) -> str:
    """A public key with its name and kind on one line (C2SP signed-note, verifier keys).

    Example:
        >>> verifier_key("town.example/log", bytes(32))[:30]
        'town.example/log+0c8d4ae6+AQAA'
        >>> read_verifier_key(verifier_key("town.example/log", bytes(32))) == ("town.example/log", 1, bytes(32))
        True
    """
    material = base64.b64encode(bytes([kind]) + public_key).decode()
    return f"{name}+{key_id(name, public_key, kind).hex()}+{material}"


def read_verifier_key(text: str) -> tuple[str, int, bytes]:
    """Name, kind and key of 32 bytes.

    Raises:
        ValueError: it is no verifier key, of a kind that is not known here, or its number belongs to another key.
    """
    name, first, rest = text.partition("+")
    number, second, encoded = rest.partition("+")
    raw = base64.b64decode(encoded, validate=True)
    if not (name and first and second) or len(raw) != 33 or raw[0] not in (ED25519, COSIGNATURE):
        raise ValueError("no verifier key: expected NAME+NUMBER+KEY of Ed25519")
    if number != key_id(name, raw[1:], raw[0]).hex():
        raise ValueError(f"the number of the key of {name} does not belong to it: was it copied whole?")
    return name, raw[0], raw[1:]


def cosigned_text(text: str, seconds: int) -> str:
    """What a witness signs: that at this moment (POSIX) it saw this text as the largest of that log."""
    return f"cosignature/v1\ntime {seconds}\n{text}"


def submission_text(sent: Submission) -> bytes:
    """What is sent to a witness."""
    proof = "".join(f"{base64.b64encode(one).decode()}\n" for one in sent.proof)
    return f"old {sent.old}\n{proof}\n{sent.note}".encode()


def read_submission(body: bytes) -> Submission:
    """What a log sent.

    Raises:
        ValueError: it has not the form of a submission.

    Example:
        >>> read_submission(submission_text(Submission(7, (bytes(32),), "a\\n8\\n..."))).old
        7
    """
    if len(body) > MOST_BYTES:
        raise ValueError("too long")
    head, blank, note = body.decode().partition("\n\n")
    first, *lines = head.split("\n")
    size = _SIZE.fullmatch(first)
    if not blank or size is None or len(lines) > MOST_PROOF_LINES:
        raise ValueError("expected an old size, at most 63 lines of proof, an empty line and a checkpoint")
    proof = tuple(base64.b64decode(line, validate=True) for line in lines)
    if any(len(one) != 32 for one in proof):
        raise ValueError("a hash has 32 bytes")
    return Submission(int(size[1]), proof, note)


def consistency_spans(old: int, size: int) -> tuple[Span, ...]:
    """The spans whose roots prove that a tree of `size` begins with the one of `old` (RFC 6962 section 2.1.2).

    Example:
        >>> consistency_spans(3, 7), consistency_spans(4, 7), consistency_spans(0, 7)
        (((2, 3), (3, 4), (0, 2), (4, 7)), ((4, 7),), ())
    """
    found: list[Span] = []
    first, past, is_known = 0, size, True
    while 0 < old < past:
        middle = first + split(past - first)
        if old <= middle:
            found.append((middle, past))
            past = middle
        else:
            found.append((first, middle))
            first, is_known = middle, False
    if old and not is_known:
        found.append((first, past))
    return tuple(reversed(found))


def is_consistent(old: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether a proof shows that the tree of `size` begins with the one of `old` (RFC 9162 section 2.1.4.2)."""
    if old == 0 or old == size:
        return not proof and (old == 0 or old_root == root)
    if not 0 < old < size:
        return False
    steps = list(proof) if old & (old - 1) else [old_root, *proof]
    if not proof:
        return False
    here, last = old - 1, size - 1
    while here % 2:
        here, last = here // 2, last // 2
    before = after = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if here % 2 or here == last:
            before, after = node(step, before), node(step, after)
            while here % 2 == 0 and here:
                here, last = here // 2, last // 2
        else:
            after = node(after, step)
        here, last = here // 2, last // 2
    return last == 0 and before == old_root and after == root
