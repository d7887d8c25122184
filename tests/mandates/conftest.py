"""The bundled sign-in, for tests that look at pages."""

from __future__ import annotations

from tests.desk.conftest import _sign_in

__all__ = ["_sign_in"]
