"""What cannot be stored goes from what was typed or asked, on every page; software that sends it is told."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from waardig.kernel.letters import TooDeep, is_odd, is_stored, stored, texts_in
from waardig.shell.typed_text import TypedText

ROOT = Path(__file__).resolve().parents[2]


def test_the_address_and_the_form_are_cleaned_and_what_is_right_stays_the_same_object() -> None:
    def view(request: object) -> HttpResponse:
        return HttpResponse()

    request = RequestFactory().post("/?a=1%00&a=2&b%00=%E2%82%AC", {"x": ["\x01é", "2"], "y": ""})
    cleaner = TypedText(lambda asked: HttpResponse(asked.GET.urlencode()))
    said = cleaner(request)
    cleaner.process_view(request, view, (), {})

    assert said.content == b"a=1&a=2&b=%E2%82%AC"
    assert dict(request.POST.lists()) == {"x": ["é", "2"], "y": [""]}
    plain = RequestFactory().post("/?a=1", {"x": "regel 1\nregel 2\t"})
    before = plain.GET, plain.POST
    cleaner(plain)
    cleaner.process_view(plain, view, (), {})
    assert before == (plain.GET, plain.POST) and plain.POST is before[1]
    with pytest.raises(AttributeError, match="immutable"):
        request.POST["x"] = "1"


def test_a_body_of_software_is_left_as_it_came() -> None:
    def view(request: object) -> HttpResponse:
        return HttpResponse()

    view.csrf_exempt = True  # type: ignore[attr-defined]
    request = RequestFactory().post("/", {"x": "\x00"})
    TypedText(lambda asked: HttpResponse()).process_view(request, view, (), {})

    assert request.POST["x"] == "\x00"


def test_an_address_with_what_cannot_be_stored_is_not_there_whatever_page_it_would_be(db: None) -> None:
    named = re.findall(r"^\| `(/[^`]*<[^`]*)`", (ROOT / "docs/reference/url-map.md").read_text(), re.MULTILINE)
    asked = [re.sub(r"<[^>]*>", letter, one) for one in named for letter in ("%00", "a%0B")]

    found = {one: Client().get(one, headers={"Host": "127.0.0.1"}).status_code for one in asked}

    assert len(found) > 100
    assert set(found.values()) <= {302, 404}
    assert found["/verwerkingen/%00/"] == 404


@pytest.mark.parametrize("letter", ["\x00", "\x08", "\x0b", "\x1f", "\ud800", "\udfff", "\ufffe", "\uffff"])
def test_what_neither_database_nor_xml_holds_goes(letter: str) -> None:
    assert (stored(f"a{letter}b"), is_stored(letter)) == ("ab", False)


@pytest.mark.parametrize("letter", ["\t", "\n", "\r", " ", "é", "\x7f", "\u202e", "\ufffd", "\U0001f600"])
def test_what_can_be_stored_stays(letter: str) -> None:
    assert (stored(f"a{letter}b"), is_stored(letter)) == (f"a{letter}b", True)


def test_an_odd_letter_is_none_of_a_name() -> None:
    assert [is_odd(letter) for letter in "\x7f\u202e\té€’"] == [True, True, True, False, False, False]


def test_every_text_is_found_names_too_and_depth_has_an_end() -> None:
    assert list(texts_in({"a": ["b", 1, None, {"c": "d"}]}, 3)) == ["a", "b", "c", "d"]
    with pytest.raises(TooDeep):
        list(texts_in([[["a"]]], 2))
