"""The address space; each face brings its own addresses."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import include, path

urlpatterns = [
    path(prefix, include(module))
    for prefix, module in (
        ("", "waardig.faces.portal.urls"),
        ("balie/", "waardig.faces.desk.urls"),
        ("verantwoording/", "waardig.faces.public.urls"),
        ("", "waardig.faces.public.register"),
        ("", "waardig.faces.api.urls"),
        ("gezond/", "waardig.shell.operating.urls"),
    )
    if find_spec(module)
]

handler400 = "waardig.shell.failures.bad_request"
handler403 = "waardig.shell.failures.forbidden"
handler404 = "waardig.shell.failures.not_found"
handler500 = "waardig.shell.failures.failed"
