"""Log of data processing (Logboek dataverwerkingen 1.0): one line per person per act, append-only, verifiable."""
