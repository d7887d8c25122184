"""A port: what a lower room needs from something that lives higher; wiring binds it, start is refused while it is not.

Invariant: `get` never returns a default. An unbound port is an error of the installation, not of the person.
"""

from __future__ import annotations

from typing import Generic, TypeVar, cast

from waardig.kernel.errors import Refusal

T = TypeVar("T")
_known: dict[str, Port[object]] = {}


class PortUnbound(Refusal):
    """Somebody used a port before wiring bound it."""

    def __init__(self, name: str) -> None:
        super().__init__(
            code="port_unbound",
            text_nl="Deze dienst is nog niet klaar voor gebruik. Probeer het later opnieuw.",
            text_en=f"The port {name} is not bound.",
            remedy="Bind it in shell/wiring.py before the application starts.",
        )


class Port(Generic[T]):
    """A named place for one implementation of a Protocol.

    Example:
        >>> greeting: Port[str] = Port("kernel.example")
        >>> greeting.is_bound
        False
        >>> greeting.bind("dag"); greeting.get()
        'dag'
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self._bound: list[T] = []
        _known[name] = cast("Port[object]", self)

    @property
    def is_bound(self) -> bool:
        """Whether wiring has given an implementation."""
        return bool(self._bound)

    def bind(self, implementation: T) -> None:
        """Give the implementation; the last binding counts."""
        self._bound[:] = [implementation]

    def get(self) -> T:
        """The implementation.

        Raises:
            PortUnbound: wiring did not bind this port.
        """
        if not self._bound:
            raise PortUnbound(self.name)
        return self._bound[0]


def unbound_ports() -> tuple[str, ...]:
    """Names of the ports that nothing is bound to, sorted; wiring refuses to start while this is not empty."""
    return tuple(sorted(name for name, port in _known.items() if not port.is_bound))
