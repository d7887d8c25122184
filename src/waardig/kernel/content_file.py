"""One content file (YAML) with the line of every value, checked against a JSON Schema.

Promise: every problem names the file, the line and what to do, and all problems come at once. Dates stay ISO text
and only `true` and `false` are booleans, so that "no", "on" and "2025-03-18" mean what an author reads.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import jsonschema_rs
import yaml
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError

from waardig.kernel.canonical_json import canonical_json
from waardig.kernel.errors import Refusal

Place = tuple[str | int, ...]


@dataclass(frozen=True, order=True)
class ContentProblem:
    """Something an author must correct: `file:line: message`."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class ContentInvalid(Refusal):
    """Content that cannot be used; it carries every problem found."""

    def __init__(self, problems: Iterable[ContentProblem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        listed = "\n".join(str(problem) for problem in self.problems)
        super().__init__(
            code="content_invalid",
            text_nl=f"De inhoud klopt niet op {len(self.problems)} plaatsen:\n{listed}",
            text_en=f"The content has {len(self.problems)} problems:\n{listed}",
            remedy="Correct these lines and try again; nothing was changed.",
        )


@dataclass(frozen=True)
class ContentFile:
    """A parsed file: its content and the line where each value starts (counting from 1)."""

    path: Path
    content: Mapping[str, Any]
    lines: Mapping[Place, int]

    def line_of(self, place: Sequence[str | int]) -> int:
        """The line of a place, or of the nearest place around it that is in the file."""
        for length in range(len(place), -1, -1):
            if tuple(place[:length]) in self.lines:
                return self.lines[tuple(place[:length])]
        return 1

    def problem(self, place: Sequence[str | int], message: str) -> ContentProblem:
        """A problem at this place."""
        return ContentProblem(str(self.path), self.line_of(place), message)


_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    """YAML 1.2 scalars: no dates, and only true and false are booleans. Read by libyaml where it is there."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in resolvers if not tag.endswith((":timestamp", ":bool"))]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
for _word in ("true", "false"):
    _Loader.yaml_implicit_resolvers.setdefault(_word[0], []).append(
        ("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"))
    )


def read_content_file(path: Path) -> ContentFile:
    """Read a file.

    Raises:
        ContentInvalid: it is not there, not UTF-8, not YAML, has a key twice, or is not a list of keys and values.
    """
    try:
        node = _compose(path)
    except OSError as error:
        raise ContentInvalid([ContentProblem(str(path), 1, f"cannot be read: {error.strerror}")]) from None
    except UnicodeDecodeError:
        raise ContentInvalid([ContentProblem(str(path), 1, "is not UTF-8 text; save it as UTF-8")]) from None
    if not isinstance(node, yaml.MappingNode):
        raise ContentInvalid([ContentProblem(str(path), 1, "must hold keys and values; it does not")])
    lines: dict[Place, int] = {}
    problems: list[ContentProblem] = []
    content = _plain(node, (), lines, problems, str(path))
    if problems:
        raise ContentInvalid(problems)
    return ContentFile(path, content, lines)


def _compose(path: Path) -> yaml.Node | None:
    text = path.read_text(encoding="utf-8")
    try:
        return yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or "not YAML"
        line = mark.line + 1 if mark else 1
        raise ContentInvalid([ContentProblem(str(path), line, f"is not valid YAML: {reason}")]) from None


def _plain(node: yaml.Node, place: Place, lines: dict[Place, int], problems: list[ContentProblem], file: str) -> Any:
    lines[place] = node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        found: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(_scalar(key_node))
            if key in found:
                problems.append(
                    ContentProblem(file, key_node.start_mark.line + 1, f"'{key}' stands here twice; keep one")
                )
            found[key] = _plain(value_node, (*place, key), lines, problems, file)
            lines[(*place, key)] = key_node.start_mark.line + 1
        return found
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*place, index), lines, problems, file) for index, item in enumerate(node.value)]
    return _scalar(node)


def _scalar(node: yaml.Node) -> Hashable:
    value: Hashable = yaml.constructor.SafeConstructor().construct_object(node)
    return value


def schema_problems(file: ContentFile, schema: Mapping[str, Any]) -> tuple[ContentProblem, ...]:
    """Everything in the file that the schema (JSON Schema 2020-12) does not allow."""
    if _quick(canonical_json(schema)).is_valid(file.content):
        return ()
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    errors = [leaf for error in validator.iter_errors(file.content) for leaf in _leaves(error)]
    return tuple(sorted({file.problem(_place(error), _message(error)) for error in errors}))


@lru_cache(maxsize=64)
def _quick(schema: str) -> jsonschema_rs.Draft202012Validator:
    """Says yes or no; what is wrong and where is said by the slower library, which reads better."""
    return jsonschema_rs.Draft202012Validator(json.loads(schema), validate_formats=True)


def _leaves(error: ValidationError) -> list[ValidationError]:
    """Errors inside anyOf and oneOf: those of the branch that came furthest."""
    if not error.context:
        return [error]
    branches: dict[object, list[ValidationError]] = {}
    for inner in error.context:
        branches.setdefault(inner.schema_path[0], []).append(inner)
    best = min(branches.values(), key=lambda found: (any(e.validator == "const" for e in found), len(found)))
    return [leaf for inner in best for leaf in _leaves(inner)]


def _place(error: ValidationError) -> Place:
    place: Place = tuple(error.absolute_path)
    surplus = _surplus(error) if error.validator == "additionalProperties" else []
    return (*place, surplus[0]) if surplus else place


def _known(error: ValidationError) -> list[str]:
    schema: Any = error.schema
    return list(schema.get("properties", {})) if isinstance(schema, Mapping) else []


def _surplus(error: ValidationError) -> list[str]:
    instance: Any = error.instance
    return [key for key in instance if key not in _known(error)]


def _message(error: ValidationError) -> str:
    where = ".".join(str(part) for part in error.absolute_path) or "the file"
    wanted: Any = error.validator_value
    instance: Any = error.instance
    if error.validator == "required":
        missing = ", ".join(f"'{key}'" for key in wanted if key not in instance)
        return f"{where}: {missing} missing here; add it"
    if error.validator == "additionalProperties":
        return _surplus_message(error, where)
    if error.validator == "enum":
        return f"{where}: {instance!r} is not one of {', '.join(map(str, wanted))}; choose one of these"
    schema: Any = error.schema
    hint = schema.get("description", "") if isinstance(schema, Mapping) else ""
    return f"{where}: {error.message}" + (f"; expected: {hint}" if hint else "")


def _surplus_message(error: ValidationError, where: str) -> str:
    said = []
    for key in _surplus(error):
        near = difflib.get_close_matches(key, _known(error), 1)
        said.append(f"'{key}' is not known here; " + (f"did you mean '{near[0]}'?" if near else "remove it"))
    return f"{where}: {'; '.join(said)}"
