"""Our term for a case: on time, late with how to urge us on, or urged with what it costs us; for portal and counter."""

from __future__ import annotations

from datetime import date

from waardig.cases.queries import objections as reads
from waardig.cases.terms import Case
from waardig.cases.terms.objections import Penalty
from waardig.kernel.clock import business_today
from waardig.screens import file_forms as forms
from waardig.screens.addresses import Addresses
from waardig.screens.file_pages import our_term
from waardig.screens.pages import files as pages
from waardig.screens.pages.frame import Frame
from waardig.screens.pages.words import Amount, Shown, Words
from waardig.screens.subject import Subject


def late_page(
    subject: Subject, about: Case, frame: Frame, addresses: Addresses, *, form: pages.AskForm | None = None
) -> pages.FilePage:
    """Our term for a case: on time, late with how to urge us on, or urged with what it costs us."""
    today = business_today()
    notice = reads.penalty_about(about.id, subject.person)
    due = about.decide_by or about.opened_on
    is_late = about.state in reads.LATE_STATES and today > due
    offered = form or forms.urge_form(addresses.late(about.id), by_employee=subject.is_at_counter)
    days = (today - due).days
    heading = Words("Onze termijn", "Our term")
    lead = Words("Wij zijn op tijd. U hoeft niets te doen.", "We are on time. You need not do anything.")
    if is_late:
        heading = Words(f"Wij zijn {days} {'dag' if days == 1 else 'dagen'} te laat", f"We are {days} day(s) late")
        lead = Words("Dat ligt aan ons.", "That is our doing.")
    elif about.state not in reads.LATE_STATES:
        lead = Words("Hierover is besloten. Lees het bericht.", "This was decided. Read the message.")
    return pages.FilePage(
        frame=frame,
        back_href=addresses.messages,
        number=about.number,
        about=subject.about,
        heading=heading,
        lead=lead,
        done=is_late or about.state not in reads.LATE_STATES,
        deadline=our_term(due, about.state),
        notice=late_notice() if is_late and notice is None else None,
        facts=(pages.FileFact(Words("Wij moesten beslissen", "We had to decide"), due), *penalty_facts(notice)),
        papers=(),
        forms=(offered,) if is_late and notice is None else (),
        links=(),
        errors=forms.errors_of(offered),
    )


def late_notice() -> Words:
    """What urging us on does, in plain words."""
    return Words(
        "Maant u ons aan? Dan hebben wij nog 2 weken. Beslissen wij dan nog niet? Dan betalen wij u geld per dag.",
        "If you urge us on, we have 2 more weeks. Do we not decide then? Then we pay you money for every day.",
    )


def penalty_facts(found: Penalty | None) -> tuple[pages.FileFact, ...]:
    """What a notice comes to, with the date of the text the amounts come from."""
    if found is None:
        return ()
    today = business_today()
    counted = reads.penalty_sum(found, on=today)
    runs = found.ended_on is None and found.first_day <= today <= found.last_day
    facts: list[tuple[Words, Shown]] = [
        (Words("Aanmaning ontvangen", "Notice received"), found.received_on),
        (Words("Zonder kosten beslissen tot en met", "Deciding without a penalty until"), found.decide_before),
        (Words("Dagen die tellen", "Days that count"), counted.days),
        (Words("Bedrag tot nu", "Amount so far"), Amount(counted.amount_eurocent)),
    ]
    if runs:
        facts.append((Words("Erbij per dag", "More each day"), Amount(counted.per_day_eurocent)))
    facts.append((Words("Nooit meer dan", "Never more than"), Amount(counted.most_eurocent)))
    if counted.days:
        facts.append((Words("Wij stellen het vast uiterlijk", "We fix it on"), counted.settle_by))
    text_of = date.fromisoformat(counted.text_version)
    facts.append((Words("Bedragen volgens de wettekst van", "Amounts by the text of the law of"), text_of))
    return tuple(pages.FileFact(label, value) for label, value in facts)
