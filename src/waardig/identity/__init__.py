"""Who is here: sign-in, level of assurance, sessions."""
