"""Letters as PDF/UA from parsed blocks, on one core, against a page with one heading from the same typesetter.

Two kinds: the receipt of an application, one page, and a proposal with data table, answer card and square code, two
pages or more. Whole: what the worker does for each: name and address through the gate, typesetting, keeping the PDF.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import typst

from benchmarks.a_town import SERVICE, database, prepare

CLIENTS = 400
FIRST = 20
PLAIN = b'#set document(title: "Brief")\n#set text(lang: "nl")\n= Brief\n'


@dataclass(frozen=True)
class Measured:
    """Seconds of processor.

    Attributes:
        kind: what was printed; letters: how many; typeset: to typeset them; whole: to deliver them.
        plain: to typeset a page with one heading so many times.
    """

    kind: str
    letters: int
    typeset: float
    whole: float
    plain: float


def measured() -> Iterator[Measured]:
    """Run a round and deliver its letters, and then a receipt to everybody whom the round read."""
    with database():
        prepare(CLIENTS)
        from waardig.proposals.actions import run_round

        run_round(SERVICE)
        yield _delivered("proposal")
        _send_receipts()
        yield _delivered("receipt")


def _delivered(kind: str) -> Measured:
    """What waits is delivered; the first letters are not counted, since a worker prints many."""
    from waardig.inbox import jobs
    from waardig.inbox.adapters import typst as typesetter
    from waardig.inbox.core.letter import Letter
    from waardig.outbox.actions import drain
    from waardig.shell import wiring

    spent: list[float] = []

    def clocked(letter: Letter) -> bytes:
        begin = time.process_time()
        made = typesetter.letter_pdf(letter)
        spent.append(time.process_time() - begin)
        return made

    jobs.letter_pdf = clocked  # type: ignore[attr-defined]
    drain(wiring.handlers(), batch=FIRST)
    spent.clear()
    begin = time.process_time()
    while drain(wiring.handlers(), batch=50).done:
        pass
    whole = time.process_time() - begin
    return Measured(kind, len(spent), sum(spent), whole, _plain(len(spent)))


def _send_receipts() -> None:
    """A receipt to everybody whom the round read, each with what differs from person to person."""
    from django.db import transaction

    from waardig.cases import queries as cases
    from waardig.inbox import queries as templates
    from waardig.inbox.actions import send_messages
    from waardig.inbox.terms import NewMessage
    from waardig.kernel.clock import business_today
    from waardig.proposals.queries import latest_run, persons_of

    on = business_today()
    common = cases.municipal_values(cases.service_of(SERVICE))
    for number, person in enumerate(persons_of(latest_run(SERVICE).id)):
        values = {
            **common,
            "answered_on": on,
            "decide_by": on + timedelta(days=56 + number % 7),
            "case_number": f"RW 2025 {number:04}",
            "declared": [f"Uw spaargeld is € {number}."],
            "something_wrong": False,
        }
        text = templates.filled(SERVICE, "receipt", values)
        message = NewMessage(
            recipient=person, about=person, message_type=text.message_type, template=text.template, service=SERVICE,
            activity="iit.aanvraag", subject=text.subject, blocks=text.blocks, key=f"receipt:{person}",
        )  # fmt: skip
        with transaction.atomic():
            send_messages([message], on=on)


def _plain(times: int) -> float:
    compiler = typst.Compiler()
    begin = time.process_time()
    for number in range(times):  # another text each time: what was typeset before is remembered
        compiler.compile(PLAIN + str(number).encode(), format="pdf", pdf_standards="ua-1")
    return time.process_time() - begin


def table() -> Iterator[str]:
    """The lines of the table."""
    for found in measured():
        n = found.letters
        yield f"Letters ({found.kind}): {n}, processor time of one process"
        for name, seconds in (("whole", found.whole), ("typeset", found.typeset), ("baseline", found.plain)):
            each, ratio = seconds / n, seconds / found.plain
            yield f"{name:<10}{each * 1000:>8.2f} ms{1 / each:>8.0f} /s{ratio:>8.1f} times baseline"
