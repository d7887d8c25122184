"""Being a witness for other logs, and asking witnesses for our own (C2SP tlog-witness)."""

from __future__ import annotations

from datetime import datetime, timedelta

from waardig.kernel.clock import wall_now
from waardig.logbook import core
from waardig.logbook.adapters.gate import call_gate
from waardig.logbook.adapters.note_signing import cosigned, cosigned_at, is_signed
from waardig.logbook.adapters.witness_client import submit
from waardig.logbook.adapters.witness_policy import own_witness, policy, trial_witness
from waardig.logbook.queries import newest_cosignatures, seen_logs, signed, tree_roots
from waardig.logbook.terms import (
    Answer,
    Noted,
    OwnWitness,
    Policy,
    Signed,
    Submission,
    Witness,
    WitnessDiffers,
    WitnessUnreachable,
)

EARLY = timedelta(minutes=5)
"""A cosignature may be this far in the future: clocks differ."""


def answer_as_witness(body: bytes) -> Answer | None:
    """The answer of this installation to a log that submits a checkpoint; None when it is no witness.

    Raises:
        PolicyUnreadable: what the settings name cannot be used.
        LogbookUnavailable: the database refuses, so nothing is signed.
    """
    witness = own_witness()
    return add_checkpoint(witness, body) if witness else None


def add_checkpoint(witness: OwnWitness, body: bytes) -> Answer:
    """Answer a log that asks to cosign its checkpoint: only when its tree goes on from the one that was signed before.

    What was seen is kept, and committed, before anything is signed; of two requests at once one meets the other.

    Raises:
        LogbookUnavailable: the database refuses, so nothing is signed.

    Source: C2SP tlog-witness, add-checkpoint.
    """
    try:
        sent = core.read_submission(body)
        noted = core.read_note(sent.note)
    except ValueError:
        return Answer(400, "no submission of a checkpoint\n")
    refused = _refused(witness, sent, noted)
    if refused is not None:
        return refused
    ((kept, known),) = call_gate(
        "SELECT kept, known FROM gate.witness(%s, %s, %s, %s, %s, %s)",
        [witness.name, noted.origin, sent.old, noted.size, noted.root, sent.note],
    )
    if not kept:
        return Answer(409, f"{known}\n")
    return Answer(200, cosigned(sent.note, witness.name, witness.private_key, wall_now()))


def _refused(witness: OwnWitness, sent: Submission, noted: Noted) -> Answer | None:
    keys = [log.public_key for log in witness.logs if log.name == noted.origin]
    if not keys:
        return Answer(404, "this log is not known here\n")
    if not any(is_signed(sent.note, noted.origin, key) for key in keys):
        return Answer(403, "no signature of a known key\n")
    if sent.old > noted.size:
        return Answer(400, "the old size is larger than the checkpoint\n")
    seen = {one.origin: one for one in seen_logs(witness.name, noted.origin)}.get(noted.origin)
    size, root = (seen.size, seen.root) if seen else (0, b"")
    if sent.old != size or (size and size == noted.size and root != noted.root):
        return Answer(409, f"{size}\n")
    if not core.is_consistent(size, root, noted.size, noted.root, sent.proof):
        return Answer(422, "the proof does not lead from the old size to the checkpoint\n")
    return None


def ask_witness(name: str, size: int) -> bool:
    """Have a witness of the policy cosign our last checkpoint; a checkpoint that is no longer the last is left.

    Args:
        name: as the policy calls it; size: of the checkpoint for which this was asked.

    Returns:
        Whether a cosignature was kept.

    Raises:
        WitnessUnreachable: no answer, or none of a witness.
        WitnessDiffers: it saw more lines of this log, or others.
        PolicyUnreadable, LogbookUnavailable.
    """
    asked, last = policy(), signed()
    witness = next((one for one in asked.witnesses if one.id == name and one.address), None)
    if witness is None or last is None or last.checkpoint.size != size:
        return False
    answer = _answer(asked, witness, last)
    line, at = _cosignature(answer, witness, last.checkpoint.note)
    if at > wall_now() + EARLY:
        raise WitnessUnreachable(witness.name, "its clock is ahead")
    call_gate("SELECT gate.keep_cosignature(%s, %s, %s, %s)", [size, witness.name, line, int(at.timestamp())])
    return True


def _cosignature(answer: Answer, witness: Witness, note: str) -> tuple[str, datetime]:
    """The signature line of this witness in an answer, and its moment; lines of other keys are ignored."""
    for line in answer.body.splitlines(keepends=True) if answer.status == 200 else ():
        at = cosigned_at(note, line, witness.name, witness.public_key)
        if at is not None:
            return line.rstrip("\n") + "\n", at
    raise WitnessUnreachable(witness.name, f"it answers {answer.status} without a good signature")


def _answer(asked: Policy, witness: Witness, last: Signed) -> Answer:
    """The answer to our checkpoint; when the witness knows another size than we remember, once more from that."""
    kept = {one.witness: one.size for one in newest_cosignatures()}
    old = kept.get(witness.name, 0)
    answer = _sent(asked, witness, last, old)
    if answer.status == 409:
        known = _known(answer, witness)
        if known > last.checkpoint.size:
            raise WitnessDiffers(witness.name, f"it saw {known} lines, here are {last.checkpoint.size}")
        answer = _sent(asked, witness, last, known) if known != old else answer
        if answer.status == 409 and _known(answer, witness) == known == last.checkpoint.size:
            raise WitnessDiffers(witness.name, f"it saw other lines, also {known}")
    if answer.status == 422:
        raise WitnessDiffers(witness.name, "the lines that it saw before are others")
    return answer


def _sent(asked: Policy, witness: Witness, last: Signed, old: int) -> Answer:
    spans = core.consistency_spans(old, last.checkpoint.size)
    roots = tree_roots(spans)
    body = core.submission_text(Submission(old, tuple(roots[span] for span in spans), last.checkpoint.note))
    if witness.is_trial:
        return add_checkpoint(trial_witness(witness, asked), body)
    return submit(witness, body)


def _known(answer: Answer, witness: Witness) -> int:
    if not (answer.body.rstrip("\n").isascii() and answer.body.rstrip("\n").isdigit()):
        raise WitnessUnreachable(witness.name, "it answers 409 without a size")
    return int(answer.body)
