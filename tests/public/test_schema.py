"""The JSON Schema for editors: the very file of the package, cacheable, with its notice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.test import Client

import waardig.law

SCHEMA = Path(waardig.law.__file__).parent / "schema" / "regelrecht-v0.5.6.json"
PAGE = "/verantwoording/wetten/schema/regelrecht-v0.5.6.json"
pytestmark = pytest.mark.usefixtures("db")


def test_the_schema_is_served_byte_for_byte_to_everybody() -> None:
    answer = Client().get(PAGE)

    assert answer.status_code == 200
    assert answer.content == SCHEMA.read_bytes()
    assert json.loads(answer.content)["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert answer.headers["Content-Type"] == "application/schema+json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "public, max-age=86400"
    assert "Set-Cookie" not in answer.headers
    assert not answer.cookies


def test_who_has_it_already_gets_nothing_twice() -> None:
    etag = Client().get(PAGE).headers["ETag"]

    answer = Client().get(PAGE, headers={"If-None-Match": etag})

    assert (answer.status_code, answer.content) == (304, b"")
    assert (answer.headers["ETag"], answer.headers["Cache-Control"]) == (etag, "public, max-age=86400")
    assert Client().get(PAGE, headers={"If-None-Match": '"older"'}).status_code == 200


def test_the_notice_goes_with_it() -> None:
    link = Client().get(PAGE).headers["Link"]
    assert link == '</verantwoording/wetten/schema/NOTICE>; rel="license"'

    answer = Client().get("/verantwoording/wetten/schema/NOTICE")

    assert answer.content == SCHEMA.with_name("NOTICE").read_bytes()
    assert "EUPL-1.2" in answer.content.decode()


@pytest.mark.parametrize("name", ["regelrecht-v0.5.5.json", "..", "schema.json"])
def test_another_name_is_not_there(name: str) -> None:
    assert Client().get(f"/verantwoording/wetten/schema/{name}").status_code == 404


def test_it_is_read_only() -> None:
    assert Client().post(PAGE).status_code == 405
