"""How the words of a message become HTML: every span escaped, amounts and dates with their machine value."""

from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from waardig.inbox.terms import Span, Text

register = template.Library()


@register.filter
def words(text: Text | str) -> SafeString:
    """A text of a block as HTML."""
    if isinstance(text, str):
        return format_html("{}", text)
    return format_html_join("", "{}", ((_span(span),) for span in text))


def _span(span: Span) -> SafeString:
    shown = _inner(span)
    return format_html("<strong>{}</strong>", shown) if span.strong else shown


def _inner(span: Span) -> SafeString:
    if span.kind == "money":
        return format_html('<data value="{}" translate="no">{}</data>', span.value, span.text)
    if span.kind == "date":
        return format_html('<time datetime="{}">{}</time>', span.value, span.text)
    if span.kind == "phone":
        digits = "".join(sign for sign in span.text if sign.isdigit() or sign == "+")
        return format_html('<a class="utrecht-link" href="tel:{}" translate="no">{}</a>', digits, span.text)
    if span.kind == "web":
        return _web(span.text)
    if span.kind in ("case", "number"):
        return format_html('<span translate="no">{}</span>', span.text)
    return format_html("{}", span.text)


def _web(address: str) -> SafeString:
    full = address if address.startswith(("https://", "http://")) else f"https://{address}"
    return format_html('<a class="utrecht-link" href="{}">{}</a>', full, address)
