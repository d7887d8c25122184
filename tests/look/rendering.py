"""Renders sample pages with Django's template engine, with or without the settings of the shell."""

from __future__ import annotations

from pathlib import Path

import django
from django.conf import settings
from django.template.context import Context
from django.template.engine import Engine
from django.utils import translation

from tests.look.samples import SAMPLES
from waardig.screens.pages.words import Page, context_of

PACKAGE = Path(__file__).resolve().parents[2] / "src" / "waardig"
STATIC = PACKAGE / "look" / "static" / "look"
FOLDERS = [
    PACKAGE / part / "templates" for part in ("look", "screens", "inbox", "faces/portal", "faces/desk", "faces/public")
]
MISSING = "MISSING-VARIABLE"
ERROR_PAGES = ("400.html", "403.html", "404.html", "405.html", "429.html", "500.html", "503.html")


def set_up() -> None:
    """Give Django the least it needs to render, where no settings are there yet."""
    if not settings.configured:
        settings.configure(
            USE_I18N=True,
            LANGUAGE_CODE="nl",
            LOCALE_PATHS=[str(PACKAGE / "look" / "locale")],
            STATIC_URL="/static/",
            LANGUAGES=[("nl", "Nederlands"), ("en", "English")],
            USE_TZ=True,
            TIME_ZONE="UTC",
            TEMPLATES=[
                {
                    "BACKEND": "django.template.backends.django.DjangoTemplates",
                    "DIRS": [str(f) for f in FOLDERS],
                    "OPTIONS": {
                        "libraries": {
                            "look": "waardig.look.templatetags.look",
                            "inbox": "waardig.inbox.templatetags.inbox",
                        }
                    },
                }
            ],
        )
        django.setup()


def engine() -> Engine:
    """An engine that marks every variable that a template asks for and the page does not have."""
    return Engine(
        dirs=[str(folder) for folder in FOLDERS],
        string_if_invalid=f"{MISSING}(%s)",
        libraries={
            "look": "waardig.look.templatetags.look",
            "inbox": "waardig.inbox.templatetags.inbox",
            "i18n": "django.templatetags.i18n",
            "static": "django.templatetags.static",
        },
    )


def rendered(page: Page, language: str, templates: Engine) -> str:
    """One page as HTML, its context exactly its fields (and a token against forged forms, as a request gives)."""
    with translation.override(language):
        context = Context({**context_of(page), "csrf_token": "token"})
        return templates.get_template(page.template).render(context)


def in_language(page: Page, language: str) -> Page:
    """The same page with its frame in this language."""
    from dataclasses import replace

    if getattr(page, "desk", None):
        both = {"frame": replace(page.frame, language=language)} if hasattr(page, "frame") else {}  # type: ignore[type-var]
        page = replace(page, **both)  # type: ignore[type-var]
        return replace(page, desk=replace(page.desk, language=language))  # type: ignore[type-var,no-any-return]
    if not hasattr(page, "frame"):  # a page that is the same for everybody and takes the language of the moment
        return page
    return replace(page, frame=replace(page.frame, language=language))  # type: ignore[type-var,no-any-return]


def pages(language: str) -> dict[str, str]:
    """Every sample and every error page as HTML by name."""
    templates = engine()
    made = {name: rendered(in_language(page, language), language, templates) for name, page in SAMPLES.items()}
    for name in ERROR_PAGES:
        with translation.override(language):
            made[f"fout-{name[:3]}"] = templates.get_template(name).render(
                Context({"municipality_name": "", "phone": ""})
            )
    return made
