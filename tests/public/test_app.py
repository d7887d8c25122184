"""The portal as an app: manifest, service worker and the pages that go with it hold nothing of a person."""

from __future__ import annotations

import json
import re

from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client


def test_the_manifest_names_the_municipality_and_icons_that_are_there() -> None:
    answer = Client().get("/app.webmanifest")

    assert answer.headers["Content-Type"] == "application/manifest+json"
    told = json.loads(answer.content)
    assert (told["name"], told["short_name"], told["start_url"], told["scope"]) == (
        "Mijn gemeente Rietwaarden", "Mijn gemeente", "/", "/",
    )  # fmt: skip
    assert (told["display"], told["lang"]) == ("standalone", "nl")
    assert [icon["sizes"] for icon in told["icons"]] == ["192x192", "512x512"]
    for icon in told["icons"]:
        assert finders.find(icon["src"].removeprefix(settings.STATIC_URL).removeprefix("/static/")) is not None


def test_the_manifest_speaks_the_language_of_the_visitor() -> None:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    assert json.loads(client.get("/app.webmanifest").content)["short_name"] == "My municipality"


def test_the_worker_keeps_the_frame_only_and_every_part_of_it_is_there() -> None:
    answer = Client().get("/werker.js")
    text = answer.content.decode()

    assert answer.headers["Content-Type"].startswith("text/javascript")
    frame = json.loads(re.search(r"FRAME = (\[.*?\]);", text)[1])  # type: ignore[index]
    assert frame[0] == "/zonder-verbinding/"
    for address in frame[1:]:
        assert finders.find(address.removeprefix("/static/")) is not None, address
    assert not any("berichten" in address or "gegevens" in address for address in frame)


def test_the_page_without_a_connection_is_the_same_for_everybody() -> None:
    text = Client().get("/zonder-verbinding/").content.decode()

    assert "U bent niet verbonden" in text
    assert "csrfmiddlewaretoken" not in text


def test_signing_out_removes_what_the_app_kept() -> None:
    answer = Client().post("/uitloggen/")

    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
