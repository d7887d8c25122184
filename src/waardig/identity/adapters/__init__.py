"""The outside world of identity: issuers, sessions, requests, the bundled test provider."""
