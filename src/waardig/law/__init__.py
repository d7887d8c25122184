"""Machine-readable law: load, check, explain one person, evaluate a population. See README.md."""
