"""The tree over the lines: checkpoints, proofs, and what is lost or changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from waardig.logbook.terms.lines import LineRef
from waardig.logbook.terms.witnesses import Cosignature

ARCHIVE = "logbook.archive"
"""The job that puts old months of the log in files."""


@dataclass(frozen=True)
class Checkpoint:
    """The log up to a size: root of its tree and the signed note that says so (C2SP tlog-checkpoint)."""

    size: int
    root: bytes
    note: str


@dataclass(frozen=True)
class Signed:
    """The last checkpoint as it is published.

    Args:
        keys: the public keys (32 bytes) this log ever had, oldest first.
        cosignatures: of witnesses, under this checkpoint.
    """

    checkpoint: Checkpoint
    at: datetime
    keys: tuple[bytes, ...]
    cosignatures: tuple[Cosignature, ...] = ()

    @property
    def note(self) -> str:
        """The checkpoint with the signature lines of its witnesses below that of the log (C2SP signed-note)."""
        return self.checkpoint.note + "".join(one.line for one in self.cosignatures)


@dataclass(frozen=True)
class Evidence:
    """A person's own lines with proofs.

    Attributes:
        waiting: lines that have no place under the last checkpoint yet; they come with the next.
        withheld: lines that must stay confidential for now: only that they are there is told.
    """

    proofs: tuple[LineProof, ...]
    waiting: int
    withheld: int


@dataclass(frozen=True)
class CountProof:
    """How many lines a person has in each month (UTC), with what leads to the root that a checkpoint holds.

    Args:
        counts: the exact text (RFC 8785): months, size, subject. salt: of its leaf.
        bucket: number of the bucket; content: its persons, each a key and a leaf of 32 bytes; path: to the root.
        withheld: how many of those lines must stay confidential for now, by month.
    """

    counts: str
    salt: bytes
    bucket: int
    content: bytes
    path: tuple[bytes, ...]
    withheld: Mapping[str, int]


@dataclass(frozen=True)
class Counts:
    """The counts of a person's lines as they were signed last. Args: note the checkpoint, with its witnesses."""

    note: str
    proofs: tuple[CountProof, ...]


@dataclass(frozen=True)
class LineProof:
    """What anybody needs to check that a line is in the tree, without asking us.

    Attributes:
        canonical: the exact text of line and detail (RFC 8785).
        path: the audit path to the root of the checkpoint (RFC 6962).
    """

    line: LineRef
    canonical: str
    salt: bytes
    place: int
    path: tuple[bytes, ...]


@dataclass(frozen=True)
class Archived:
    """A month of the log that stands in a file.

    Args:
        month: "2025-03", of the start of its lines (UTC). first, last: the places of its first and last line.
        lines: how many are in it; those past their term are not.
    """

    month: str
    file: str
    sha256: bytes
    size: int
    lines: int
    first: int
    last: int
    at: datetime


@dataclass(frozen=True)
class ArchiveFault:
    """What is wrong with the file of a month.

    Args:
        why: missing, changed (other bytes), unreadable, fewer or more lines than there should be.

    Example:
        >>> ArchiveFault("2025-03", "2025-03-ab.parquet", "missing", 512, 767, 200).words
        'the file 2025-03-ab.parquet with 200 lines of 2025-03 (places 512 to 767) is missing'
    """

    month: str
    file: str
    why: str
    first: int
    last: int
    lines: int

    @property
    def words(self) -> str:
        """One English sentence with position and meaning."""
        where = f"with {self.lines} lines of {self.month} (places {self.first} to {self.last})"
        return f"the file {self.file} {where} is {self.why}"


@dataclass(frozen=True)
class PlacedRef:
    """A line and its place in the tree, counted from 0; None when it has none (its leaf is gone, or still to come)."""

    trace_id: str
    span_id: str
    place: int | None

    @property
    def words(self) -> str:
        """Which line this is.

        Example:
            >>> PlacedRef("0a" * 16, "0b" * 8, 7).words
            'line 7 (trace 0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a span 0b0b0b0b0b0b0b0b)'
        """
        which = "a line without a place" if self.place is None else f"line {self.place}"
        return f"{which} (trace {self.trace_id} span {self.span_id})"


@dataclass(frozen=True)
class LogState:
    """Whether the log is whole.

    Attributes:
        changed: lines that no longer fit their own leaf; lost: lines of the tree that have another leaf or are gone
            without standing on the list of what went after its term.
        broken: sizes of checkpoints whose root no longer follows from the leaves.
        unfit: kept hashes of full tiles that do not follow from the leaves.
        miscounted: persons and months of which the kept count is not that of their lines.
        removed: how many of the lines went after their term and stand on its list.
        archived: how many stand in files; faults: what is wrong with those files.
        forgotten: lines without a place that do not wait for one, written while triggers were off.
        missing: places that have no leaf, first and last of each gap.
        untrue: what is wrong with signatures, cosignatures, signed counts and lists of removed lines, a sentence each.
    """

    lines: int
    in_tree: int
    checkpoints: int
    changed: tuple[PlacedRef, ...]
    lost: tuple[PlacedRef, ...]
    broken: tuple[int, ...]
    unfit: tuple[Unfit, ...]
    removed: int = 0
    miscounted: int = 0
    archived: int = 0
    faults: tuple[ArchiveFault, ...] = ()
    forgotten: tuple[LineRef, ...] = ()
    missing: tuple[tuple[int, int], ...] = ()
    untrue: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Nothing was changed, lost, left out or rewritten."""
        lines = (self.changed, self.lost, self.forgotten, self.missing, self.miscounted)
        return not any((*lines, self.broken, self.unfit, self.faults, self.untrue))


@dataclass(frozen=True)
class Unfit:
    """A hash of a full tile that does not follow from the leaves: another is kept, or none (C2SP tlog-tiles).

    Example:
        >>> Unfit(1, 2, is_kept=False).words
        'the hash of lines 512 to 767 (number 2 of level 1) is not kept'
    """

    level: int
    number: int
    is_kept: bool

    @property
    def lines(self) -> tuple[int, int]:
        """The places of the first and the last line under it."""
        each = 256**self.level
        return self.number * each, (self.number + 1) * each - 1

    @property
    def words(self) -> str:
        """What is wrong in one English sentence."""
        first, last = self.lines
        what = f"the hash of lines {first} to {last} (number {self.number} of level {self.level})"
        if not self.is_kept:
            return f"{what} is not kept"
        return f"{what} is another than when they got their place: one of these lines, or the hash, was changed"


@dataclass(frozen=True)
class Noted:
    """What a checkpoint that somebody kept says: name of the log, size of the tree, its root."""

    origin: str
    size: int
    root: bytes


@dataclass(frozen=True)
class Difference:
    """A kept checkpoint that our tree does not follow: lines were `lost` (the tree is smaller) or `changed`."""

    noted: Noted
    kind: Literal["lost", "changed"]
    tree_size: int


@dataclass(frozen=True)
class Loss:
    """A difference that was found and recorded; `accepted_at` is empty until the owner accepts it with a reason."""

    size: int
    root: bytes
    kind: Literal["lost", "changed"]
    tree_size: int
    found_at: datetime
    accepted_at: datetime | None = None
    accepted_by: str = ""
    confirmed_by: str = ""
    reason: str = ""

    @property
    def words(self) -> str:
        """What is wrong in one English sentence, without anything about anybody."""
        if self.kind == "lost":
            return f"the log was {self.size} lines at a checkpoint, now {self.tree_size}: lines are lost"
        return f"the log of {self.tree_size} lines does not follow its checkpoint of {self.size} lines: lines changed"


@dataclass(frozen=True)
class Progress:
    """How far the sequencer is, and the last signed checkpoint (size 0 and no moment when there is none)."""

    lines: int
    placed: int
    waiting_since: datetime | None
    signed_size: int
    signed_at: datetime | None

    @property
    def waiting(self) -> int:
        """Lines that have no place in the tree yet."""
        return max(0, self.lines - self.placed)
