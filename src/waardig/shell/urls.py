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
    )
    if find_spec(module)
]
