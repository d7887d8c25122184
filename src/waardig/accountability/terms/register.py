"""The algorithm register: our own model of its two forms, both called "1.0", and of an entry before it takes a form.

Sources: Algoritmeregister Publicatiestandaard v1.0.0 (names, lengths, enumerations and required fields of
`PUBLICATION`) and the delivery API v1.0 of the national register (those of `DELIVERY`). Their field names, lengths and
words differ; a value of one form is refused by the other.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from waardig.kernel.errors import Refusal


class Form(StrEnum):
    """Which of the two forms: what a municipality publishes itself, or what the national register accepts."""

    PUBLICATION = "publication"
    DELIVERY = "delivery"


class Kind(StrEnum):
    """What a field holds."""

    TEXT = "text"
    LINK = "link"
    MONTH = "month"
    CHOICE = "choice"
    TEXTS = "texts"
    LINKS = "links"
    CONTACT = "contact"


class Status(StrEnum):
    """Whether the algorithm is used; both forms use these words."""

    DEVELOPED = "In ontwikkeling"
    USED = "In gebruik"
    ENDED = "Buiten gebruik"


class Category(StrEnum):
    """Publication category; the two forms write it differently."""

    A = "A"
    B = "B"
    C = "C"


CATEGORY_WORDS: dict[Form, dict[Category, str]] = {
    Form.PUBLICATION: {
        Category.A: "Hoog-risico AI-systeem (Categorie A)",
        Category.B: "Impactvolle algoritmes (Categorie B)",
        Category.C: "Overige algoritmes (Categorie C)",
    },
    Form.DELIVERY: {
        Category.A: "Hoog-risico AI-systeem",
        Category.B: "Impactvolle algoritmes",
        Category.C: "Overige algoritmes",
    },
}
THEMES = (
    "Organisatie en bedrijfsvoering",
    "Cultuur en recreatie",
    "Economie",
    "Overheidsfinanciën",
    "Wonen",
    "Internationaal",
    "Migratie en integratie",
    "Natuur en milieu",
    "Onderwijs en wetenschap",
    "Openbare orde en veiligheid",
    "Recht",
    "Ruimte en infrastructuur",
    "Sociale zekerheid",
    "Verkeer",
    "Werk",
    "Zorg en gezondheid",
)


@dataclass(frozen=True)
class FieldRule:
    """What one field of a form may hold.

    Attributes:
        longest: most characters; of `texts` and `links` of each title.
        needed_when, absent_when: statuses in which the field must, or must not, be there (ours: a start month says
            nothing about an algorithm that never ran, an end month nothing about one that runs).
        link_optional: of `links`, whether an item may go without a link.
    """

    name: str
    kind: Kind = Kind.TEXT
    required: bool = False
    longest: int | None = None
    choices: tuple[str, ...] = ()
    needed_when: frozenset[Status] = frozenset()
    absent_when: frozenset[Status] = frozenset()
    link_optional: bool = False


_BEGUN = frozenset({Status.USED, Status.ENDED})
_NOT_ENDED = frozenset({Status.DEVELOPED, Status.USED})
_ENDED = frozenset({Status.ENDED})
_STATUSES = tuple(Status)


def _text(name: str, longest: int | None = None, *, required: bool = False) -> FieldRule:
    return FieldRule(name, Kind.TEXT, required, longest)


def _link(name: str, longest: int | None = None) -> FieldRule:
    return FieldRule(name, Kind.LINK, longest=longest)


PUBLICATION: tuple[FieldRule, ...] = (
    _text("name", 99, required=True),
    _text("description_short", 399, required=True),
    _text("organization", 99, required=True),
    FieldRule("theme", Kind.TEXTS, required=True),
    FieldRule("status", Kind.CHOICE, required=True, choices=_STATUSES),
    FieldRule("start_date", Kind.MONTH, required=True),
    FieldRule("end_date", Kind.MONTH, needed_when=_ENDED, absent_when=_NOT_ENDED),
    FieldRule("contact", Kind.CONTACT, required=True),
    _link("link"),
    FieldRule("publication_category", Kind.CHOICE, True, choices=tuple(CATEGORY_WORDS[Form.PUBLICATION].values())),
    _link("source_link"),
    _text("purpose_and_impact", 2499, required=True),
    _text("considerations", 2499, required=True),
    _text("human_intervention", 2499, required=True),
    _text("risk_management", 2499, required=True),
    _text("legal_basis", 2499),
    _link("legal_basis_link"),
    _text("legal_basis_title", 99),
    _link("processing_register_link"),
    _text("impact_assessments", required=True),
    _link("impact_assessment_link"),
    _text("impact_assessment_explanation", 2499),
    _text("data", 2499, required=True),
    _link("data_source_link"),
    _text("data_source_title", 499),
    _text("technical_operation", 4999, required=True),
    _text("supplier", 199, required=True),
    _link("source_code_link"),
    FieldRule("language", Kind.CHOICE, required=True, choices=("nld",)),
    FieldRule("schema", Kind.CHOICE, required=True, choices=("1.0.0",)),
    _text("source_id"),
    _text("search_terms"),
)
DELIVERY: tuple[FieldRule, ...] = (
    _text("name", 100, required=True),
    _text("description_short", 400, required=True),
    _text("organization", 100, required=True),
    FieldRule("category", Kind.TEXTS, choices=THEMES),
    FieldRule("status", Kind.CHOICE, required=True, choices=_STATUSES),
    FieldRule("begin_date", Kind.MONTH, longest=7, needed_when=_BEGUN),
    FieldRule("end_date", Kind.MONTH, longest=7, needed_when=_ENDED, absent_when=_NOT_ENDED),
    FieldRule("contact_email", Kind.CONTACT, required=True, longest=500),
    _link("website", 500),
    FieldRule("publication_category", Kind.CHOICE, True, choices=tuple(CATEGORY_WORDS[Form.DELIVERY].values())),
    _link("url", 500),
    _text("goal", 2500),
    _text("proportionality", 2500),
    _text("human_intervention", 2500),
    _text("risks", 2500),
    _text("lawful_basis", 2500),
    FieldRule("lawful_basis_grouping", Kind.LINKS, longest=100),
    _link("process_index_url", 500),
    FieldRule("impacttoetsen_grouping", Kind.LINKS, link_optional=True),
    _text("impacttoetsen", 2500),
    _text("source_data", 2500),
    FieldRule("source_data_grouping", Kind.LINKS, longest=500),
    _text("methods_and_models", 5000),
    _text("provider", 200),
    _link("publiccode", 500),
    FieldRule("lang", Kind.CHOICE, required=True, choices=("nld",)),
    FieldRule("standard_version", Kind.CHOICE, choices=("1.0",)),
    _text("source_id", 100),
    _text("tags", 2500),
    _text("lars"),
    _text("publication_dt"),
)
RULES: dict[Form, tuple[FieldRule, ...]] = {Form.PUBLICATION: PUBLICATION, Form.DELIVERY: DELIVERY}


@dataclass(frozen=True)
class TitledLink:
    """A title with an address ("" when there is none)."""

    title: str
    href: str = ""


@dataclass(frozen=True)
class AlgorithmEntry:
    """What is published about the algorithm of a service, before it takes one of the two forms. All text is Dutch.

    Attributes:
        started, ended: months as "2025-04"; None: not yet.
        source_id: the service and the version of its decision.
    """

    service: str
    name: str
    summary: str
    organisation: str
    themes: tuple[str, ...]
    status: Status
    started: str | None
    ended: str | None
    contact: str
    page: str
    category: Category
    source: str
    goal: str
    considerations: str
    human: str
    risks: str
    legal_text: str
    legal: tuple[TitledLink, ...]
    processing: str
    assessments: tuple[TitledLink, ...]
    assessments_explained: str
    data: str
    data_sources: tuple[TitledLink, ...]
    operation: str
    supplier: str
    source_code: str
    search_terms: tuple[str, ...]
    source_id: str


@dataclass(frozen=True)
class RegisterContent:
    """What nothing enforced can tell and a municipality therefore writes: `services/<service>/register.yaml`."""

    service: str
    name: str
    category: Category
    category_reason: str
    themes: tuple[str, ...]
    impact: str
    contact: str
    supplier: str
    source_code: str
    assessments_explained: str
    search_terms: tuple[str, ...]


@dataclass(frozen=True)
class FieldProblem:
    """What is wrong with one field, and what to do."""

    field: str
    text_nl: str
    reason: str

    @property
    def code(self) -> str:
        """The field, as programs name it."""
        return f"field {self.field}"

    @property
    def text_en(self) -> str:
        """The reason in English."""
        return self.reason


class EntryRefused(Refusal):
    """An entry of the algorithm register that its form does not allow; it is neither shown nor delivered."""

    def __init__(self, name: str, form: Form, reasons: tuple[FieldProblem, ...]) -> None:
        self.form, self.reasons = form, reasons
        listed = "; ".join(f"{one.code}: {one.reason}" for one in reasons)
        super().__init__(
            code="register_entry_refused",
            text_nl=f"De registratie van {name} klopt niet op {len(reasons)} plaatsen.",
            text_en=f"The {form} entry of {name} has {len(reasons)} wrong fields: {listed}.",
            remedy="Correct the field where it comes from: register.yaml, activities.yaml or decision.yaml.",
        )


class NotRegistered(Refusal):
    """A service about which there is nothing to register."""

    def __init__(self, service: str, why: str) -> None:
        super().__init__(
            code="not_registered",
            text_nl=f"Over {service} staat niets in het algoritmeregister.",
            text_en=f"There is no entry about {service} in the algorithm register: {why}.",
            remedy="Decide its weighing (waardig weighing decide) and give it a services/<service>/register.yaml.",
        )


class EntryFileUnreadable(Refusal):
    """A file with an entry that cannot be read as one."""

    def __init__(self, path: object, why: str) -> None:
        super().__init__(
            code="register_file_unreadable",
            text_nl=f"Het bestand {path} is geen registratie.",
            text_en=f"{path} is not an entry of the algorithm register: {why}.",
            remedy="Give a JSON file that holds one entry: an object with the fields of the form.",
        )
