"""Filters and tags of the look; thin skins over core.py that know the language of the page.

Content (`Words`) is recognised by its fields `nl` and `en`, an amount by `eurocent` and `per`: the look knows no
room above it.
"""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from functools import lru_cache
from math import radians, sin
from pathlib import Path
from typing import Any, Protocol, cast

from django import template
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from waardig.look import core
from waardig.look.errors import ERRORS

register = template.Library()
MANIFEST = Path(__file__).parent.parent / "static" / "look" / "manifest.json"
DRAWINGS = Path(__file__).parent.parent / "templates" / "look" / "icons"
_START = re.compile(r"^((?:<[^>]*>)*)(.)", re.DOTALL)
_ITALIC = re.compile(r"(?<![*\w])\*(\S(?:[^*\n]*[^*\s])?)\*(?![*\w])")
ICONS = frozenset({"clock", "speaker", "tick", "exclamation", "plus"})


class Salutable(Protocol):
    """A name of a person as a page gives it."""

    short: str
    surname: str
    full: str
    salutation: str


def language() -> str:
    """The language of this page: "en" for any English, else "nl"."""
    return "en" if (get_language() or "nl").startswith("en") else "nl"


@register.filter
def error_text(error: str) -> str:
    """What a field asks when it was filled in wrong."""
    return gettext(ERRORS[error])


@register.filter
def money(amount: Any) -> SafeString:
    """Eurocent (or an amount with `eurocent`) as `<data value>`."""
    return mark_safe(core.money_html(getattr(amount, "eurocent", amount), language()))


@register.filter
def date_long(day: date) -> SafeString:
    """ "vrijdag 23 mei 2025": where you act."""
    return mark_safe(core.date_html(day, language(), weekday=True))


@register.filter
def date_list(day: date) -> SafeString:
    """ "23 mei 2025": in lists."""
    return mark_safe(core.date_html(day, language()))


@register.filter
def date_short(day: date) -> SafeString:
    """ "23 mei": where the year is plain from the place."""
    return mark_safe(core.date_html(day, language(), year=False))


@register.filter
def moment(at: datetime) -> SafeString:
    """ "maandag 12 mei, 10.42 uur"."""
    return mark_safe(core.moment_html(at, language()))


@register.filter
def prose(words: Any) -> SafeString:
    """Content with inline marks. Dutch words on an English page are marked `lang="nl"`."""
    if isinstance(words, str):
        return mark_safe(core.prose_html(words, language()))
    if language() == "en" and not words.en:
        return format_html('<span lang="nl">{}</span>', mark_safe(core.prose_html(words.nl, "nl")))
    return mark_safe(core.prose_html(words.en if language() == "en" else words.nl, language()))


@register.filter
def statute(text: str) -> SafeString:
    """The literal text of an article; what its publisher prints in italics (`*kind:*`) is so here."""
    return mark_safe(_ITALIC.sub(r"<em>\1</em>", escape(text)))


@register.filter
def plain(words: Any) -> str:
    """Content without marks, for titles and hidden labels."""
    text = words if isinstance(words, str) else (words.en if language() == "en" and words.en else words.nl)
    return core.plain_text(text)


@register.filter
def shown(value: Any) -> SafeString | str:
    """Any value of a page: amount, date, moment, words, number, yes or no; None is "Hierover weten wij niets."."""
    if value is None:
        return gettext("Hierover weten wij niets.")
    if isinstance(value, bool):
        return gettext("Ja") if value else gettext("Nee")
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return date_list(value)
    if isinstance(value, int):
        return str(value)
    return amount_per(value) if hasattr(value, "eurocent") else prose(value)


@register.filter
def amount_per(amount: Any) -> SafeString:
    """An amount with what it is per: "€ 1.278,18 per maand"."""
    per = {"month": gettext("per maand"), "year": gettext("per jaar")}.get(amount.per, "")
    return format_html("{} {}", money(amount), per) if per else money(amount)


@register.filter
def addressed(person: Salutable) -> str:
    """ "meneer Vos", "mevrouw De Wit", or the short name when no salutation is known."""
    titles = {"meneer": gettext("meneer"), "mevrouw": gettext("mevrouw")}
    title = titles.get(person.salutation, "")
    return f"{title} {person.surname}" if title else person.short


@register.filter
def sentence(text: str) -> str:
    """The same text with a capital at its start, behind any mark-up."""
    changed = _START.sub(lambda found: found[1] + found[2].upper(), text, count=1)
    return mark_safe(changed) if isinstance(text, SafeString) else changed


@register.filter
def phone(number: str) -> SafeString:
    """A phone number as a link; never split, never translated."""
    kept = number.replace(" ", core.NO_BREAK)
    address = core.phone_address(number)
    return format_html('<a class="utrecht-link w-keep" translate="no" href="{}">{}</a>', address, kept)


@register.filter
def alone(item: object) -> tuple[object]:
    """A list of one, for a partial that wants a list."""
    return (item,)


@register.filter
def bars(weight: int) -> list[bool]:
    """Five bars, as many filled as the weight."""
    return [number <= weight for number in range(1, 6)]


@register.simple_tag
def icon(name: str) -> SafeString:
    """One of the five icons, hidden from screen readers; it always stands beside words.

    Raises:
        KeyError: there is no such icon.
    """
    return mark_safe(_icon(name))


@lru_cache
def _icon(name: str) -> str:
    if name not in ICONS:
        raise KeyError(f"no icon {name!r}; there are {', '.join(sorted(ICONS))}")
    return (DRAWINGS / f"{name}.svg").read_text(encoding="utf-8").strip()


@register.simple_tag
def scales(gain: int, harm: int) -> dict[str, str]:
    """Where the parts of the drawn scales stand: the beam tips to the heavier side, at most 7 degrees.

    Args: gain (right pan) and harm (left pan) are the sums of the weights. Returns degrees clockwise and how far
    each pan hangs lower, in drawing units, as text with a point (a number would be written with a comma in Dutch).
    """
    tilt = max(-7.0, min(7.0, (gain - harm) * 1.0))
    drop = round(160 * sin(radians(tilt)), 1)
    return {"degrees": str(tilt), "left": str(-drop), "right": str(drop)}


@register.filter
def block_x(number: int, values: tuple[object, ...]) -> int:
    """Where block `number` stands on a pan that is centred at 112: blocks 26 wide, 3 apart."""
    return 112 - (len(values) * 29 - 3) // 2 + number * 29


@register.filter
def block_height(weight: int) -> int:
    """The height of a block of this weight (1-5)."""
    return 8 * weight + 6


@register.filter
def block_y(weight: int) -> int:
    """The top of a block that stands on the pan at 150."""
    return 149 - block_height(weight)


@register.filter
def bar_top(number: int) -> int:
    """The top of bar `number` in a drawing of bars: 40 units apart."""
    return 40 * number + 4


@register.filter
def bar_end(length: int) -> int:
    """Where the figure behind a bar of this length stands; bars start at 220."""
    return 220 + length + 8


@register.filter
def mark_x(number: int) -> int:
    """Where block `number` of a line in time stands: from 330, 17 units apart."""
    return 330 + 17 * number


@register.inclusion_tag("look/_chip.html")
def chip(kind: str) -> dict[str, str]:
    """A status in words with an icon; never a link. Kinds: see look/_chip.html."""
    return {"kind": kind}


@register.simple_tag(takes_context=True)
def page_part(context: Context, partial: str, page: dict[str, object]) -> SafeString:
    """The content of another page inside this one (the counter shows the resident's page): its context on top of
    ours.
    """
    with context.push(**page):
        rendered = context.template.engine.get_template(partial).render(context)  # type: ignore[union-attr]
    return cast(SafeString, rendered)


@register.simple_tag
def stylesheet() -> str:
    """The address of the built stylesheet.

    Raises:
        FileNotFoundError: it was not built; says how to.
    """
    return static(f"look/{built_files()['css']}")


@register.simple_tag
def font(name: str) -> str:
    """The address of a font file, for preloading. Names: latin, latin-ext."""
    return static(f"look/{built_files()[name]}")


def built_files() -> dict[str, str]:
    """The names of the built files by role (css, latin, latin-ext), read once per build."""
    if not MANIFEST.exists():
        raise FileNotFoundError(
            f"{MANIFEST.name} is missing: the stylesheet was not built. Run: python frontend/build.py"
        )
    return _manifest(MANIFEST.stat().st_mtime_ns)


@lru_cache(maxsize=1)
def _manifest(changed: int) -> dict[str, str]:  # noqa: ARG001 (the key of the cache)
    files: dict[str, str] = json.loads(MANIFEST.read_text(encoding="utf-8"))["files"]
    return files
