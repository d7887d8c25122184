"""What a source register holds, read from its declaration; whether a value fits it is told by `quality`.

Declarations are content (library/registers/*.yaml); this module is pure: parsed YAML in, terms out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from waardig.kernel.bilingual import Bilingual
from waardig.kernel.errors import Refusal
from waardig.registers.core.freshness import Freshness, freshness_of
from waardig.registers.core.groups import GROUP_TITLES as GROUP_TITLES
from waardig.registers.core.groups import Group as Group
from waardig.registers.core.retention import Relation, Retention, relation_of, retention_of

LARGEST = 10**15
"""No number in a register is larger: what is computed with it fits in 64 bits, and is written without loss anywhere."""
LONGEST = 1000
"""No text in a register is longer, unless its declaration says so; a document is no text in this sense."""


class Kind(StrEnum):
    """The form of a value in a register."""

    TEXT = "text"
    CODE = "code"
    BOOLEAN = "boolean"
    DATE = "date"
    EUROCENT = "eurocent"
    NUMBER = "number"
    RECORD = "record"
    LIST = "list"
    DOCUMENT = "document"
    PERSON = "person"


@dataclass(frozen=True)
class Quality:
    """What a value must be beside its form (kwaliteitsregels).

    Attributes:
        least, most: bounds of a number or of an amount in eurocent.
        not_before: the first day that a date can be.
        not_after_today: whether a date in the future is wrong.
        longest: how many characters a text has at most.
    """

    least: int = -LARGEST
    most: int = LARGEST
    not_before: date = date.min
    not_after_today: bool = False
    longest: int = LONGEST


@dataclass(frozen=True)
class Holder:
    """Who keeps an attribute and corrects it (bronhouder)."""

    id: str
    name: Bilingual
    correction: Bilingual | None = None


@dataclass(frozen=True)
class Field:
    """One field of a record, or of each item of a list."""

    name: str
    kind: Kind
    required: bool = False
    codes: Mapping[str, Bilingual] = field(default_factory=dict)
    may_be_incomplete: bool = False
    pattern: str | None = None
    quality: Quality = Quality()


@dataclass(frozen=True)
class Attribute:
    """One attribute (gegeven) of a register.

    Attributes:
        id: "<register>.<name>", Dutch as in the register.
        quality: what a value must be beside its form.
        unit: for money always eurocent, with the period it is for.
        spells: whether values hold for a period, so that several follow each other.
        bulk: False when a proactive round may never read it, whatever an activity says.
        at_source: what to ask the register itself for, in the words of its protocol; None when it is not asked there.
        shown_as: template over the fields of a record or list item.
    """

    id: str
    register: str
    kind: Kind
    label: Bilingual
    sensitivity: str
    holder: Holder
    retention: Retention
    unit: str = ""
    codes: Mapping[str, Bilingual] = field(default_factory=dict)
    fields: Mapping[str, Field] = field(default_factory=dict)
    pattern: str | None = None
    quality: Quality = Quality()
    may_be_absent: bool = False
    may_be_incomplete: bool = False
    spells: bool = False
    bulk: bool = True
    at_source: tuple[str, ...] | None = None
    group: Group | None = None
    order: int = 99
    shown_as: Bilingual | None = None
    absent_text: Bilingual | None = None
    explanation: Bilingual | None = None

    @property
    def may_be_negative(self) -> bool:
        """Whether a number below zero can be right."""
        return self.quality.least < 0


@dataclass(frozen=True)
class Register:
    """A source register (bron) with its attributes by full id.

    Attributes:
        protocol: how the register itself can be asked, "" when it only comes in by file.
        relation: what shows that the municipality has to do with somebody; None when no term counts from that.
        freshness: how old its facts may be when something is decided with them; None: it is never asked by itself.
    """

    id: str
    name: Bilingual
    short_name: Bilingual
    holder: Holder
    key: str
    source: str
    attributes: Mapping[str, Attribute]
    protocol: str = ""
    relation: Relation | None = None
    freshness: Freshness | None = None


class UnknownAttribute(Refusal):
    """No register declares this attribute."""

    def __init__(self, attribute: str) -> None:
        super().__init__(
            code="unknown_attribute",
            text_nl=f"Het gegeven {attribute} staat in geen enkel register.",
            text_en=f"No register declares the attribute {attribute}.",
            remedy="Correct the name, or declare it in registers/<register>.yaml of a content folder.",
        )
        self.attribute = attribute


@dataclass(frozen=True)
class Declarations:
    """All registers of an installation."""

    registers: Mapping[str, Register]

    def attribute(self, attribute_id: str) -> Attribute:
        """The declaration of an attribute.

        Raises:
            UnknownAttribute: no register declares it.
        """
        register = self.registers.get(attribute_id.partition(".")[0])
        found = register.attributes.get(attribute_id) if register else None
        if found is None:
            raise UnknownAttribute(attribute_id)
        return found

    def register_of(self, attribute_id: str) -> Register:
        """The register that holds an attribute; raises UnknownAttribute."""
        return self.registers[self.attribute(attribute_id).register]

    def holder_of(self, attribute_id: str) -> Holder:
        """Who corrects an attribute; raises UnknownAttribute."""
        return self.attribute(attribute_id).holder

    def all_attributes(self) -> tuple[Attribute, ...]:
        """Every attribute, in the order of "Mijn gegevens"; those without a group come last."""
        groups = list(Group)
        return tuple(
            sorted(
                (a for register in self.registers.values() for a in register.attributes.values()),
                key=lambda a: (groups.index(a.group) if a.group else len(groups), a.order, a.id),
            )
        )

    def at_source(self, attributes: Iterable[str]) -> Mapping[str, frozenset[str]]:
        """By register, those of the attributes that the register itself can be asked for."""
        found: dict[str, set[str]] = {}
        for attribute in map(self.attribute, attributes):
            if attribute.at_source is not None and self.registers[attribute.register].protocol:
                found.setdefault(attribute.register, set()).add(attribute.id)
        return {register: frozenset(ids) for register, ids in sorted(found.items())}

    def never_in_bulk(self) -> frozenset[str]:
        """The attributes that a round may never read."""
        return frozenset(a.id for a in self.all_attributes() if not a.bulk)


def register_from(data: Mapping[str, object]) -> Register:
    """A register from its parsed YAML, which has passed the JSON schema."""
    register_id = str(data["register"])
    holder = _holder(_mapping(data["holder"]))
    attributes = {
        f"{register_id}.{name}": _attribute(register_id, str(name), _mapping(raw), holder)
        for name, raw in _mapping(data["attributes"]).items()
    }
    name = _words(data["name"])
    return Register(
        id=register_id,
        name=name,
        short_name=_words(data["short_name"]) if "short_name" in data else name,
        holder=holder,
        key=str(data["key"]),
        source=str(data["source"]),
        attributes=attributes,
        protocol=str(data.get("protocol", "")),
        relation=relation_of(data.get("relation")),
        freshness=freshness_of(data.get("freshness")),
    )


def declarations_of(registers: Iterable[Register]) -> Declarations:
    """Registers by id; a later one with the same id replaces the attributes it names and adds the rest."""
    merged: dict[str, Register] = {}
    for register in registers:
        earlier = merged.get(register.id)
        attributes = {**(earlier.attributes if earlier else {}), **register.attributes}
        protocol = register.protocol or (earlier.protocol if earlier else "")
        relation = register.relation or (earlier.relation if earlier else None)
        freshness = register.freshness or (earlier.freshness if earlier else None)
        both = replace(register, attributes=attributes, protocol=protocol)
        merged[register.id] = replace(both, relation=relation, freshness=freshness)
    return Declarations(merged)


def _attribute(register: str, name: str, raw: Mapping[str, object], holder: Holder) -> Attribute:
    return Attribute(
        id=f"{register}.{name}",
        register=register,
        kind=Kind(str(raw["type"])),
        label=_words(raw["label"]),
        sensitivity=str(raw["sensitivity"]),
        holder=_holder(_mapping(raw["holder"])) if "holder" in raw else holder,
        retention=retention_of(_mapping(raw["retention"])),
        unit=str(raw.get("unit", "")),
        codes=_codes(raw),
        fields={str(key): _field(str(key), _mapping(value)) for key, value in _mapping(raw.get("fields", {})).items()},
        pattern=_optional_text(raw, "pattern"),
        quality=_quality(raw),
        may_be_absent=bool(raw.get("may_be_absent", False)),
        may_be_incomplete=bool(raw.get("may_be_incomplete", False)),
        spells=bool(raw.get("spells", False)),
        bulk=raw.get("bulk", "allowed") != "never",
        at_source=tuple(map(str, _items(raw["at_source"]))) if "at_source" in raw else None,
        group=Group(str(raw["group"])) if "group" in raw else None,
        order=int(str(raw.get("order", 99))),
        shown_as=_optional_words(raw, "shown_as"),
        absent_text=_optional_words(raw, "absent_text"),
        explanation=_optional_words(raw, "explanation"),
    )


def _field(name: str, raw: Mapping[str, object]) -> Field:
    return Field(
        name=name,
        kind=Kind(str(raw["type"])),
        required=bool(raw.get("required", False)),
        codes=_codes(raw),
        may_be_incomplete=bool(raw.get("may_be_incomplete", False)),
        pattern=_optional_text(raw, "pattern"),
        quality=_quality(raw),
    )


def _quality(raw: Mapping[str, object]) -> Quality:
    rules = dict(_mapping(raw.get("quality", {})))
    not_before = date.fromisoformat(str(rules.pop("not_before", date.min)))
    not_after_today = rules.pop("not_after", None) == "today"
    numbers = {name: int(str(number)) for name, number in rules.items()}
    if str(raw["type"]) == Kind.EUROCENT and not raw.get("may_be_negative"):
        numbers = {"least": 0, **numbers}
    return Quality(**numbers, not_before=not_before, not_after_today=not_after_today)


def _codes(raw: Mapping[str, object]) -> dict[str, Bilingual]:
    return {str(code): _words(words) for code, words in _mapping(raw.get("codes", {})).items()}


def _holder(raw: Mapping[str, object]) -> Holder:
    return Holder(str(raw["id"]), _words(raw["name"]), _optional_words(raw, "correction"))


def _words(raw: object) -> Bilingual:
    words = _mapping(raw)
    return Bilingual(nl=str(words["nl"]), en=str(words["en"]))


def _optional_words(raw: Mapping[str, object], key: str) -> Bilingual | None:
    return _words(raw[key]) if key in raw else None


def _optional_text(raw: Mapping[str, object], key: str) -> str | None:
    return str(raw[key]) if key in raw else None


def _items(raw: object) -> Sequence[object]:
    if not isinstance(raw, Sequence) or isinstance(raw, str):
        raise TypeError(f"a list was expected, not {type(raw).__name__}")
    return raw


def _mapping(raw: object) -> Mapping[str, object]:
    if not isinstance(raw, Mapping):
        raise TypeError(f"a mapping was expected, not {type(raw).__name__}")
    return raw
