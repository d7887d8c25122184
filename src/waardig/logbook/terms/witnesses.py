"""Witnesses: others who look whether a log only grows, and sign that they saw it (C2SP tlog-witness, tlog-policy)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

COSIGN = "logbook.cosign"
"""The topic of jobs that ask a witness; the key is `SIZE-WITNESS`."""
TRIAL = "trial:"
"""How the address of a witness inside this process begins; behind it the file of its key."""
MOST_BYTES = 64 * 1024
"""A submission is smaller: 63 hashes, a text of three lines, and signatures of at most some kB."""


@dataclass(frozen=True)
class LogKey:
    """A log by its name (the first line of its checkpoints) and a public Ed25519 key of it (32 bytes)."""

    name: str
    public_key: bytes


@dataclass(frozen=True)
class Witness:
    """A witness (getuige).

    Args:
        id: how a policy calls it; it has no meaning outside.
        name: the name in its signature lines; public_key: 32 bytes.
        address: where checkpoints are sent (its submission prefix); empty when they are only checked.
    """

    id: str
    name: str
    public_key: bytes
    address: str = ""

    @property
    def is_trial(self) -> bool:
        """Whether it runs inside this process, for who tries the product out: then it is nobody else."""
        return self.address.startswith(TRIAL)


@dataclass(frozen=True)
class Group:
    """Witnesses or groups of which at least so many must have cosigned."""

    least: int
    members: tuple[str, ...]


@dataclass(frozen=True)
class Policy:
    """Which logs and witnesses are known, and which cosignatures are asked (C2SP tlog-policy).

    Args:
        groups: by name; quorum: a witness, a group, or `none`.
    """

    logs: tuple[LogKey, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    groups: tuple[tuple[str, Group], ...] = ()
    quorum: str = "none"

    def is_met(self, cosigned: Collection[str]) -> bool:
        """Whether these witnesses, by id, are enough.

        Example:
            >>> Policy(groups=(("two", Group(2, ("a", "b", "c"))),), quorum="two").is_met({"a", "c"})
            True
        """
        groups = dict(self.groups)

        def holds(name: str) -> bool:
            if name not in groups:
                return name in cosigned
            return sum(holds(member) for member in groups[name].members) >= groups[name].least

        return self.quorum == "none" or holds(self.quorum)


@dataclass(frozen=True)
class OwnWitness:
    """What this installation is as a witness for others.

    Args:
        private_key: 32 bytes, of the witness alone: never that of a log. logs: whose checkpoints it looks at.
    """

    name: str
    private_key: bytes
    logs: tuple[LogKey, ...]


@dataclass(frozen=True)
class Submission:
    """What a log sends to a witness: the size it believes the witness knows, a consistency proof, the checkpoint."""

    old: int
    proof: tuple[bytes, ...]
    note: str


@dataclass(frozen=True)
class Answer:
    """What a witness answers: an HTTP status and a body."""

    status: int
    body: str

    @property
    def content_type(self) -> str:
        """A size has a type of its own (C2SP tlog-witness)."""
        return "text/x.tlog.size" if self.status == 409 else "text/plain; charset=utf-8"


@dataclass(frozen=True)
class Cosignature:
    """That a witness saw a checkpoint. Args: witness its name; line its signature line; at when it signed."""

    witness: str
    size: int
    line: str
    at: datetime


@dataclass(frozen=True)
class Seen:
    """A log as this installation saw it last as a witness."""

    origin: str
    size: int
    root: bytes
    at: datetime


@dataclass(frozen=True)
class WitnessState:
    """A witness that is asked, and its newest cosignature. `is_recent`: under the last checkpoint or not long ago."""

    witness: Witness
    newest: Cosignature | None
    is_recent: bool
