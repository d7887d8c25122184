"""A bundled OpenID Connect issuer for demo and test: a WSGI application of its own with standard endpoints.

It signs with a key made at start, keeps codes in memory (one process), and refuses to exist outside a demo or test.
"""

from waardig.identity.adapters.test_provider.application import TestProvider, mounted
from waardig.identity.adapters.test_provider.tokens import Client, Fault

__all__ = ["Client", "Fault", "TestProvider", "mounted"]
