"""Pure decisions of signing in: levels, claims, representation, sessions, pages to return to."""
