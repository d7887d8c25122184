"""Parts of a record as JSON has it, whatever stands there: what has another form counts as not there."""

from __future__ import annotations

from collections.abc import Mapping

Json = Mapping[str, object]


def record_at(record: Json, key: str) -> Json:
    """The record under a key, or an empty one.

    Example:
        >>> record_at({"naam": {"voorletters": "G."}}, "naam"), record_at({"naam": "G. Vos"}, "naam")
        ({'voorletters': 'G.'}, {})
    """
    value = record.get(key)
    return value if isinstance(value, Mapping) else {}


def records_at(record: Json, key: str) -> list[Json]:
    """The records in the list under a key; what is no record is left out.

    Example:
        >>> records_at({"kinderen": [{"naam": {}}, None]}, "kinderen"), records_at({}, "kinderen")
        ([{'naam': {}}], [])
    """
    value = record.get(key)
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []
