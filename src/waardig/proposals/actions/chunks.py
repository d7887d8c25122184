"""Reading many people for a round: chunks are read through the gate while the chunk before them is judged and stored.

Each ask is of at most 500 persons with a committed log line each; partners come into the chunk of the first of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from itertools import chain, cycle, islice, repeat
from uuid import UUID

from django.db import connection

from waardig.access import actions as access
from waardig.access.terms import LineRef, Request, Ticket
from waardig.kernel import declared
from waardig.proposals.core.household import PARTNER
from waardig.proposals.core.plain import Alike, Plain
from waardig.registers import queries as registers
from waardig.registers.terms import RegisterFact

GATES = 3
"""How many asks at a time: with fewer, a core waits while the lines of another are written to the disk."""


@dataclass(frozen=True)
class Part:
    """What one ticket opened: the attributes in its order and a line of text a fact."""

    ticket: Ticket
    attributes: tuple[str, ...]
    facts: str | None


@dataclass(frozen=True)
class Settled:
    """What the first look says of everybody it read.

    Attributes:
        alike: the households of which it alone says no; sampled: some of them, to be judged again one by one.
        left: everybody else, in the order of reading.
    """

    alike: tuple[Alike, ...] = ()
    sampled: tuple[Plain, ...] = ()
    left: tuple[UUID, ...] = ()


@dataclass(frozen=True)
class Chunk:
    """Whole households, as far as they could be read.

    Attributes:
        parts: who was read whole; looked: what the first look read, of everybody; settled: of whom that was enough.
    """

    parts: tuple[Part, ...]
    looked: tuple[Part, ...] = ()
    settled: Settled = Settled()

    @property
    def size(self) -> int:
        """How many persons were read."""
        return sum(len(part.ticket.persons) for part in self.looked or self.parts)

    @property
    def lines(self) -> dict[UUID, LineRef]:
        """The log line of each person who was read whole."""
        return {person: line for part in self.parts for person, line in part.ticket.lines.items()}

    def facts_of(self, persons: Sequence[UUID]) -> dict[UUID, list[RegisterFact]]:
        """Every fact of some of the persons who were read whole."""
        return facts_of(self.parts, persons)


def facts_of(parts: Sequence[Part], persons: Sequence[UUID]) -> dict[UUID, list[RegisterFact]]:
    """Every fact of some of the persons, with source and date, under the same tickets; everybody has an entry."""
    found: dict[UUID, list[RegisterFact]] = {person: [] for person in persons}
    for part in parts:
        of = [person for person in part.ticket.persons if person in found]
        for fact in registers.take(part.ticket, of=of) if of else ():
            found[fact.person].append(fact)
    return found


Ask = Callable[[Sequence[UUID]], Request]


@dataclass(frozen=True)
class Reading:
    """How a round reads: the request for some persons, and what it asks first.

    Attributes:
        whole: everything that the law needs; first: what is asked of everybody before that, None when nothing is.
        settle: what the first look alone says.
        batch: persons an ask, at most.
        waiting: who is not read because what is known of them is too old.
    """

    whole: Ask
    first: Ask | None
    settle: Callable[[Sequence[Part]], Settled]
    batch: int
    waiting: frozenset[UUID] = frozenset()


def chunks(todo: Sequence[UUID], reading: Reading, *, size: int) -> Iterator[Chunk]:
    """The chunks of a round. Meanwhile the next one is read whole and the one after it looked at, each in a thread.

    Args:
        size: persons a chunk, without the partners that come with them; the first two are smaller, so that judging
            begins soon.
    """
    waiting, sizes = dict.fromkeys(todo), chain((size // 5 or 1, size // 2 or 1), repeat(size))
    with beside("round-looker") as looker, beside("round-reader") as reader, ExitStack() as stack:
        gates = _Gates([stack.enter_context(beside(f"round-gate-{n}")) for n in range(GATES)], reading.batch)
        looked = looker.submit(_look, waiting, reading, gates, next(sizes))
        coming = reader.submit(_whole, looked, reading)
        looked = looker.submit(_look, waiting, reading, gates, next(sizes))
        while (chunk := coming.result()).size:
            coming = reader.submit(_whole, looked, reading)
            looked = looker.submit(_look, waiting, reading, gates, next(sizes))
            yield chunk


@contextmanager
def beside(name: str) -> Iterator[ThreadPoolExecutor]:
    """A thread with a connection of its own, under what its maker declared; in the end its work is done and the
    connection closed."""
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix=name, initializer=declared.carried()) as executor:
        try:
            yield executor
        finally:
            with suppress(RuntimeError):
                executor.submit(_leave).result()


def _leave() -> None:
    """Close the connection of this thread."""
    connection.close()


@dataclass(frozen=True)
class _Gates:
    """Threads that ask and take, in turn; `batch` persons an ask."""

    threads: Sequence[ThreadPoolExecutor]
    batch: int

    def parts(self, persons: Sequence[UUID], ask: Ask) -> tuple[Part, ...]:
        """What the asks about these persons open, in their order."""
        asked = zip(cycle(self.threads), _cut(persons, self.batch), strict=False)
        coming = [thread.submit(_part, ask, some) for thread, some in asked]
        return tuple(one.result() for one in coming)


def _cut(persons: Sequence[UUID], batch: int) -> Iterator[Sequence[UUID]]:
    return (persons[start : start + batch] for start in range(0, len(persons), batch))


def _part(ask: Ask, persons: Sequence[UUID]) -> Part:
    ticket = access.ask(ask(persons))
    return Part(ticket, *registers.take_many(ticket))


def _look(waiting: dict[UUID, None], reading: Reading, gates: _Gates, size: int) -> tuple[Part, ...]:
    """What is read first of the next persons and of their partners."""
    first = list(islice(waiting, size))
    for person in first:
        del waiting[person]
    ask = reading.first or reading.whole
    parts = gates.parts(first, ask)
    partners = sorted(person for person in {p for part in parts for p in _named(part)} if person in waiting)
    for person in partners:
        del waiting[person]
    return (*parts, *gates.parts(partners, ask))


def _whole(looked: Future[tuple[Part, ...]], reading: Reading) -> Chunk:
    """The rest of whom the first look leaves; in the thread of the caller, not behind the next look."""
    parts = looked.result()
    if reading.first is None or not parts:
        return Chunk(parts)
    settled = reading.settle(parts)
    return Chunk(tuple(_part(reading.whole, some) for some in _cut(settled.left, reading.batch)), parts, settled)


def _named(part: Part) -> Iterator[UUID]:
    """Whom the facts name as partner."""
    return registers.named(part.attributes, part.facts, PARTNER)
