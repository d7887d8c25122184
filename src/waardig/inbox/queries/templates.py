"""Message templates as they are read from content, each parsed once until its file changes."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from waardig.inbox.core.template import Template, parse_template


@lru_cache(maxsize=200)
def parsed(path: Path, _changed: int) -> Template:
    """The template in a file; raises TemplateInvalid."""
    return parse_template(path.read_text(encoding="utf-8"), "/".join(path.parts[-4:]))
