"""The text that hashes are taken over is the one that Python's own library wrote before."""

from __future__ import annotations

import doctest
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from waardig.kernel import canonical_json as module
from waardig.kernel import memory
from waardig.kernel.canonical_json import canonical_json

_TEXTS = st.text(st.characters(exclude_categories=("Cs",)))
_CONTENT = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | _TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(_TEXTS, inner),
)


@given(_CONTENT)
def test_it_is_json_with_sorted_keys_and_every_letter_as_itself(content: object) -> None:
    assert canonical_json(content) == json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@pytest.mark.parametrize("content", [{1: "a"}, "\ud800", object()])
def test_what_has_no_one_text_is_refused(content: object) -> None:
    with pytest.raises(TypeError):
        canonical_json(content)


@pytest.mark.parametrize("one", [module, memory])
def test_every_example_in_the_documentation_holds(one) -> None:
    outcome = doctest.testmod(one)

    assert (outcome.failed, outcome.attempted > 0) == (0, True)
