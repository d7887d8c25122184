"""Builds the typed form of a law from parsed YAML.

Reads every shape that regelrecht files use in practice: bare and structured definitions, `source: {}`, SWITCH,
NOT_EQUALS and NOT_IN, operations inline on an action. An article that cannot be read keeps its problem; the rest of
the law works.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from waardig.law.core import ir
from waardig.law.core.findings import said
from waardig.law.core.read_bounds import bounds_of
from waardig.law.core.read_collection import FOREACH, OURS, PROMISED, read_foreach, read_members, words_of
from waardig.law.core.read_procedure import read_procedures
from waardig.law.core.read_standing import rests_on
from waardig.law.core.source import Block, date_under, schema_version
from waardig.law.terms import LawFileInvalid

VARIABLE = re.compile(r"\$([A-Za-z_][A-Za-z0-9_]*)((?:\.[A-Za-z0-9_]+)*)\Z")
ALIASES = {"SWITCH": "IF", "NOT_NULL": "NOT_NULL"}
OPERANDS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("ADD", "SUBTRACT", "MULTIPLY", "DIVIDE", "MIN", "MAX"), ("values",)),
    **dict.fromkeys(("AND", "OR"), ("conditions",)),
    **dict.fromkeys(
        (
            "EQUALS",
            "NOT_EQUALS",
            "GREATER_THAN",
            "LESS_THAN",
            "GREATER_THAN_OR_EQUAL",
            "LESS_THAN_OR_EQUAL",
        ),
        ("subject", "value"),
    ),
    **dict.fromkeys(("NOT", "ROUND", "CEIL", "FLOOR"), ("value",)),
    **dict.fromkeys(("IS_NULL", "NOT_NULL"), ("subject",)),
    **dict.fromkeys(("IN", "NOT_IN"), ("subject",)),
    "IF": (),
    "LIST": ("items",),
    "AGE": ("date_of_birth", "reference_date"),
    "DATE_ADD": ("date",),
    "DATE": ("year", "month", "day"),
    "DAY_OF_WEEK": ("date",),
    "DATE_DIFF": ("from", "to", "in"),
    "DATE_PART": ("date", "in"),
    "START_OF": ("date", "in"),
}
DATE_ADD_PARTS = ("years", "months", "weeks", "days")


def sha256(data: bytes) -> str:
    """The fingerprint of a file's bytes."""
    return hashlib.sha256(data).hexdigest()


def read_law(content: Any, file: str, digest: str, *, origin: int = 0) -> ir.Law:
    """The typed form of one law file.

    Raises:
        LawFileInvalid: it has no $id or no articles, so it is not a law file at all.
    """
    if not isinstance(content, Block) or not isinstance(content.get("articles"), list):
        raise LawFileInvalid(file, getattr(content, "line", 1), said("no_articles"))
    if not isinstance(content.get("$id"), str) or not content["$id"]:
        raise LawFileInvalid(file, content.line, said("no_id"))
    law_id = content["$id"]
    forms = words_of(content, file)
    articles = tuple(_article(item, law_id, file, n, forms) for n, item in enumerate(content["articles"]))
    return ir.Law(
        id=law_id,
        name=_name(content, articles, law_id),
        layer=str(content.get("regulatory_layer") or ""),
        valid_from=date_under(content, "valid_from", file),
        valid_to=date_under(content, "valid_to", file),
        url=str(content.get("url") or ""),
        bwb_id=content.get("bwb_id"),
        scope={name: str(content[name]) for name in ir.SCOPE_FIELDS if content.get(name)},
        articles=articles,
        file=file,
        sha256=digest,
        origin=origin,
        procedures=read_procedures(content, file),
        schema=schema_version(content) or ir.OURS,
        declares_absence=any('"nullable":' in article.canonical for article in articles),
        rests_on=rests_on(content),
    )


def _name(content: Block, articles: tuple[ir.Article, ...], law_id: str) -> str:
    """The name, or what the output that `#name` points to says literally."""
    name = str(content.get("name") or content.get("officiele_titel") or law_id)
    if not name.startswith("#"):
        return name
    for article in articles:
        for action in article.actions:
            if action.output == name[1:] and isinstance(action.expr, ir.Literal):
                return str(action.expr.value)
    return law_id


def _article(item: Any, law: str, file: str, position: int, forms: frozenset[str]) -> ir.Article:
    if not isinstance(item, Block):
        raise LawFileInvalid(file, getattr(item, "line", 1), said("article_no_mapping", number=position + 1))
    number = str(item.get("number", position + 1))
    text, url = str(item.get("text") or ""), str(item.get("url") or "")
    bare = ir.Article(number=number, text=text, url=url, line=item.line)
    rules = item.get("machine_readable")
    if not isinstance(rules, Block):
        return bare
    reader = Reader(law, number, url, file, forms)
    try:
        return reader.article(bare, rules)
    except LawFileInvalid as error:
        return ir.Article(
            number=number,
            text=text,
            url=url,
            line=item.line,
            outputs=_declared_outputs(rules),
            problem=(error.line, error.message),
        )


def _declared_outputs(rules: Block) -> dict[str, ir.Field]:
    """Outputs of an article that cannot be read, so that asking for them names the problem."""
    execution = rules.get("execution")
    outputs = execution.get("output") if isinstance(execution, dict) else None
    names = [str(row["name"]) for row in outputs or [] if isinstance(row, dict) and row.get("name")]
    return {name: ir.Field(name=name, type="", unit=None, line=rules.line) for name in names}


class Reader:
    """Reads the machine-readable part of one article; `forms` are what its schema lets it say (`words_of`)."""

    def __init__(self, law: str, article: str, url: str, file: str, forms: frozenset[str]) -> None:
        self.law, self.number, self.url, self.file, self.forms = law, article, url, file, forms

    def article(self, bare: ir.Article, rules: Block) -> ir.Article:
        """The article with its rule."""
        execution = self._block(rules.get("execution"), rules, "execution")
        produces = self._block(execution.get("produces"), execution, "produces")
        return ir.Article(
            number=bare.number,
            text=bare.text,
            url=bare.url,
            line=bare.line,
            definitions=self._definitions(rules),
            parameters={field.name: field for field in self._fields(execution, "parameters")},
            inputs={entry.field.name: entry for entry in self._inputs(execution)},
            outputs={field.name: field for field in self._fields(execution, "output")},
            actions=self._actions(execution),
            open_terms={term.field.name: term for term in self._open_terms(rules)},
            implements=tuple(
                ir.Implements(
                    self._text(row, "law"), self._text(row, "article"), self._text(row, "open_term"), row.line
                )
                for row in self._rows(rules, "implements")
            ),
            hooks=tuple(self._hook(row) for row in self._rows(rules, "hooks")),
            overrides=tuple(
                ir.Override(self._text(row, "law"), self._text(row, "article"), self._text(row, "output"), row.line)
                for row in self._rows(rules, "overrides")
            ),
            untranslatables=(*self._marked(rules, "untranslatables"), *self._marked(rules, "markings")),
            legal_character=produces.get("legal_character"),
            decision_type=produces.get("decision_type"),
            procedure_id=produces.get("procedure_id"),
            canonical=json.dumps(rules, sort_keys=True, default=str, ensure_ascii=False),
        )

    def _marked(self, rules: Block, key: str) -> Iterator[ir.Untranslatable]:
        """What the operations cannot say: `untranslatables`, or `markings` as later files call them (RFC-012)."""
        construct, reason = ("about", "resolved_by") if key == "markings" else ("construct", "reason")
        for row in self._rows(rules, key):
            text = str(row.get(reason) or "").strip()
            yield ir.Untranslatable(self._text(row, construct), text, row.get("accepted") is True, row.line)

    def _block(self, value: Any, parent: Block, key: str) -> Block:
        if value is None:
            empty = Block()
            empty.line, empty.lines = parent.line, {}
            return empty
        if not isinstance(value, Block):
            raise LawFileInvalid(self.file, parent.lines[key], said("no_mapping", key=key))
        return value

    def _rows(self, parent: Block, key: str) -> list[Block]:
        rows = parent.get(key) or []
        if not isinstance(rows, list) or not all(isinstance(row, Block) for row in rows):
            raise LawFileInvalid(self.file, parent.lines[key], said("no_list", key=key))
        return rows

    def _text(self, row: Block, key: str) -> str:
        if row.get(key) is None or isinstance(row[key], dict | list):
            raise LawFileInvalid(self.file, row.line, said("key_missing", key=key))
        return str(row[key])

    def _field(self, row: Block) -> ir.Field:
        spec = row.get("type_spec")
        unit = spec.get("unit") if isinstance(spec, dict) else None
        unit = unit if isinstance(unit, str) else None
        members, most = read_members(self, row) if OURS in self.forms else ((), 0)
        return ir.Field(
            members=members,
            most=most,
            name=self._text(row, "name") if "name" in row else self._text(row, "id"),
            type=str(row.get("type") or ""),
            unit=unit,
            line=row.line,
            description=str(row.get("description") or "").strip(),
            required=row.get("required", PROMISED in self.forms) is True,
            legal_basis=_basis(row),
            nullable=row.get("nullable") is True,
            bounds=bounds_of(row),
        )

    def _fields(self, execution: Block, key: str) -> list[ir.Field]:
        return [self._field(row) for row in self._rows(execution, key)]

    def _inputs(self, execution: Block) -> list[ir.Input]:
        return [ir.Input(self._field(row), self.source(row)) for row in self._rows(execution, "input")]

    def source(self, row: Block) -> ir.Source:
        """Where an input, or a field of a member, comes from."""
        source = row.get("source")
        if not isinstance(source, Block):
            return ir.Source(None, None, None, description=str(source or ""))
        given = source.get("parameters")
        parameters = None
        if isinstance(given, Block):
            parameters = {name: self.expression(given[name], given.lines[name]) for name in given}
        regulation = str(source["regulation"]) if source.get("regulation") else None
        output = str(source["output"]) if source.get("output") else None
        if regulation and not output:
            output = self._text(row, "name")
        return ir.Source(regulation, output, parameters, str(source.get("description") or ""))

    def _definitions(self, rules: Block) -> dict[str, ir.Definition]:
        block = self._block(rules.get("definitions"), rules, "definitions")
        return {name: self._definition(name, block[name], block.lines[name]) for name in block}

    def _definition(self, name: str, value: Any, line: int) -> ir.Definition:
        if isinstance(value, Block) and "value" in value:
            spec = value["type_spec"] if isinstance(value.get("type_spec"), dict) else {}
            said = bounds_of(value)
            limits = (said.low, said.high)
            return ir.Definition(name, self._raw(value["value"]), value.get("type"), spec.get("unit"), line, *limits)
        return ir.Definition(name, self._raw(value), None, None, line)

    def _raw(self, value: Any) -> ir.Raw:
        if isinstance(value, Decimal):
            return _number(value)
        if isinstance(value, dict):
            return {str(key): self._raw(item) for key, item in value.items()}
        if isinstance(value, list):
            return tuple(self._raw(item) for item in value)
        assert value is None or isinstance(value, bool | int | str)
        return value

    def _actions(self, execution: Block) -> tuple[ir.Action, ...]:
        return tuple(self._action(row) for row in self._rows(execution, "actions"))

    def _action(self, row: Block) -> ir.Action:
        output = self._text(row, "output")
        if "operation" in row:
            return ir.Action(output, self._operation(row, row.line), row.line)
        if "value" in row:
            basis = _basis(row)
            expr = self.expression(row["value"], row.lines["value"], basis)
            return ir.Action(output, expr, row.line)
        raise LawFileInvalid(self.file, row.line, said("action_empty", output=output))

    def _open_terms(self, rules: Block) -> list[ir.OpenTerm]:
        return [self._open_term(row) for row in self._rows(rules, "open_terms")]

    def _open_term(self, row: Block) -> ir.OpenTerm:
        default = self._block(row.get("default"), row, "default")
        field = self._field(row)
        return ir.OpenTerm(
            field=field,
            required=row.get("required", True) is not False,
            delegation_type=row.get("delegation_type"),
            delegated_to=str(row.get("delegated_to") or ""),
            default=self._actions(default),
        )

    def _hook(self, row: Block) -> ir.Hook:
        applies = self._block(row.get("applies_to"), row, "applies_to")
        return ir.Hook(
            point=str(row.get("hook_point") or "post_actions"),
            legal_character=str(applies.get("legal_character") or ""),
            decision_type=applies.get("decision_type"),
            stage=str(applies.get("stage") or "BESLUIT"),
            line=row.line,
        )

    def place(self, line: int, basis: Mapping[str, str] | None = None) -> ir.Place:
        """Where a node of this article stands."""
        return ir.Place(self.law, self.number, self.url, line, basis or {})

    def expression(self, value: Any, line: int, basis: Mapping[str, str] | None = None) -> ir.Expr:
        """A literal, variable or operation."""
        if isinstance(value, Block):
            if "operation" not in value:
                raise LawFileInvalid(self.file, line, said("mapping_no_operation"))
            return self._operation(value, value.lines["operation"], basis)
        if isinstance(value, list):
            items = tuple(("items", self.expression(item, line)) for item in value)
            return ir.Operation("LIST", items, self.place(line, basis))
        if isinstance(value, str) and value.startswith("$"):
            match = VARIABLE.match(value)
            if not match:
                raise LawFileInvalid(self.file, line, said("no_variable", text=value))
            path = tuple(part for part in match[2].split(".") if part)
            return ir.Variable(match[1], path, self.place(line, basis))
        return ir.Literal(self._raw(value), self.place(line, basis))

    def _operation(self, block: Block, line: int, basis: Mapping[str, str] | None = None) -> ir.Operation:
        word = str(block["operation"])
        op = ALIASES.get(word, word)
        if op == FOREACH:
            return read_foreach(self, block, line, self.place(line, _basis(block) or basis))
        if op not in OPERANDS:
            known = ", ".join(sorted(OPERANDS))
            raise LawFileInvalid(self.file, line, said("unknown_operation", word=word, known=known))
        at = self.place(line, _basis(block) or basis)
        args = self._cases(block, line) if op == "IF" else self._operands(op, block, line)
        return ir.Operation(op, tuple(args), at, self._precision(op, block, line))

    def _operands(self, op: str, block: Block, line: int) -> list[tuple[str, ir.Expr]]:
        args: list[tuple[str, ir.Expr]] = []
        for role in OPERANDS[op]:
            if role not in block:
                raise LawFileInvalid(self.file, line, said("operand_missing", op=op, role=role))
            args += self._role(op, role, block)
        if op in ("IN", "NOT_IN"):
            role = "values" if "values" in block else "value"
            if role not in block:
                raise LawFileInvalid(self.file, line, said("values_missing", op=op))
            args += self._role(op, role, block)
        if op == "DATE_ADD":
            for role in DATE_ADD_PARTS:
                if role in block:
                    args += self._role(op, role, block)
        if op in ("MIN", "MAX", "ADD", "SUBTRACT", "MULTIPLY", "DIVIDE") and not args:
            raise LawFileInvalid(self.file, line, said("operand_empty", op=op))
        return args

    def _role(self, op: str, role: str, block: Block) -> list[tuple[str, ir.Expr]]:
        value, line = block[role], block.lines[role]
        if role in ("values", "conditions", "items"):
            if not isinstance(value, list):
                raise LawFileInvalid(self.file, line, said("operand_no_list", op=op, role=role))
            lines: Sequence[int] = getattr(value, "lines", [line] * len(value))
            pairs = zip(value, lines, strict=True)
            return [(role, self.expression(item, at)) for item, at in pairs]
        return [(role, self.expression(value, line))]

    def _cases(self, block: Block, line: int) -> list[tuple[str, ir.Expr]]:
        args: list[tuple[str, ir.Expr]] = []
        cases = self._rows(block, "cases") if "cases" in block else [block]
        for case in cases:
            for role in ("when", "then"):
                if role not in case:
                    raise LawFileInvalid(self.file, line, said("case_incomplete", role=role))
                args.append((role, self.expression(case[role], case.lines[role])))
        for role in ("default", "else"):
            if role in block:
                args.append(("default", self.expression(block[role], block.lines[role])))
                break
        return args

    def _precision(self, op: str, block: Block, line: int) -> int:
        if op not in ("ROUND", "CEIL", "FLOOR"):
            return 0
        value = block.get("precision")
        if isinstance(value, bool) or not isinstance(value, int) or not -28 <= value <= 28:
            raise LawFileInvalid(self.file, line, said("precision_wrong", op=op, value=repr(value)))
        return value


def _number(value: Decimal) -> int | Fraction:
    exact = Fraction(value)
    return exact.numerator if exact.denominator == 1 else exact


def _basis(row: Block) -> dict[str, str]:
    basis = row.get("legal_basis")
    return {key: str(value) for key, value in basis.items()} if isinstance(basis, dict) else {}
