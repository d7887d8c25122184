"""The list of texts is closed and whole: every page for residents and the public, every message template, an author."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.conftest import RIETWAARDEN
from tests.feedback.builders import PAYING, TEAM
from waardig.catalogue.queries import municipality, services
from waardig.feedback import queries
from waardig.feedback.adapters.content import page_names
from waardig.feedback.core import read_by
from waardig.feedback.terms import TopicKind, TopicUnknown
from waardig.kernel.content import LIBRARY, content_roots
from waardig.kernel.content_file import ContentInvalid

NO_PAGES = {
    "portal.answer": "takes a button and leads on",
    "portal.check_apply": "takes a button and leads on",
    "portal.check_paper": "a PDF",
    "portal.feedback": "the form itself",
    "portal.language": "takes a choice and leads back",
    "portal.leave": "leads away at once",
    "portal.mandate_confirm": "takes a button and leads back",
    "portal.mandate_end": "takes a button and leads back",
    "portal.manifest": "a file for browsers",
    "portal.represent": "takes a choice and leads on",
    "portal.session_extend": "stands inside a notice",
    "portal.session_notice": "a style",
    "portal.sign_in_back": "leads on",
    "portal.sign_out": "leads on",
    "portal.without_connection": "shown when nothing can be sent",
    "portal.data_file": "a file",
    "portal.data_on_paper": "a file",
    "portal.usage_proofs": "a file",
    "portal.worker": "a file for browsers",
    "public.add_checkpoint": "for logs of others",
    "public.algorithm_file": "open data",
    "public.catalogue": "open data",
    "public.figures": "open data",
    "public.measurements_csv": "open data",
    "public.round_csv": "open data",
    "public.round_json": "open data",
    "public.rounds_csv": "open data",
    "public.schema": "a file for editors",
    "register.algorithms_address": "leads on",
    "register.processing_csv": "open data",
    "register.processing_json": "open data",
    "register.version_json": "open data",
}
FACES = ("portal", "public", "register")


def names() -> set[str]:
    """Every named address of the portal and the public site, as "face.name"."""
    found: set[str] = set()

    def walk(patterns: list[URLPattern | URLResolver], face: str) -> None:
        for one in patterns:
            if isinstance(one, URLResolver):
                walk(one.url_patterns, one.namespace or face)
            elif face in FACES and one.name:
                found.add(f"{face}.{one.name}")

    walk(get_resolver().url_patterns, "")
    return found


def test_every_page_for_residents_and_the_public_can_be_reacted_to() -> None:
    pages = set(page_names(content_roots()))

    assert len(names()) > 80
    assert names() - pages - set(NO_PAGES) == set(), "name the page in library/feedback/pages.yaml"
    assert pages - names() == set(), "take it from library/feedback/pages.yaml: there is no such page"
    assert set(NO_PAGES) - names() == set() and not pages & set(NO_PAGES)


def test_every_message_template_can_be_reacted_to() -> None:
    files = {
        f"bericht.{file.parent.parent.name}.{file.name.split('.')[0]}"
        for root in (LIBRARY, RIETWAARDEN)
        for file in root.glob("services/*/messages/*.md")
    }

    assert {key for key, one in queries.topics().items() if one.kind is TopicKind.MESSAGE} == files
    assert len(files) > 40


def test_every_text_has_an_author_who_exists_and_a_name_in_two_languages() -> None:
    here = municipality()
    teams = {one.team for one in here.officials.values()}
    policy = [one for one in here.officials.values() if "beleid" in one.roles]

    assert policy, "nobody has the role of who writes what is of no service"
    for topic in queries.topics().values():
        assert topic.name.nl and topic.name.en, topic.key
        assert topic.team == "" or topic.team in teams, topic.key
    own = {one.key for one in queries.topics().values() if one.team}
    for service in services():
        assert f"portal.why.{service.id}" in own and f"public.service.{service.id}" in own
        assert f"portal.check_one.{service.id}" in own
        assert {key for key in own if key.startswith(f"bericht.{service.id}.")}


UNKNOWN = ("", "portal.bestaat_niet", "portal.home.meedoenregeling", "bericht.x.y", "desk.queue", "portal.why.x", "'")


def test_what_is_not_on_the_list_is_refused_and_not_found(db: None) -> None:
    for key in UNKNOWN:
        with pytest.raises(TopicUnknown):
            queries.topic(key)
        assert Client().get("/reactie/", {"over": key}).status_code == 404, key
        assert Client().post("/reactie/?over=" + key, {"clear": "yes"}).status_code == 404, key


def test_a_municipality_may_name_the_pages_itself_and_a_mistake_in_it_is_said(tmp_path: Path) -> None:
    file = tmp_path / "feedback" / "pages.yaml"
    file.parent.mkdir()
    file.write_text('pages:\n  portal.home: {name: {nl: "Begin", en: "Start"}}\n', encoding="utf-8")
    assert page_names((LIBRARY, tmp_path))["portal.home"].name.nl == "Begin"

    wrong = tmp_path / "wrong" / "feedback" / "pages.yaml"
    wrong.parent.mkdir(parents=True)
    wrong.write_text('pages:\n  portal.home: {nam: {nl: "Begin"}}\n', encoding="utf-8")
    with pytest.raises(ContentInvalid) as refused:
        page_names((LIBRARY, tmp_path / "wrong"))
    assert "did you mean 'name'?" in str(refused.value)


def test_what_waits_is_counted_over_the_same_texts_as_are_listed() -> None:
    known = queries.topics().values()

    for reader in (TEAM, PAYING):
        assert set(queries._keys_of_team(reader.team)) == {one.key for one in read_by(reader, known)}


def test_a_page_of_a_service_is_its_own_text_and_another_page_is_not() -> None:
    assert queries.page_key("public.service", "meedoenregeling") == "public.service.meedoenregeling"
    assert queries.page_key("public.service", "bestaat_niet") == "public.service"
    assert queries.page_key("portal.home", "meedoenregeling") == "portal.home"
    assert queries.page_key("portal.check_one", "zorgtoeslag") == "portal.check_one"
    assert queries.page_key("desk.queue") == ""


def test_a_message_is_known_by_its_template_and_an_old_one_by_its_page() -> None:
    assert queries.message_key("meedoenregeling/proposal") == "bericht.meedoenregeling.proposal"
    assert queries.message_key("") == queries.message_key("meedoenregeling/weg") == "portal.message"
    assert queries.topic("portal.message").name.nl == "Een bericht"
