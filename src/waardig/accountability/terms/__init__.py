"""The words of accountability: the algorithm register in its two forms. Stdlib and kernel only."""

from waardig.accountability.terms.processing import ActivityVersionUnknown, ProcessedData, ProcessingEntry
from waardig.accountability.terms.register import (
    CATEGORY_WORDS,
    RULES,
    THEMES,
    AlgorithmEntry,
    Category,
    EntryFileUnreadable,
    EntryRefused,
    FieldProblem,
    FieldRule,
    Form,
    Kind,
    NotRegistered,
    RegisterContent,
    Status,
    TitledLink,
)

__all__ = [
    "CATEGORY_WORDS",
    "RULES",
    "THEMES",
    "ActivityVersionUnknown",
    "AlgorithmEntry",
    "Category",
    "EntryFileUnreadable",
    "EntryRefused",
    "FieldProblem",
    "FieldRule",
    "Form",
    "Kind",
    "NotRegistered",
    "ProcessedData",
    "ProcessingEntry",
    "RegisterContent",
    "Status",
    "TitledLink",
]
