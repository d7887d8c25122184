"""The examples in the docstrings of the register cores and adapters are true."""

from __future__ import annotations

import doctest
from importlib import import_module

import pytest

MODULES = (
    "waardig.registers.core.incomplete_date",
    "waardig.registers.core.showing",
    "waardig.registers.core.import_terms",
    "waardig.registers.adapters.brp_file",
    "waardig.registers.adapters.benefits_file.facts",
    "waardig.demo.numbers",
    "waardig.demo.figures",
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_are_true(name: str) -> None:
    result = doctest.testmod(import_module(name))
    assert result.attempted > 0
    assert result.failed == 0
