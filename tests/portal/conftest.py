"""The bundled sign-in and the decided weighing."""

from __future__ import annotations

from tests.desk.conftest import _nobody_is_drawn, _sign_in, decided

__all__ = ["_nobody_is_drawn", "_sign_in", "decided"]
