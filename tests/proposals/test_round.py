"""A round, end to end, on persons made by builders."""

from __future__ import annotations


def test_law_book_loads(db) -> None:
    from waardig.cases import queries as cases
    from datetime import date
    r = cases.rule_set_of("individuele_inkomenstoeslag", date(2025, 4, 28))
    print(r)
    print(cases.attributes_of("individuele_inkomenstoeslag", date(2025,4,28)))
    print(cases.parameters(date(2025,4,28), "individuele_inkomenstoeslag"))
    print(cases.bound_inputs(date(2025,4,28), "individuele_inkomenstoeslag"))
    from waardig.access.queries import attributes_of
    print(attributes_of("iit.ronde"))
    assert 0
