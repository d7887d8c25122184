"""The algorithm register: the entry of each weighed service in both forms, made from what is enforced and checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from waardig.accountability.adapters.content import register_content
from waardig.accountability.core import entry_check
from waardig.accountability.core.entry_forms import in_form
from waardig.accountability.core.entry_text import Sources, entry_of
from waardig.accountability.queries.labels import label_of
from waardig.accountability.terms import AlgorithmEntry, EntryRefused, FieldProblem, Form, NotRegistered
from waardig.cases.queries import rules
from waardig.catalogue import queries as catalogue
from waardig.catalogue.terms import ActivityVersion, UnknownService
from waardig.kernel.bilingual import Bilingual
from waardig.kernel.clock import business_today
from waardig.kernel.content import content_roots
from waardig.values import queries as values
from waardig.values.terms import NoDossier

__all__ = ["checked_entry", "entry", "form_of", "problems_of", "registered_services", "site", "where_to"]
PROCESSING = "/verwerkingen"
_LAW_HOSTS = frozenset({"wetten.overheid.nl", "lokaleregelgeving.overheid.nl"})
_LAW_ID = re.compile(r"(BWB[RVW]\d{7}|CVDR\d+)")


def site() -> str:
    """Where the public pages of this municipality stand: the address before its processing register."""
    return catalogue.municipality().processing_register.removesuffix(PROCESSING)


def registered_services() -> tuple[str, ...]:
    """Services with a decided weighing and a register.yaml: those about which there is an entry."""
    return tuple(one.id for one in catalogue.services() if _is_registered(one.id))


def _is_registered(service: str) -> bool:
    try:
        values.decided_dossier(service)
    except NoDossier:
        return False
    return register_content(content_roots(), service) is not None


def entry(service: str, on: date | None = None) -> AlgorithmEntry:
    """The entry of a service, before it takes a form.

    Raises:
        NotRegistered: nothing was decided about it, or no content folder has its register.yaml.
        ContentInvalid: its register.yaml is wrong.
    """
    return entry_of(_sources(service, on or business_today()))


def checked_entry(service: str, form: Form, on: date | None = None) -> dict[str, Any]:
    """The entry of a service in a form, as it may be published.

    Raises:
        NotRegistered, ContentInvalid: as `entry`.
        EntryRefused: a field does not fit the form; every field with its reason.
    """
    made = in_form(entry(service, on), form)
    wrong = problems_of(form, made)
    if wrong:
        raise EntryRefused(service, form, wrong)
    return made


def problems_of(form: Form, made: Mapping[str, Any]) -> tuple[FieldProblem, ...]:
    """Everything that is wrong with an entry, ours or somebody's file; addresses on our own site must be there."""
    return entry_check.problems(form, made, where_to)


def form_of(made: Mapping[str, Any]) -> Form:
    """Which form somebody filled in."""
    return entry_check.form_of(made)


def where_to(link: str) -> str | None:
    """Why an address leads nowhere: no page, activity version or law of ours; None when it is fine."""
    here, there = urlsplit(site()), urlsplit(link)
    if there.hostname in _LAW_HOSTS:
        return _law_nowhere(link)
    if there.hostname != here.hostname:
        return None
    try:
        found = resolve(there.path)
    except Resolver404:
        return "there is no such page on this site"
    return _page_nowhere(found.url_name or "", found.kwargs, link)


def _law_nowhere(link: str) -> str | None:
    named = _LAW_ID.search(link)
    if named is None:
        return "the address names no law (BWBR... or CVDR...)"
    return None if named[1] in _laws() else f"law {named[1]} is in no law file and in no activity"


def _laws() -> frozenset[str]:
    addresses = [one.url for one in rules.book().laws]
    for activity in catalogue.activities():
        addresses += [basis.url for basis in activity.legal_basis]
        addresses += [attribute.collected_under.url for attribute in activity.attributes]
    return frozenset(found[1] for one in addresses if (found := _LAW_ID.search(one)))


def _page_nowhere(name: str, named: Mapping[str, Any], link: str) -> str | None:
    if "activity" in named:
        found = catalogue.registered(named["activity"])
        wanted = link.rstrip("/")
        known = {one.version.uri for one in found} if "fingerprint" in named else {wanted if found else ""}
        return None if wanted in known else "no such version of this processing activity was ever published"
    if "service" in named and named["service"] not in {one.id for one in catalogue.services()}:
        return f"there is no service {named['service']}"
    return None if name else "there is no such page on this site"


def _sources(service: str, on: date) -> Sources:
    try:
        found = catalogue.service(service)
        dossier = values.decided_dossier(service)
    except (UnknownService, NoDossier) as nothing:
        raise NotRegistered(service, "nothing was decided about it") from nothing
    content = register_content(content_roots(), service)
    if content is None:
        raise NotRegistered(service, "no content folder has its register.yaml")
    versions = tuple(
        one.version
        for one in catalogue.registered()
        if one.status == "active" and one.version.activity.service == service
    )
    return Sources(
        content=content,
        service=found,
        town=catalogue.municipality(),
        why=catalogue.why_page(service),
        dossier=dossier,
        standing=values.standing_of(service, on),
        weighed=tuple(one for one in versions if one.activity.needs_weighing),
        all_versions=versions,
        rules=rules.rule_set_of(service, on),
        labels=_labels(versions),
        latest=values.latest_measurements(service),
        site=site(),
        today=on,
    )


def _labels(versions: tuple[ActivityVersion, ...]) -> dict[str, tuple[Bilingual, Bilingual]]:
    """The name and the register of every attribute of these versions that a register declares."""
    ids = dict.fromkeys(attribute.id for version in versions for attribute in version.activity.attributes)
    return {one: label[:2] for one in ids if (label := label_of(one))}
