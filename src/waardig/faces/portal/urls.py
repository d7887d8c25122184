"""Addresses of the portal."""

from __future__ import annotations

from django.urls import include, path

from waardig.faces.portal import sign_in
from waardig.faces.portal.views import (
    answering,
    asking,
    checking,
    choosing,
    correcting,
    explaining,
    letter_code,
    mandates,
    reading,
    showing,
)

app_name = "portal"
urlpatterns = [
    path("", include("waardig.faces.portal.objecting")),
    path("", reading.home, name="home"),
    path("berichten/", reading.messages, name="messages"),
    path("berichten/<uuid:identity>/", reading.message, name="message"),
    path("berichten/<uuid:identity>/waarom/", reading.why, name="why"),
    path("berichten/<uuid:identity>/antwoord/", answering.answer, name="answer"),
    path("berichten/<uuid:identity>/ja-maar/", answering.yes_but, name="yes_but"),
    path("berichten/<uuid:identity>/ja/<slug:question>/", answering.declare, name="declare"),
    path("berichten/<uuid:identity>/nakijken/", answering.declare_check, name="declare_check"),
    path("berichten/<uuid:identity>/bewijs/", answering.declare_receipt, name="declare_receipt"),
    path("berichten/<uuid:identity>/nee/", answering.decline, name="decline"),
    path("berichten/<uuid:identity>/intrekken/", answering.give_up, name="give_up"),
    path("berichten/<uuid:identity>/klopt-niet/", correcting.wrong, name="wrong"),
    path("gegevens/", reading.data, name="data"),
    path("gegevens/adres/", reading.reveal, name="reveal"),
    path("gegevens/<uuid:identity>/klopt-niet/", correcting.correct, name="correct"),
    path("gegevens/<uuid:identity>/nakijken/", correcting.correct_check, name="correct_check"),
    path("meldingen/<uuid:case>/", correcting.correct_receipt, name="correct_receipt"),
    path("gebruik/", reading.usage, name="usage"),
    path("gebruik/<slug:line>/vraag/", asking.usage_question, name="usage_question"),
    path("gebruik/<slug:line>/gevraagd/", asking.usage_question_sent, name="usage_question_sent"),
    path("terugbellen/", asking.call_back, name="call_back"),
    path("seintje/", choosing.opt_out, name="opt_out"),
    path("post/", choosing.channels, name="channels"),
    path("namens/", choosing.represented, name="represented"),
    path("namens/<uuid:person>/", choosing.represent, name="represent"),
    path("weergave/", showing.display, name="display"),
    path("weg/", showing.leave, name="leave"),
    path("openingstijden/", showing.neutral, name="neutral"),
    path("machtigen/", mandates.overview, name="mandates"),
    path("machtigen/nieuw/", mandates.give, name="mandate_give"),
    path("machtigen/code/", mandates.code, name="mandate_code"),
    path("machtigen/helpen/", mandates.use, name="mandate_use"),
    path("machtigen/<uuid:identity>/ja/", mandates.confirm, name="mandate_confirm"),
    path("machtigen/<uuid:identity>/stop/", mandates.end, name="mandate_end"),
    path("antwoord/", letter_code.letter_code, name="letter_code"),
    path("antwoord/<str:code>/", letter_code.letter_code, name="letter_code_given"),
    path("nagaan/", checking.check, name="check"),
    path("nagaan/<slug:check>/", checking.check_one, name="check_one"),
    path("nagaan/<slug:check>/papier.pdf", checking.check_paper, name="check_paper"),
    path("nagaan/<slug:check>/aanvragen/", checking.check_apply, name="check_apply"),
    path("taal/", choosing.language, name="language"),
    path("uitleg/", explaining.how_it_works, name="how_it_works"),
    path("privacy/", explaining.privacy, name="privacy"),
    path("toegankelijkheid/", explaining.accessibility, name="accessibility"),
    *sign_in.urlpatterns,
]
