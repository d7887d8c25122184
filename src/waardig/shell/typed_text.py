"""What somebody typed or pasted loses the characters that cannot be stored before any page reads it.

Nobody types a NUL: it comes along from another program. Refusing the form for it would help nobody; failing neither.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict

from waardig.kernel.letters import is_stored, stored


class TypedText:
    """Cleans the address and the form; a body of software (`csrf_exempt`) is judged by its own address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Clean what was asked in the address."""
        request.GET = _cleaned(request.GET)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _args: object, _named: object
    ) -> None:
        """Clean what was typed in a form.

        Raises:
            Http404: the address itself has a character that cannot be stored, so nothing can be there.
        """
        if not is_stored(request.path):
            raise Http404
        if request.method == "POST" and not getattr(view, "csrf_exempt", False):
            request.POST = _cleaned(request.POST)


def _cleaned(said: QueryDict) -> Any:
    """The same without what cannot be stored; the same object where nothing was wrong."""
    if all(is_stored(text) for name, values in said.lists() for text in (name, *values)):
        return said
    cleaned = QueryDict(mutable=True)
    for name, values in said.lists():
        cleaned.setlist(stored(name), [stored(text) for text in values])
    cleaned._mutable = False
    return cleaned
