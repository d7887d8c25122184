"""One entry in each of the two forms of the algorithm register. What is not known is left out, never sent empty."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from waardig.accountability.terms import CATEGORY_WORDS, AlgorithmEntry, Form, TitledLink


def in_form(entry: AlgorithmEntry, form: Form) -> dict[str, Any]:
    """The entry as the form wants it."""
    values = _publication(entry) if form is Form.PUBLICATION else _delivery(entry)
    return {name: value for name, value in values.items() if value not in ("", None, [], ())}


def _publication(entry: AlgorithmEntry) -> dict[str, Any]:
    law = entry.legal[0] if entry.legal else TitledLink("")
    source = entry.data_sources[0] if entry.data_sources else TitledLink("")
    assessed = entry.assessments[0] if entry.assessments else TitledLink("")
    return {
        "name": entry.name,
        "description_short": entry.summary,
        "organization": entry.organisation,
        "theme": list(entry.themes),
        "status": str(entry.status),
        "start_date": entry.started,
        "end_date": entry.ended,
        "contact": entry.contact,
        "link": entry.page,
        "publication_category": CATEGORY_WORDS[Form.PUBLICATION][entry.category],
        "source_link": entry.source,
        "purpose_and_impact": entry.goal,
        "considerations": entry.considerations,
        "human_intervention": entry.human,
        "risk_management": entry.risks,
        "legal_basis": entry.legal_text,
        "legal_basis_link": law.href,
        "legal_basis_title": law.title,
        "processing_register_link": entry.processing,
        "impact_assessments": ", ".join(one.title for one in entry.assessments),
        "impact_assessment_link": assessed.href,
        "impact_assessment_explanation": entry.assessments_explained,
        "data": entry.data,
        "data_source_link": source.href,
        "data_source_title": ", ".join(one.title for one in entry.data_sources),
        "technical_operation": entry.operation,
        "supplier": entry.supplier,
        "source_code_link": entry.source_code,
        "language": "nld",
        "schema": "1.0.0",
        "source_id": entry.source_id,
        "search_terms": ", ".join(entry.search_terms),
    }


def _delivery(entry: AlgorithmEntry) -> dict[str, Any]:
    return {
        "name": entry.name,
        "description_short": entry.summary,
        "organization": entry.organisation,
        "category": list(entry.themes),
        "status": str(entry.status),
        "begin_date": entry.started,
        "end_date": entry.ended,
        "contact_email": entry.contact,
        "website": entry.page,
        "publication_category": CATEGORY_WORDS[Form.DELIVERY][entry.category],
        "url": entry.source,
        "goal": entry.goal,
        "proportionality": entry.considerations,
        "human_intervention": entry.human,
        "risks": entry.risks,
        "lawful_basis": entry.legal_text,
        "lawful_basis_grouping": _titled(entry.legal),
        "process_index_url": entry.processing,
        "impacttoetsen_grouping": _titled(entry.assessments),
        "impacttoetsen": entry.assessments_explained,
        "source_data": entry.data,
        "source_data_grouping": _titled([one for one in entry.data_sources if one.href]),
        "methods_and_models": entry.operation,
        "provider": entry.supplier,
        "publiccode": entry.source_code,
        "lang": "nld",
        "standard_version": "1.0",
        "source_id": entry.source_id,
        "tags": ", ".join(entry.search_terms),
    }


def _titled(links: Sequence[TitledLink]) -> list[dict[str, str]]:
    return [{"title": one.title, **({"link": one.href} if one.href else {})} for one in links]
