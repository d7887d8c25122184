"""Which witnesses are asked, and for whom this installation is one: files that the settings name (C2SP tlog-policy).

Who tries the product out has a policy in the data folder whose witnesses run inside this process: their addresses begin
with `trial:` and name the file of their key. They show how it works; they are not somebody else.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from waardig.kernel.data_folder import data_folder
from waardig.logbook.adapters.note_signing import new_key, public_of
from waardig.logbook.core import COSIGNATURE, read_policy, verifier_key
from waardig.logbook.terms import TRIAL, OwnWitness, Policy, PolicyUnreadable, Witness

TRIAL_WITNESSES = ("bibliotheek", "buurgemeente")


def policy() -> Policy:
    """The witnesses that are asked (WAARDIG_LOG_WITNESSES), none when there is no such setting.

    Raises:
        PolicyUnreadable: the file cannot be used.
    """
    named = os.environ.get("WAARDIG_LOG_WITNESSES")
    if named:
        return _read(Path(named))
    is_trial = not os.environ.get("WAARDIG_LOG_KEY") and _trial_policy().is_file()
    return _read(_trial_policy()) if is_trial else Policy()


def own_witness() -> OwnWitness | None:
    """What this installation is as a witness: WAARDIG_WITNESS_NAME, _KEY and _LOGS; None when it is none.

    Raises:
        PolicyUnreadable: one of the three is missing or cannot be used.
    """
    name = os.environ.get("WAARDIG_WITNESS_NAME", "")
    key, logs = os.environ.get("WAARDIG_WITNESS_KEY", ""), os.environ.get("WAARDIG_WITNESS_LOGS", "")
    if not (name or key or logs):
        return None
    if not name or any(character.isspace() or character == "+" for character in name):
        raise PolicyUnreadable("WAARDIG_WITNESS_NAME", "it is empty or holds a space or plus")
    return OwnWitness(name, _key(Path(key)), _read(Path(logs)).logs)


def trial_witness(witness: Witness, asked: Policy) -> OwnWitness:
    """A witness inside this process, for the logs of the same policy.

    Raises:
        PolicyUnreadable: its key cannot be read.
    """
    return OwnWitness(witness.name, _key(data_folder() / witness.address.removeprefix(TRIAL)), asked.logs)


def make_trial_witnesses(origin: str, log_key: bytes) -> None:
    """Two witnesses and the policy that asks both, in the data folder; what is there stays."""
    lines = [f"log {verifier_key(origin, public_of(log_key))}"]
    for name in TRIAL_WITNESSES:
        file = data_folder() / f"witness-{name}.key"
        with suppress(FileExistsError):
            new_key(file)
        known = verifier_key(f"{name}.example/proefgetuige", public_of(_key(file)), COSIGNATURE)
        lines.append(f"witness {name} {known} {TRIAL}{file.name}")
    lines += [f"group allebei all {' '.join(TRIAL_WITNESSES)}", "quorum allebei", ""]
    if not _trial_policy().exists():
        _trial_policy().write_text("\n".join(lines), encoding="utf-8")


def _trial_policy() -> Path:
    return data_folder() / "log.policy"


def _read(file: Path) -> Policy:
    try:
        return read_policy(file.read_text(encoding="utf-8"))
    except OSError as problem:
        raise PolicyUnreadable(str(file), f"it cannot be read ({problem.strerror})") from problem
    except ValueError as problem:
        raise PolicyUnreadable(str(file), str(problem)) from problem


def _key(file: Path) -> bytes:
    try:
        key = file.read_bytes()
    except OSError as problem:
        raise PolicyUnreadable(str(file), f"it cannot be read ({problem.strerror})") from problem
    if len(key) != 32:
        raise PolicyUnreadable(str(file), "a key of `waardig logbook key` has 32 bytes")
    return key
