"""Addresses of the desk and the counter for disagreeing: objections, second looks, being late."""

from __future__ import annotations

from django.urls import path

from waardig.faces.desk.views import counter_objecting, objections

urlpatterns = [
    path("bezwaren/", objections.objections, name="objections"),
    path("bezwaren/<uuid:identity>/", objections.objection, name="objection"),
    path("kijk-nog-eens/", objections.looks, name="looks"),
    path("kijk-nog-eens/<uuid:identity>/", objections.look, name="look"),
    path("te-laat/", objections.late, name="late"),
    path("te-laat/<uuid:identity>/", objections.penalty_file, name="penalty"),
    path("loket/besluiten/<uuid:identity>/bezwaar/", counter_objecting.object_to, name="counter_object_to"),
    path("loket/bezwaren/<uuid:identity>/", counter_objecting.objection, name="counter_objection"),
    path("loket/bezwaren/<uuid:identity>/aanvullen/", counter_objecting.complete, name="counter_complete"),
    path("loket/bezwaren/<uuid:identity>/gesprek/", counter_objecting.talk, name="counter_talk"),
    path("loket/bezwaren/<uuid:identity>/intrekken/", counter_objecting.withdraw, name="counter_withdraw"),
    path("loket/zaken/<uuid:identity>/kijk-nog-eens/", counter_objecting.look_again, name="counter_look_again"),
    path("loket/kijk-nog-eens/<uuid:identity>/", counter_objecting.look, name="counter_look"),
    path("loket/kijk-nog-eens/<uuid:identity>/bezwaar/", counter_objecting.turn, name="counter_turn"),
    path("loket/zaken/<uuid:identity>/onze-termijn/", counter_objecting.late, name="counter_late"),
]
