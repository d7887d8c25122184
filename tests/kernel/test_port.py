"""A port gives what was bound and never a default."""

from __future__ import annotations

import pytest

from waardig.kernel.port import Port, PortUnbound, unbound_ports


def test_an_unbound_port_is_an_error_and_is_listed() -> None:
    port: Port[int] = Port("test.unbound")

    with pytest.raises(PortUnbound, match=r"test\.unbound"):
        port.get()
    assert "test.unbound" in unbound_ports()


def test_the_last_binding_counts() -> None:
    port: Port[int] = Port("test.unbound")
    port.bind(1)
    port.bind(2)

    assert port.get() == 2
    assert "test.unbound" not in unbound_ports()
