"""Samples of mandates: given, held, form, code, refused, at the counter."""

from __future__ import annotations

from datetime import date

from tests.look.samples.desks import COUNTER_DESK
from tests.look.samples.people import VOS, framed
from waardig.screens.pages import mandates as pages
from waardig.screens.pages.forms import Field, FieldError, Option
from waardig.screens.pages.frame import ActingFor
from waardig.screens.pages.words import Words

MONEY = Words("Geld en toeslagen", "Money and supplements")
READ = Words("Alleen meelezen", "Read along only")
UNTIL = date(2026, 5, 11)
RULING = Words("Curator. Rechtbank Oost, 3 maart 2025.", "Guardian. Court East, 3 March 2025.")
GIVEN = (
    pages.GivenMandate("I. de Wit", (MONEY,), READ, "active", date(2025, 5, 12), UNTIL, "", "/stop/1/"),
    pages.GivenMandate("J. de Boer", (MONEY,), READ, "accepted", None, UNTIL, "/ja/2/", "/stop/2/"),
    pages.GivenMandate("P. Jansen", (MONEY,), READ, "waiting", date(2025, 5, 19), UNTIL, "", "/stop/3/"),
    pages.GivenMandate("", (MONEY,), READ, "asked", None, UNTIL, "", "/stop/4/"),
    pages.GivenMandate("E. Bakker", (MONEY,), READ, "active", date(2025, 3, 10), None, "", "", RULING, "/stop/8/"),
    pages.GivenMandate("L. Bos", (MONEY,), READ, "active", date(2025, 3, 10), UNTIL, "", "", RULING),
)
HELD = (
    pages.HeldMandate("T. de Wit", (MONEY,), READ, "active", UNTIL, "/stop/5/"),
    pages.HeldMandate("", (MONEY,), READ, "accepted", UNTIL, "/stop/6/"),
    pages.HeldMandate("K. Smit", (MONEY,), READ, "waiting", UNTIL, "/stop/7/"),
    pages.HeldMandate("M. Vos", (MONEY,), READ, "active", None, "", RULING),
)
MANDATES = pages.MandatesPage(framed(""), "/", GIVEN, HELD, "/nieuw/", "/helpen/", "/namens/", "confirmed")
MANDATES_NONE = pages.MandatesPage(framed(""), "/", (), (), "/nieuw/", "/helpen/", "", "")
FORM = pages.MandateForm(
    themes=Field("themes", "", FieldError.THEMES_EMPTY, (Option("geld", MONEY, Words("Berichten.", "Messages.")),)),
    rights=Field("rights", "view", FieldError.RIGHTS_EMPTY, (Option("view", READ, chosen=True),)),
    months=Field("months", "12", FieldError.MONTHS_EMPTY, (Option("12", Words("1 jaar", "1 year"), chosen=True),)),
)
ERRORS = (FORM.themes, FORM.rights, FORM.months)
GIVE = pages.GiveMandatePage(framed(""), "/machtigen/", "/nieuw/", FORM, ERRORS)
REFUSED = Words("Uw curator beslist wie u nog meer helpt.", "Your guardian decides who else helps you.")
GIVE_REFUSED = pages.GiveMandatePage(framed(""), "/machtigen/", "/nieuw/", FORM, (), REFUSED)
CODE = pages.MandateCodePage(framed(""), "ABCDE-FGHJK", date(2025, 5, 26), "/machtigen/")
WRONG = Field("code", "ABC", FieldError.MANDATE_CODE_UNKNOWN)
USE = pages.UseCodePage(framed(""), "/machtigen/", "/helpen/", WRONG, Field("works_here"), (WRONG,), None)
USE_REFUSED = pages.UseCodePage(
    framed(""), "/machtigen/", "/helpen/", Field("code", "ABC"), Field("works_here"), (), Words("Dit is uw eigen code.")
)
NOT_ALLOWED = pages.NotAllowedPage(framed("", acting_for=ActingFor(VOS, "/namens/")), VOS, "/")
ORIGIN = Field("origin", "paper", FieldError.ORIGIN_EMPTY, (Option("paper", Words("Formulier", "Form")),))
REFERENCE = Field("form_reference", "", FieldError.FORM_REFERENCE_EMPTY)
AT_COUNTER = pages.CounterMandatesPage(
    COUNTER_DESK, "/loket/", VOS, GIVEN, True, "/machtigen/", FORM, ORIGIN, REFERENCE, (*ERRORS, ORIGIN, REFERENCE),
    "ABCDE-FGHJK", date(2025, 5, 26), 7, "/vertegenwoordiger/",
)  # fmt: skip
UNDER_GUARDIANSHIP = pages.CounterMandatesPage(
    COUNTER_DESK, "/loket/", VOS, GIVEN, True, "/machtigen/", FORM, ORIGIN, REFERENCE, (), "", None, 7, "/v/", REFUSED
)
ON_THE_PHONE = pages.CounterMandatesPage(
    COUNTER_DESK, "/loket/", VOS, GIVEN, False, "/machtigen/", FORM, ORIGIN, REFERENCE, (), "", None, 7
)
