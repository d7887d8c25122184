"""Addresses of the portal for disagreeing: objections, second looks, being late."""

from __future__ import annotations

from django.urls import path

from waardig.faces.portal.views import objecting

urlpatterns = [
    path("besluiten/<uuid:identity>/bezwaar/", objecting.object_to, name="object_to"),
    path("bezwaren/<uuid:identity>/", objecting.objection, name="objection"),
    path("bezwaren/<uuid:identity>/aanvullen/", objecting.complete, name="complete"),
    path("bezwaren/<uuid:identity>/gesprek/", objecting.talk, name="talk"),
    path("bezwaren/<uuid:identity>/intrekken/", objecting.withdraw, name="withdraw"),
    path("zaken/<uuid:identity>/kijk-nog-eens/", objecting.look_again, name="look_again"),
    path("kijk-nog-eens/<uuid:identity>/", objecting.look, name="look"),
    path("kijk-nog-eens/<uuid:identity>/bezwaar/", objecting.turn, name="turn"),
    path("zaken/<uuid:identity>/onze-termijn/", objecting.late, name="late"),
]
