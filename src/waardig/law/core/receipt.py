"""The receipt of one evaluation: all that is needed to do it again, and what differs when it is done again. Pure.

The shape is that of regelrecht's RFC-013 (provenance, engine_config, scope, execution, results), as canonical JSON.
Numbers that are not whole are exact text (`{"number": "1/3"}`), so that nothing is lost on the way. A receipt holds
personal data: the facts and outcomes. A difference names them and never says a value.
Sources: Awb 3:46 (reasons of a decision); RFC-013.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from waardig.kernel.canonical_json import canonical_json
from waardig.kernel.errors import Refusal
from waardig.law.core import values as v
from waardig.law.core.graph import Program
from waardig.law.core.ruleset import article_marks, fingerprint
from waardig.law.terms import Evaluation, Fact, Outcome, Step

FORMAT = "waardig-receipt/1"
ENGINE = "waardig"
SCHEMA_VERSION = "v0.5.6"
EXACT_IN_JSON = 2**53
ALTERED, LAW, ARTICLE, ENGINE_CHANGED, INPUT, OUTCOME, TRACE = (
    "altered",
    "law_file",
    "article",
    "engine",
    "input",
    "outcome",
    "trace",
)
DECISIVE = frozenset({ALTERED, ARTICLE, INPUT, OUTCOME, TRACE})


class ReceiptInvalid(Refusal):
    """A receipt that cannot be read, or an evaluation that cannot have one."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(
            code="receipt_invalid",
            text_nl=f"Dit bewijs van de berekening kan niet worden gebruikt: {message}",
            text_en=f"This receipt cannot be used: {message}",
            remedy=remedy,
        )


@dataclass(frozen=True)
class Difference:
    """One thing that is not as the receipt says.

    Attributes:
        kind: altered | law_file | article | engine | input | outcome | trace.
        name: of the part, law, article, input or output.
        text: what differs, without values.
    """

    kind: str
    name: str
    text: str

    @property
    def decisive(self) -> bool:
        """False when everything that decides is still the same: another engine version, a comma in another article."""
        return self.kind in DECISIVE


@dataclass(frozen=True)
class Asked:
    """The question of an evaluation: what a receipt needs to ask it again."""

    law: str
    outputs: tuple[str, ...]
    on: datetime.date
    parameters: Mapping[str, Any]
    facts: Mapping[str, Fact]
    mode: str


def encoded(value: Any) -> Any:
    """A value for canonical JSON; nothing rounds.

    >>> encoded(Fraction(1, 3)), encoded(Fraction(3, 2)), encoded({"a": (1, None)})
    ({'number': '1/3'}, {'number': '1.5'}, {'object': {'a': [1, None]}})
    """
    raw = v.from_outside(value)
    if isinstance(raw, tuple):
        return [encoded(item) for item in raw]
    if isinstance(raw, Mapping):
        return {"object": {key: encoded(item) for key, item in raw.items()}}
    if isinstance(raw, Fraction) or (isinstance(raw, int) and abs(raw) >= EXACT_IN_JSON):
        return {"number": _number_text(Fraction(raw))}
    return raw


def decoded(value: Any) -> Any:
    """The value that `encoded` wrote."""
    if isinstance(value, list):
        return tuple(decoded(item) for item in value)
    if isinstance(value, Mapping):
        if "number" in value:
            return Fraction(value["number"])
        return {key: decoded(item) for key, item in value["object"].items()}
    return value


def _number_text(number: Fraction) -> str:
    left = number.denominator
    for prime in (2, 5):
        while left % prime == 0:
            left //= prime
    if left != 1:
        return str(number)
    places = next(n for n in range(number.denominator.bit_length() + 1) if 10**n % number.denominator == 0)
    whole = abs(number.numerator) * 10**places // number.denominator
    digits = str(whole).rjust(places + 1, "0")
    sign = "-" if number < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def receipt(
    program: Program, asked: Asked, found: Evaluation, *, version: str, at: datetime.datetime
) -> dict[str, Any]:
    """The receipt of an evaluation that was made with its steps.

    Args:
        version: of this engine.
        at: when it was made.
    """
    content: dict[str, Any] = {
        "receipt": FORMAT,
        "provenance": _provenance(program, asked, version),
        "engine_config": {"untranslatable_mode": asked.mode, "executor": "interpreter"},
        "scope": _scope(program),
        "execution": {
            "calculation_date": asked.on.isoformat(),
            "requested_outputs": list(asked.outputs),
            "parameters": {name: encoded(value) for name, value in asked.parameters.items()},
            "inputs": {name: _fact(fact) for name, fact in found.inputs_used.items()},
        },
        "results": {
            "outputs": {name: _outcome(out, found.provenance[name]) for name, out in found.outputs.items()},
            "trace": _trace(found.steps),
        },
        "accepted_values": [],
        "timestamp": at.isoformat(),
    }
    content["hashes"] = dict(_hashes(content))
    content["hash"] = _sha(content)
    return content


def question(content: Mapping[str, Any]) -> Asked:
    """The question that a receipt answers."""
    execution = content["execution"]
    return Asked(
        law=content["provenance"]["regulation_id"],
        outputs=tuple(execution["requested_outputs"]),
        on=datetime.date.fromisoformat(execution["calculation_date"]),
        parameters={name: decoded(value) for name, value in execution["parameters"].items()},
        facts={name: _fact_of(row) for name, row in execution["inputs"].items()},
        mode=content["engine_config"]["untranslatable_mode"],
    )


def differences(content: Mapping[str, Any], again: Mapping[str, Any]) -> tuple[Difference, ...]:
    """What a receipt says otherwise than the same question asked again."""
    return (*_altered(content), *_engine(content, again), *_laws(content, again), *_outcomes(content, again))


def changed_inputs(content: Mapping[str, Any], now: Mapping[str, Fact | None]) -> tuple[Difference, ...]:
    """The facts of a receipt that a source gives otherwise now, or does not give."""
    found = []
    for name, row in content["execution"]["inputs"].items():
        fact = now.get(name)
        if fact is None:
            found.append(Difference(INPUT, name, f"input '{name}' is not in the data"))
        elif (_fact(fact)["value"], fact.reason) != (row["value"], row["reason"]):
            found.append(Difference(INPUT, name, f"input '{name}' is another in the data than it was"))
    return tuple(found)


def _provenance(program: Program, asked: Asked, version: str) -> dict[str, Any]:
    law = next(iter(program.outputs.values())).law
    try:
        rule_set = fingerprint(program).hash
    except Refusal:
        rule_set = ""
    return {
        "engine": ENGINE,
        "engine_version": version,
        "schema_version": SCHEMA_VERSION,
        "regulation_id": asked.law,
        "regulation_valid_from": law.valid_from,
        "regulation_hash": f"sha256:{law.sha256}",
        "rule_set": rule_set,
    }


def _scope(program: Program) -> dict[str, Any]:
    laws = {id(node.law): node.law for node in program.nodes}.values()
    rows: list[dict[str, Any]] = [
        {"id": law.id, "valid_from": law.valid_from, "hash": f"sha256:{law.sha256}", "scope": dict(law.scope)}
        for law in laws
    ]
    return {
        "loaded_regulations": sorted(rows, key=lambda row: (row["id"], row["valid_from"] or "", sorted(row["scope"]))),
        "articles": {name: f"sha256:{mark}" for name, mark in article_marks(program).items()},
        "scopes": [{"type": name, "value": code} for name, code in sorted(program.scope.items())],
    }


def _fact(fact: Fact) -> dict[str, Any]:
    return {
        "value": encoded(fact.value),
        "reason": fact.reason,
        "source": fact.source,
        "as_of": fact.as_of.isoformat() if fact.as_of else None,
        "since": fact.since.isoformat() if fact.since else None,
        "presumed": fact.presumed,
    }


def _fact_of(row: Mapping[str, Any]) -> Fact:
    day = {name: datetime.date.fromisoformat(row[name]) if row[name] else None for name in ("as_of", "since")}
    return Fact(decoded(row["value"]), row["reason"], row["source"], presumed=row["presumed"], **day)


def _outcome(out: Outcome, provenance: str) -> dict[str, Any]:
    return {
        "value": encoded(out.value),
        "reason": out.reason,
        "unit": out.unit,
        "code": out.code,
        "provenance": provenance,
    }


def _trace(steps: tuple[Step, ...]) -> dict[str, Any]:
    """How long the explanation is, and one hash of its values, articles and branches: not of its sentences."""
    rows = [row for step in steps for row in _rows(step, 0)]
    return {"steps": len(rows), "hash": _sha(rows)}


def _rows(step: Step, depth: int) -> Iterator[list[Any]]:
    about = [step.law, step.version, step.article, step.kind, step.name, step.operation, step.role]
    yield [depth, *about, encoded(step.value), step.reason, step.unit, step.taken, step.not_needed]
    for child in step.children:
        yield from _rows(child, depth + 1)


def _sha(content: Any) -> str:
    return f"sha256:{hashlib.sha256(canonical_json(content).encode()).hexdigest()}"


def _hashes(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """A hash for each part, so that what was altered can be named."""
    for name in ("receipt", "provenance", "engine_config", "scope", "accepted_values", "timestamp"):
        yield name, _sha(content[name])
    execution, results = content["execution"], content["results"]
    yield "execution.question", _sha([execution["calculation_date"], execution["requested_outputs"]])
    for part in ("parameters", "inputs"):
        yield f"execution.{part}", _sha(sorted(execution[part]))
        for name, value in execution[part].items():
            yield f"execution.{part}.{name}", _sha(value)
    yield "results.trace", _sha(results["trace"])
    for name, value in results["outputs"].items():
        yield f"results.outputs.{name}", _sha(value)


def _altered(content: Mapping[str, Any]) -> Iterator[Difference]:
    said, found = content["hashes"], dict(_hashes(content))
    for name in sorted({*said, *found}):
        if said.get(name) != found.get(name):
            yield Difference(ALTERED, name, f"'{name}' was altered after this receipt was made")
    whole = {key: value for key, value in content.items() if key != "hash"}
    if said == found and content["hash"] != _sha(whole):
        yield Difference(ALTERED, "hash", "the hash of this receipt was altered after it was made")


def _engine(content: Mapping[str, Any], again: Mapping[str, Any]) -> Iterator[Difference]:
    for name in ("engine", "engine_version", "schema_version"):
        then, now = content["provenance"][name], again["provenance"][name]
        if then != now:
            yield Difference(ENGINE_CHANGED, name, f"{name} was {then} and is {now}")


def _laws(content: Mapping[str, Any], again: Mapping[str, Any]) -> Iterator[Difference]:
    then, now = (_files(one["scope"]["loaded_regulations"]) for one in (content, again))
    for name in sorted({*then, *now}):
        if then.get(name) != now.get(name):
            yield Difference(LAW, name, f"law file {name} {_change(name, then, now)}")
    then, now = content["scope"]["articles"], again["scope"]["articles"]
    for name in sorted({*then, *now}):
        if then.get(name) != now.get(name):
            text = f"article {name}: its text, rule or status {_change(name, then, now)}"
            yield Difference(ARTICLE, name, text)


def _files(rows: list[Mapping[str, Any]]) -> dict[str, str]:
    return {" ".join([row["id"], row["valid_from"] or "", *row["scope"].values()]).strip(): row["hash"] for row in rows}


def _change(name: str, then: Mapping[str, str], now: Mapping[str, str]) -> str:
    if name not in now:
        return "does not take part any more"
    return "has changed" if name in then else "takes part now and did not"


def _outcomes(content: Mapping[str, Any], again: Mapping[str, Any]) -> Iterator[Difference]:
    then, now = content["results"]["outputs"], again["results"]["outputs"]
    for name in sorted({*then, *now}):
        if then.get(name) != now.get(name):
            parts = [
                key
                for key in ("value", "reason", "unit", "code", "provenance")
                if _part(then, name, key) != _part(now, name, key)
            ]
            yield Difference(OUTCOME, name, f"output '{name}' is another now ({', '.join(parts)})")
    if content["results"]["trace"] != again["results"]["trace"]:
        yield Difference(TRACE, "trace", "the steps to the outcome are others now")


def _part(rows: Mapping[str, Any], name: str, key: str) -> Any:
    return rows[name][key] if name in rows else None
