"""A law as plain JSON values and back, so that a file that did not change is not read again.

Written for the typed form as it is declared: an object is `[tag, field, ...]` in the order of its fields. Nothing in
it can run: only the classes listed here are ever made.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from typing import Any

from waardig.kernel.legal_source import Status
from waardig.law.core import ir

_TUPLE, _FRACTION, _STATUS, _FIRST = 0, 1, 2, 3
_CLASSES: tuple[type, ...] = tuple(
    sorted((one for one in vars(ir).values() if isinstance(one, type) and is_dataclass(one)), key=lambda c: c.__name__)
)
_TAGS = {cls: _FIRST + number for number, cls in enumerate(_CLASSES)}
_NAMES = {cls: tuple(field.name for field in fields(cls)) for cls in _CLASSES}


def stored(value: Any) -> Any:
    """A law or a part of it as lists, mappings, text, whole numbers, booleans and null.

    Raises:
        TypeError: something stands in it that has no such form.
    """
    if value is None or type(value) in (bool, int, str):
        return value
    if type(value) is tuple:
        return [_TUPLE, *map(stored, value)]
    if isinstance(value, Mapping):
        if not all(type(key) is str for key in value):
            raise TypeError("a mapping with keys that are no text")
        return {key: stored(item) for key, item in value.items()}
    if isinstance(value, Fraction):
        return [_FRACTION, value.numerator, value.denominator]
    if isinstance(value, Status):
        return [_STATUS, str(value)]
    if type(value) in _TAGS:
        return [_TAGS[type(value)], *(stored(getattr(value, name)) for name in _NAMES[type(value)])]
    raise TypeError(f"{type(value).__name__} has no stored form")


def restored(value: Any) -> Any:
    """What `stored` was given.

    Raises:
        ValueError, TypeError, IndexError, AttributeError: it was not made by `stored`.
    """
    if type(value) is list:
        return _MAKERS[value[0]](value)
    if type(value) is dict:
        return {key: restored(item) if type(item) in _DEEP else item for key, item in value.items()}
    return value


_DEEP = (list, dict)


def _maker(cls: type) -> Callable[[list[Any]], Any]:
    """Makes an object of a frozen class whose fields say everything; its own constructor takes three times as long."""
    if hasattr(cls, "__post_init__") or hasattr(cls, "__slots__"):
        return lambda value: cls(*map(restored, value[1:]))
    names, new = _NAMES[cls], object.__new__

    def make(value: list[Any]) -> Any:
        made: Any = new(cls)
        parts = [restored(item) if type(item) in _DEEP else item for item in value[1:]]
        made.__dict__.update(zip(names, parts, strict=True))
        return made

    return make


_MAKERS: tuple[Callable[[list[Any]], Any], ...] = (
    lambda value: tuple([restored(item) if type(item) in _DEEP else item for item in value[1:]]),
    lambda value: Fraction(value[1], value[2]),
    lambda value: Status(value[1]),
    *map(_maker, _CLASSES),
)
