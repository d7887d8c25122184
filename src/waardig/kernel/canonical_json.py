"""One text for one content: JSON with sorted keys, no spaces and every letter as itself, for hashes."""

from __future__ import annotations

import orjson


def canonical_json(content: object) -> str:
    """JSON of texts, whole numbers, truth values, nothing, lists and dicts with text keys.

    Keys stand in code-point order; for these values that is the JSON Canonicalization Scheme (RFC 8785) but for keys
    beyond the Basic Multilingual Plane, which nothing here has.

    >>> canonical_json({"b": ["é", None, True], "a": 1})
    '{"a":1,"b":["é",null,true]}'

    Raises:
        TypeError: a value of another kind, a key that is no text, or half a surrogate pair.
    """
    return orjson.dumps(content, option=orjson.OPT_SORT_KEYS).decode()
