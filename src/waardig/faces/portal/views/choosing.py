"""Choices that can always be changed: proposals on or off, digital or paper, for whom somebody acts, language."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import check_for_language
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from waardig.access import actions as wishes
from waardig.access.queries import opt_outs
from waardig.catalogue import queries as catalogue
from waardig.contact import actions as contact
from waardig.faces.portal.views.common import for_residents, frame_for, page_number, show
from waardig.identity.terms import audience
from waardig.inbox import actions as inbox
from waardig.inbox import queries as preferences
from waardig.inbox.terms import Channel
from waardig.kernel.clock import business_today
from waardig.kernel.declared import reads, uses
from waardig.mandates.terms import Action, Basis, NoAuthority
from waardig.screens.frames import who_of
from waardig.screens.mandates_page import represented_by_helper, represented_by_office
from waardig.screens.pages import choices
from waardig.screens.pages.forms import Field, FieldError, Option
from waardig.screens.pages.words import Words
from waardig.screens.subject import FINDING_THE_SUBJECT, Subject, choose

KINDS_OF_POST = (
    ("proposal", Words("Voorstellen: geld waar u misschien recht op hebt", "Proposals: money you may have a right to")),
    ("receipt", Words("Bewijs dat wij iets van u kregen", "Proof that we received something from you")),
    ("decision_grant", Words("Besluiten", "Decisions")),
    ("correction_answer", Words("Antwoord op een melding", "Answers to a report")),
)
SAME_CHOICE = {"decision_grant": ("decision_grant", "decision_refuse", "decision_other"),
               "correction_answer": ("correction_answer", "correction_receipt")}  # fmt: skip
GENERAL = "_algemeen"
GENERAL_CHOICE = {
    "receipt": ("objection_receipt",),
    "decision_grant": ("objection_decision", "penalty_decision"),
    "correction_answer": ("objection_hearing", "second_look_answer", "penalty_receipt"),
}
"""Letters that every service shares follow the choice for letters of the same kind."""


@require_http_methods(["GET", "POST"])
@for_residents(Action.ANSWER, "post")
@uses("afmelden")
def opt_out(request: HttpRequest, subject: Subject) -> HttpResponse:
    """Proposals on or off, per service; no reason asked, and always reversible."""
    changed = None
    if request.method == "POST":
        changed = _switch(request, subject)
    subjects = _subjects(subject)
    return show(
        request,
        choices.OptOutPage(
            frame=frame_for(request, subject),
            back_href=reverse("portal:home"),
            action=reverse("portal:opt_out"),
            subjects=subjects,
            changed=next((one for one in subjects if one.id == changed), None),
            changed_on=business_today() if changed else None,
            check_href=reverse("portal:check"),
        ),
    )


def _switch(request: HttpRequest, subject: Subject) -> str:
    asked, to = request.POST.get("subject", ""), request.POST.get("to", "")
    if asked not in {service.id for service in catalogue.services()} or to not in ("on", "off"):
        raise Http404
    with transaction.atomic():
        if to == "off":
            wishes.opt_out(subject.person, asked, subject.actor, business_today(), channel="web")
        else:
            wishes.opt_in(subject.person, asked, subject.actor, business_today())
            wishes.opt_in(subject.person, "*", subject.actor, business_today())
    return asked


def _subjects(subject: Subject) -> tuple[choices.OptOutSubject, ...]:
    today = business_today()
    off = {one.subject: one.since for one in opt_outs(subject.person) if one.until is None or one.until >= today}
    return tuple(
        choices.OptOutSubject(
            id=service.id,
            words=Words(service.name.nl, service.name.en),
            explains=Words(service.summary.nl, service.summary.en),
            off_since=off.get(service.id) or off.get("*"),
        )
        for service in catalogue.services()
    )


def _types_like(service: str, name: str) -> list[str]:
    """The message types that follow one choice, each once."""
    own = [preferences.template(service, one).message_type for one in SAME_CHOICE.get(name, (name,))]
    shared = [preferences.template(GENERAL, one).message_type for one in GENERAL_CHOICE.get(name, ())]
    return list(dict.fromkeys([*own, *shared]))


@require_http_methods(["GET", "POST"])
@for_residents(Action.ANSWER, "post")
@uses()
def channels(request: HttpRequest, subject: Subject) -> HttpResponse:
    """Digital or paper per type of message (Awb 2:8)."""
    service = catalogue.services()[0].id
    types = {name: preferences.template(service, name).message_type for name, _ in KINDS_OF_POST}
    chosen = preferences.preferences_of([(subject.person, kind) for kind in types.values()])
    typed = {name: request.POST.get(name, "") for name in types} if request.method == "POST" else {}
    wrong = [name for name, value in typed.items() if value not in ("digital", "paper")]
    if typed and not wrong:
        with transaction.atomic():
            for name, value in typed.items():
                for kind in _types_like(service, name):
                    inbox.set_preference(subject.person, kind, Channel(value), where="web")
        chosen = preferences.preferences_of([(subject.person, kind) for kind in types.values()])
    rows = []
    for name, words in KINDS_OF_POST:
        now = chosen.get((subject.person, types[name]))
        value = typed.get(name) or (now.channel.value if now else "paper")
        error = FieldError.CHANNEL_EMPTY if name in wrong else None
        options = (
            Option(
                "digital", Words("Digitaal, op deze website", "Digital, on this website"), chosen=value == "digital"
            ),
            Option("paper", Words("Op papier", "On paper"), chosen=value == "paper"),
        )
        rows.append(choices.ChannelChoice(words, Field(name, value, error, options), now.set_on if now else None))
    page = choices.ChannelsPage(
        frame=frame_for(request, subject),
        back_href=reverse("portal:home"),
        action=reverse("portal:channels"),
        choices=tuple(rows),
        errors=tuple(row.field for row in rows if row.field.error),
        saved=bool(typed) and not wrong,
        fallback_days=0,
    )
    return show(request, page, status=400 if wrong else 200)


@require_GET
@audience("resident", "organisation", loa="substantial")
@uses(FINDING_THE_SUBJECT, reads("machtiging.beheren", "brp.naam"))
def represented(request: HttpRequest) -> HttpResponse:
    """For whom do you act now? One person at a time, and switching is a deliberate act."""
    who = who_of(request)
    if who.person is not None:
        return show(request, represented_by_helper(request, who))
    wanted = request.GET.get("zoek", "").strip()
    return show(request, represented_by_office(request, who, wanted=wanted, page=page_number(request)))


@require_http_methods(["GET", "POST"])
@audience("resident", "organisation", loa="substantial")
@uses(FINDING_THE_SUBJECT)
def represent(request: HttpRequest, person: UUID) -> HttpResponse:
    """Act for this person from now on, or for oneself again."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("portal:represented"))
    try:
        used = choose(request, person)
    except NoAuthority as refused:
        raise Http404(refused.text_nl) from refused
    if used and used.basis is Basis.PARENTAL and used.representative and used.ended_on:
        contact.note_child(person, used.representative, used.ended_on)
    return HttpResponseRedirect(reverse("portal:home"))


@require_POST
@audience("public")
@uses()
def language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in a cookie and go back to the same page."""
    chosen = request.POST.get("language", "")
    asked = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(asked, allowed_hosts=None) and asked.startswith("/")
    response = HttpResponseRedirect(asked if allowed else "/")
    if check_for_language(chosen) and chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, chosen, max_age=365 * 86400, httponly=True, samesite="Lax",
            secure=settings.SECURE_COOKIES,
        )  # fmt: skip
    return response
