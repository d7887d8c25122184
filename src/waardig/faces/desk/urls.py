"""Addresses of the desk. No number of a person stands in any of them."""

from __future__ import annotations

from django.urls import include, path

from waardig.faces.desk import sign_in
from waardig.faces.desk.views import (
    asked,
    checking,
    counter,
    helping,
    left,
    lists,
    paying,
    questions,
    reports,
    system,
    work,
)

app_name = "desk"
urlpatterns = [
    path("", include("waardig.faces.desk.objecting")),
    path("", work.home, name="home"),
    path("werk/", work.queue, name="queue"),
    path("beslissen/", work.decide_list, name="decide_list"),
    path("zaken/<uuid:identity>/", work.case, name="case"),
    path("bevestigen/", work.batch, name="batch"),
    path("bevestigen/klaar/", work.batch_done, name="batch_done"),
    path("lijsten/", lists.grant_lists, name="grant_lists"),
    path("lijsten/<uuid:identity>/", lists.grant_list, name="grant_list"),
    path("bekijken/", left.left_list, name="left_list"),
    path("bekijken/<int:item>/", left.left, name="left"),
    path("meldingen/", reports.corrections, name="corrections"),
    path("meldingen/<uuid:identity>/", reports.correction, name="correction"),
    path("openbare-vragen/", questions.questions, name="questions"),
    path("openbare-vragen/<uuid:identity>/", questions.question, name="question"),
    path("post/", work.held, name="held"),
    path("betalen/", paying.payments, name="payments"),
    path("betalen/aansluiting/", paying.reconciliation, name="reconciliation"),
    path("betalen/lijsten/<uuid:identity>/", paying.payment_list, name="payment_list"),
    path("betalen/betalingen/<uuid:identity>/", paying.payment_order, name="payment_order"),
    path("letters/", work.large, name="large"),
    path("systeem/", system.overview, name="system"),
    path("systeem/opnieuw/", system.again, name="system_again"),
    path("loket/", counter.find, name="find"),
    path("loket/sluit/", counter.close, name="counter_close"),
    path("loket/overzicht/", counter.home, name="counter_home"),
    path("loket/berichten/", counter.messages, name="counter_messages"),
    path("loket/berichten/<uuid:identity>/", counter.message, name="counter_message"),
    path("loket/berichten/<uuid:identity>/waarom/", counter.why, name="counter_why"),
    path("loket/berichten/<uuid:identity>/leg-vast/", counter.answer, name="counter_answer"),
    path("loket/berichten/<uuid:identity>/opgave/", counter.declare, name="counter_declare"),
    path("loket/berichten/<uuid:identity>/bewijs/", counter.receipt, name="counter_receipt"),
    path("loket/berichten/<uuid:identity>/intrekken/", counter.give_up, name="counter_give_up"),
    path("loket/gegevens/", counter.data, name="counter_data"),
    path("loket/gebruik/", counter.usage, name="counter_usage"),
    path("loket/nagaan/", checking.check, name="check"),
    path("loket/nagaan/<slug:check>/", checking.check_one, name="check_one"),
    path("loket/nagaan/<slug:check>/papier.pdf", checking.check_paper, name="check_paper"),
    path("vragen/", asked.requests, name="contact"),
    path("vragen/<uuid:identity>/", asked.one_request, name="contact_request"),
    path("loket/afspraak/", asked.note, name="counter_note"),
    path("loket/machtigen/", helping.mandate_list, name="counter_mandates"),
    path("loket/machtigen/<uuid:identity>/stop/", helping.mandate_end, name="counter_mandate_end"),
    *sign_in.urlpatterns,
]
