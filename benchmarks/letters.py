"""Letters as PDF/UA from parsed blocks, on one core, against a page with one heading from the same typesetter.

Whole: what the worker does for a letter: name and address through the gate, typesetting, keeping the PDF, the queue.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass

import typst

from benchmarks.a_town import SERVICE, database, prepare

CLIENTS = 400
PLAIN = b'#set document(title: "Brief")\n#set text(lang: "nl")\n= Brief\n'


@dataclass(frozen=True)
class Measured:
    """Seconds of processor.

    Attributes:
        letters: how many; typeset: to typeset them; whole: to deliver them.
        plain: to typeset a page with one heading so many times.
    """

    letters: int
    typeset: float
    whole: float
    plain: float


def measured() -> Measured:
    """Run a round and print its letters twice: by the worker, and the same letters again by the typesetter alone."""
    with database():
        prepare(CLIENTS)
        from waardig.inbox import jobs
        from waardig.inbox.adapters.typst import letter_pdf
        from waardig.inbox.core.letter import Letter
        from waardig.outbox.actions import drain
        from waardig.proposals.actions import run_round
        from waardig.shell import wiring

        run_round(SERVICE)
        printed: list[Letter] = []

        def keep(letter: Letter) -> bytes:
            printed.append(letter)
            return letter_pdf(letter)

        jobs.letter_pdf = keep  # type: ignore[attr-defined]
        begin = time.process_time()
        while drain(wiring.handlers(), batch=50).done:
            pass
        whole = time.process_time() - begin
        begin = time.process_time()
        for letter in printed:
            letter_pdf(letter)
        typeset = time.process_time() - begin
        return Measured(len(printed), typeset, whole, _plain(len(printed)))


def _plain(times: int) -> float:
    compiler = typst.Compiler()
    begin = time.process_time()
    for number in range(times):  # another text each time: what was typeset before is remembered
        compiler.compile(PLAIN + str(number).encode(), format="pdf", pdf_standards="ua-1")
    return time.process_time() - begin


def table() -> Iterator[str]:
    """The lines of the table."""
    found = measured()
    n = found.letters
    yield f"Letters: {n}, processor time of one process"
    for name, seconds in (("whole", found.whole), ("typeset", found.typeset), ("baseline", found.plain)):
        each, ratio = seconds / n, seconds / found.plain
        yield f"{name:<10}{each * 1000:>8.2f} ms{1 / each:>8.0f} /s{ratio:>8.1f} times baseline"
